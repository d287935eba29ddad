"""Margin after the client's choice: closed forms, and the same on draws of the term.

A client that knows its work better than the vendor takes whichever offer is cheaper for it: each
offer may be right on average and the menu still loses money. ``docs/models/choice.md``.
"""
