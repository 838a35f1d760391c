"""What waits for somebody until a certain moment, and the one door through which it changes."""
