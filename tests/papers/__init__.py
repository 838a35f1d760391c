"""Papers out: what they say, how they are numbered, who may, and what a template may do."""
