"""Contract terms, one rule per file, as functions on Decimal."""
