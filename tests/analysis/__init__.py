"""Tests of what the numbers say."""
