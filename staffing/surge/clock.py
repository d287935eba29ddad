"""From days to hours since the call: who is on the job or stands ready at an hour."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from staffing.plan import rounded
from staffing.surge.problem import HOURS_PER_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from staffing.surge.problem import SurgeProblem, SurgeSource

    Days = NDArray[np.float64]


def by_hour(problem: SurgeProblem, days: Days, hours: Iterable[float]) -> tuple[float, ...]:
    """Value of the day each hour lies in; 0 before day 0."""
    at = [floor((hour - problem.first_day_h) / HOURS_PER_DAY) for hour in hours]
    return rounded(float(days[day]) if 0 <= day < len(days) else 0.0 for day in at)


def there_by_hour(
    problem: SurgeProblem, source: SurgeSource, people: Days, hours: Iterable[float]
) -> tuple[float, ...]:
    """People there at each hour; those of the first day it can work from its notice on."""
    hours = tuple(hours)
    first = source.first_day(problem.first_day_h)
    counts = by_hour(problem, people, hours)
    if first >= problem.num_days:
        return counts
    start = problem.first_day_h + HOURS_PER_DAY * first
    return tuple(
        float(people[first]) if source.notice_h <= hour < start else count
        for hour, count in zip(hours, counts, strict=True)
    )
