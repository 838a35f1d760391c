"""Intake: read the lists and ledgers people already have, show them, and only then write."""
