"""What a client may read of the quotes it was sent: a schema of its own."""
