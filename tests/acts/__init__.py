"""The record of what administrators did."""
