"""Telling other systems what happened: signed, at least once, and to nobody inside by accident."""
