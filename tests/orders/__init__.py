"""Supervision orders, circulars and talks."""
