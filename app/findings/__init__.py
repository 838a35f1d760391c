"""What was found wrong, where, against which clause; the ledger."""
