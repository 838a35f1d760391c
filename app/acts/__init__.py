"""What administrators did to units, people, posts, codes, calendars, ladders and papers: from what to what."""
