"""Looking back at what was closed."""
