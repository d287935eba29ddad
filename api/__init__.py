"""The ways in from outside: command line and web service."""
