"""A peak not yet seen, who could come for it, and what that takes: question and answer."""

from staffing.surge.accepted import check_peak, check_surge
from staffing.surge.peak import Peak, SurgeLadder
from staffing.surge.problem import (
    Backlog,
    SurgeKind,
    SurgeLimits,
    SurgeProblem,
    SurgeSource,
)

__all__ = [
    "Backlog",
    "Peak",
    "SurgeKind",
    "SurgeLadder",
    "SurgeLimits",
    "SurgeProblem",
    "SurgeSource",
    "check_peak",
    "check_surge",
]
