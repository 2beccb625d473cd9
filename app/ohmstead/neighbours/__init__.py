"""The neighbours' tally, rule ``nbr/1``: encrypted days, their proofs, sums, openings and statistics. Pure."""
