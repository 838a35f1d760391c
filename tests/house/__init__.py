"""The rules of the house that imports cannot say: each with its reason, and where to go instead."""
