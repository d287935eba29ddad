"""Meet a peak at least cost, reserve for several, compare strategies."""

from staffing.optimize.surge.frontier import STRATEGIES, Strategy, surge_frontier
from staffing.optimize.surge.solve import LadderResult, reserve, surge_plan

__all__ = [
    "STRATEGIES",
    "LadderResult",
    "Strategy",
    "reserve",
    "surge_frontier",
    "surge_plan",
]
