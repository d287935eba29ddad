"""Options of the commands, by group; each imports what it needs when it runs."""
