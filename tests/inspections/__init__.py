"""Tests of the room inspections."""
