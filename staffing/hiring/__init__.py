"""Hiring over a term, free of any solver: what is asked for, and the plans that answer it."""
