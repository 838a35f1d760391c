"""Files as people hand them in, each with the reading that a careful clerk would make of it."""
