"""The migrations in order; a revision is never edited once it has been released."""
