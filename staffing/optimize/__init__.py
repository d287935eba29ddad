"""Shift schedules found by mathematical programming: the one place that knows the solver."""
