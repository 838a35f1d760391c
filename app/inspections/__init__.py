"""A visit: kind, place, dates, team, closing chain, and what it found."""
