"""The crewquote command."""
