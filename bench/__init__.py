"""What it costs, measured beside the barest thing that does the same."""
