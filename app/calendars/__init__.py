"""Working calendars: the table is the truth, a package only seeds it."""
