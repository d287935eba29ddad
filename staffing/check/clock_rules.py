"""Rule of weeks that do not lie in time as the standard week does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.clock_cover import RosterInTime, clock_weeks
from staffing.errors import Violation
from staffing.requirement import TurnaroundWork

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.case import TeamCase


def clock(cases: list[TeamCase]) -> Iterator[Violation]:
    """``clock``: what the plan says of weeks with other clocks follows from its roster."""
    for case in cases:
        work = case.requirement
        spare = work.spare_units if isinstance(work, TurnaroundWork) else np.zeros(case.grid.size)
        roster = RosterInTime(
            service=case.service,
            site=case.site,
            team=case.team,
            grid=case.grid,
            arrivals=case.team.routed(case.demand.base_week * case.demand.week_shape),
            at_work=case.at_work,
            paid=case.paid,
            spare_units=spare,
        )
        if clock_weeks(roster, case.brief.start, case.calendar.end) != case.plan.clock_weeks:
            yield Violation("clock", case.team.name, "clock_weeks do not follow from the roster")
