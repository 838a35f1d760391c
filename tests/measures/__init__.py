"""Planning, finishing and dropping measures."""
