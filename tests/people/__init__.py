"""Who signs in, who does not, and how accounts come and go."""
