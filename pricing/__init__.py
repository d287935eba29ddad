"""What outsourced work costs, what to charge for it and what could go wrong."""
