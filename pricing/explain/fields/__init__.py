"""How every field of a quote is explained, one file per part of the quote."""
