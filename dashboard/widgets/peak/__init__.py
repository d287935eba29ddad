"""Asking for a peak, and what it takes; on the pages *Surge* and *Plan*."""
