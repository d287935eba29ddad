"""Sets of scenarios over HTTP: bodies, who may see them, answers, changes."""
