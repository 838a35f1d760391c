"""What was seen on re-inspection: passed on, accepted or sent back."""
