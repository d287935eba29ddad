"""The month's invoice: a quote and what happened in, lines to the cent out."""
