"""Terms of the input-based offer: what counts as billable, ordered and guaranteed."""
