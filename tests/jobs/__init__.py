"""Long work: asked for, done once, fetched by whoever asked."""
