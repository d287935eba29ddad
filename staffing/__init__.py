"""How many people the work takes, hour by hour and shift by shift."""
