"""The spine: the door, its invariants, and what happens when two come at once."""
