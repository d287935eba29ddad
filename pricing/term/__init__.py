"""The money of the whole term: contract value, margins, cash flow, present value, exit charge."""
