"""Least-cost tours with breaks for a cyclic week: relaxation, dive, search."""

from staffing.optimize.tours.week import Effort, Progress, plan_tours

__all__ = ["Effort", "Progress", "plan_tours"]
