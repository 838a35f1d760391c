"""The ladder climbed in the house."""
