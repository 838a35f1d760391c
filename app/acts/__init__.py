"""What administrators did: units, people, posts, deputies, codes, calendars; who, when, from what to what."""
