"""Folding for search stands at the bottom of the house; tasks only call it by its old name."""

from app.folding import fold as fold
