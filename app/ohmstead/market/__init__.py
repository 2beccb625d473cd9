"""The market's rules as pure functions: orders, clearing, lots, money, records. Integers only, no clock."""
