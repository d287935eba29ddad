"""Who is there within the hours that were promised, and the sentence about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.plan import tidy
from staffing.surge.clock import there_by_hour
from staffing.surge.plan import SurgePromise
from staffing.surge.problem import need_heads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.surge.plan import SurgeSourcePlan
    from staffing.surge.problem import SurgeProblem

_TOLERANCE = 1e-6
_VISIBLE = 0.99  # less than this share is a difference one can see


def promise(
    problem: SurgeProblem, sources: tuple[SurgeSourcePlan, ...], uncovered_h: float
) -> SurgePromise:
    """Count who is on the job or stands ready when the promise is due, and say it in a sentence.

    Parameters
    ----------
    problem : SurgeProblem
        Its `promise_h` is when.
    sources : tuple of SurgeSourcePlan
        Who is called.
    uncovered_h : float
        Hours of work not done in time.
    """
    due, asked = _due_days(problem), asked_heads(problem)
    at = (problem.promise_h,)
    there = sum(
        there_by_hour(problem, source, np.array(planned.on_engagement), at)[0]
        for source, planned in zip(problem.sources, sources, strict=True)
    )
    ramped = 0.0
    if due.size:
        day, present = int(due[-1]), float(problem.present_h[due[-1]])
        made = sum(source.productive_h[day] for source in sources)
        ramped = made / present if present else there
    kept = there >= asked - _TOLERANCE
    return SurgePromise(
        hours=problem.promise_h,
        asked=tidy(asked),
        there=tidy(there),
        ramped=tidy(ramped),
        kept=kept,
        text=_sentence(problem, sources, (asked, there, ramped), uncovered_h),
    )


def asked_heads(problem: SurgeProblem) -> float:
    """Ramped people the peak asks for by the time the promise is due, else on its first day."""
    wanted = need_heads(problem)
    asked = float(wanted[_due_days(problem)].max(initial=0.0))
    return asked or float(wanted[problem.lead_days])


def _due_days(problem: SurgeProblem) -> NDArray[np.int64]:
    return np.flatnonzero(problem.day_start_h <= problem.promise_h + _TOLERANCE)


def _sentence(
    problem: SurgeProblem,
    sources: tuple[SurgeSourcePlan, ...],
    people: tuple[float, float, float],
    uncovered_h: float,
) -> str:
    asked, there, ramped = people
    text = f"{there:.0f} of {asked:.0f} people are there within {problem.promise_h:g} h"
    if there > asked + _TOLERANCE:
        text = f"{there:.0f} people are there within {problem.promise_h:g} h, {asked:.0f} are asked"
    if there > _TOLERANCE and ramped < _VISIBLE * there:
        text += f", worth {ramped:.0f} of the ordinary team"
    later = [s for s in sources if s.called > _TOLERANCE and s.notice_h > problem.promise_h]
    if there < asked - _TOLERANCE:
        text += "".join(f"; {s.name} comes after {s.notice_h:g} h" for s in later)
        if uncovered_h <= _TOLERANCE:
            text += "; work that may wait is done in its time all the same"
    if uncovered_h > _TOLERANCE:
        share = uncovered_h / float(problem.need_h.sum())
        text += f"; {uncovered_h:,.0f} hours of work ({share:.1%}) are not done in time"
    return text
