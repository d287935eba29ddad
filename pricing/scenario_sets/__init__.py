"""Scenarios of a base: what each changes of its engagement, and what that did to the quote."""
