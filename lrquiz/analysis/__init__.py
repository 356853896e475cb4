"""Numbers about a class, from its records."""
