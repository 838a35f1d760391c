"""What will be done about it: measures, n:m with findings."""
