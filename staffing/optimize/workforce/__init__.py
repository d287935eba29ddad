"""Who is hired when: one team's least-cost plan, pools over a term, uncertain demand."""

from staffing.optimize.workforce.team import (
    WorkforceProblem,
    WorkforceResult,
    plan_workforce,
    ramp_increments,
    weekly_attrition,
)

__all__ = [
    "WorkforceProblem",
    "WorkforceResult",
    "plan_workforce",
    "ramp_increments",
    "weekly_attrition",
]
