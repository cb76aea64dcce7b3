"""A table in, the ledger's rows out."""
