"""What follows when a wait nears its end or passes it: the ladder, the tick that climbs it, and who watches both."""
