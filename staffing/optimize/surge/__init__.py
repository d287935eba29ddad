"""Meet a peak at least cost, reserve for several, compare strategies."""

from staffing.optimize.surge.solve import LadderResult, reserve, surge_plan

__all__ = ["LadderResult", "reserve", "surge_plan"]
