"""HTTP routes, one file per resource; each body is a call of the use case or the store."""
