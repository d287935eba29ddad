"""Parts of the page Plan: all teams of a quote together."""
