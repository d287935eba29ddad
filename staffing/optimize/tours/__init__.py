"""Least-cost tours with breaks for a cyclic week: relaxation, dive, search."""
