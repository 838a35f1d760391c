"""A later date: asked, granted, refused."""
