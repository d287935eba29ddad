"""The quotes and rosters on screen."""
