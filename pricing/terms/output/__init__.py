"""Terms of the output-based offer: what units cost beyond a unit price."""
