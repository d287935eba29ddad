"""Tours with breaks for a cyclic week: the question and the answer, free of any solver."""

from staffing.tours.groups import TourGroup, offered_groups
from staffing.tours.plan import (
    BreakCount,
    PersonWeek,
    ShiftCount,
    TourCount,
    TourPlan,
)
from staffing.tours.problem import TourProblem
from staffing.tours.rules import BreakRule, TourRule

__all__ = [
    "BreakCount",
    "BreakRule",
    "PersonWeek",
    "ShiftCount",
    "TourCount",
    "TourGroup",
    "TourPlan",
    "TourProblem",
    "TourRule",
    "offered_groups",
]
