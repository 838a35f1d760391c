"""Desks, counts and charts: what waits on me, what is late; read-only."""
