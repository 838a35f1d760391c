"""Monthly progress of long-term findings."""
