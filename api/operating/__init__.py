"""What an operator sees of the server: request ids, one log line per request, metrics."""
