"""The law, tried by plain calls: no web, no database."""
