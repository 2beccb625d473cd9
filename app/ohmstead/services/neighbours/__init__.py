"""The app's side of the neighbours' tally: what the ledger proves of it, checked again from the own readings."""
