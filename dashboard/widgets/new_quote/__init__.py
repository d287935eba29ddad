"""The form of a new quote, one file for each step."""
