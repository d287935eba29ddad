"""Hiring fixed before demand is known; surge, overtime and backlog after."""
