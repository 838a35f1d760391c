"""Tests of notices: what leaves the house, when, to whom, and what becomes of it when nobody takes it."""
