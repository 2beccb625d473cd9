"""The app's side of the market: what this home signs, what the ledger proves of it, what it comes to."""
