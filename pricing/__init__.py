"""What outsourced work costs, what to charge for it and what could go wrong."""

import staffing as staffing  # before numpy, of which it asks for one thread
