"""Why a peak cannot be met, by how many people, and what would relax it at what cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import InfeasibleError, Shortage
from staffing.optimize.surge.model import SurgeModel
from staffing.optimize.surge.program import SurgeProgram
from staffing.surge.ladder import single
from staffing.surge.problem import HOURS_PER_DAY, at_notice, need_heads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.surge.program import Solved
    from staffing.surge.problem import SurgeProblem

TOLERANCE_H = 1e-6
_MOST_TOLD = 3
_DAYS_AHEAD = 90


@dataclass(frozen=True)
class Lever:
    """One limit that could be raised.

    Parameters
    ----------
    text : str
        Its words, with a place for the new value.
    value : float
        Where it stands.
    raised : callable
        The problem at another value.
    most : int
        Most that is worth a try on top.
    """

    text: str
    value: float
    raised: Callable[[float], SurgeProblem]
    most: int


class Finder:
    """Solves variants of a problem.

    Parameters
    ----------
    limits : SolveLimits
        Simplex iterations of one solve.
    log : SolveLog
        Collects solver seconds.
    """

    def __init__(self, limits: SolveLimits, log: SolveLog) -> None:
        self._limits, self._log = limits, log

    def least_uncovered(self, problem: SurgeProblem) -> tuple[SurgeModel, Solved]:
        """Least hours of work not done in time, whatever the cost."""
        model = SurgeModel(single(problem))
        return model, SurgeProgram(model, "uncovered", self._limits, self._log).solve()

    def meets(self, problem: SurgeProblem) -> bool:
        """Whether all work can be done in time."""
        return self.least_uncovered(problem)[1].value <= TOLERANCE_H

    def least_pay(self, problem: SurgeProblem, uncovered_h: float = TOLERANCE_H) -> float:
        """Least pay with at most these hours of work undone."""
        program = SurgeProgram(SurgeModel(single(problem)), "pay", self._limits, self._log)
        program.allow(uncovered_h)
        return program.solve().value


def refuse(problem: SurgeProblem, limits: SolveLimits, log: SolveLog) -> float:
    """Raise when some work must stay undone.

    Returns
    -------
    float
        Least hours of work that stay undone: rounding, no more.

    Raises
    ------
    InfeasibleError
        ``surge_work``, with the days that are short, by how many people.
    """
    finder = Finder(limits, log)
    model, solved = finder.least_uncovered(problem)
    if solved.value <= TOLERANCE_H:
        return max(0.0, solved.value)
    case = model.cases[0][0]
    short_h = solved.values[case.uncovered]
    people = need_heads(replace(problem, need_h=short_h))
    days = np.flatnonzero(short_h > TOLERANCE_H)
    first, worst = int(days[0]), int(days[np.argmax(people[days])])
    shortages = tuple(Shortage(problem.day_name(int(day)), float(people[day])) for day in days)
    where = f"{problem.day_name(first)}: {_short(float(people[first]), float(short_h[first]))}"
    if worst != first:
        where += f", at worst {people[worst]:.1f} on {problem.day_name(worst)}"
    raise InfeasibleError(
        "surge_work",
        "\n".join(
            (
                f"{problem.name}: {where}",
                _soonest(problem),
                *_remedies(problem, finder, solved.value),
            )
        ),
        shortages,
    )


def _short(people: float, hours: float) -> str:
    if people > 0:
        return f"{people:.1f} ramped people short ({hours:,.1f} hours of work)"
    return f"{hours:,.1f} hours of work on a day on which nobody works"


def _soonest(problem: SurgeProblem) -> str:
    having = [source for source in problem.sources if source.heads > 0]
    if not having:
        return "no source has anybody"
    first = min(having, key=lambda source: source.notice_h)
    return f"the first source, {first.name}, comes {first.notice_h:g} h after the call"


def _remedies(problem: SurgeProblem, finder: Finder, uncovered_h: float) -> Iterator[str]:
    """What would do alone, the cheapest first, and the price of leaving work undone."""
    found = []
    for lever in _levers(problem):
        if not finder.meets(lever.raised(lever.value + lever.most)):
            continue
        too_little, enough = 0, lever.most
        while enough - too_little > 1:
            middle = (enough + too_little) // 2
            if finder.meets(lever.raised(lever.value + middle)):
                enough = middle
            else:
                too_little = middle
        value = lever.value + enough
        found.append((finder.least_pay(lever.raised(value)), lever.text.format(_told(value))))
    undone = finder.least_pay(problem, uncovered_h * (1 + 1e-9) + TOLERANCE_H)
    yield "to relax it, the cheapest first:" if found else "no single limit relaxes it"
    yield from (f"  {text} (pay {cost:,.2f})" for cost, text in sorted(found)[:_MOST_TOLD])
    yield f"or leave {uncovered_h:,.1f} hours undone, at a price of shortfall (pay {undone:,.2f})"


def _told(value: float) -> str:
    return f"{round(value, 1):g}"


def _levers(problem: SurgeProblem) -> Iterator[Lever]:
    most = int(np.ceil(20 * need_heads(problem).max(initial=0.0))) + 100
    for name, limit in vars(problem.limits).items():
        if limit is not None:
            yield Lever(
                f"{name.replace('_', ' ')} from {_told(limit)} to {{}}",
                limit,
                partial(_with_limit, problem, name),
                most,
            )
    for number, source in enumerate(problem.sources):
        yield Lever(
            f"heads of {source.name} from {_told(source.heads)} to {{}}",
            source.heads,
            partial(_with_heads, problem, number),
            most,
        )
    yield Lever(
        f"{{}} days of notice instead of {_told(problem.notice_h / HOURS_PER_DAY)}",
        problem.notice_h / HOURS_PER_DAY,
        lambda days: at_notice(problem, days * HOURS_PER_DAY),
        _DAYS_AHEAD,
    )


def _with_limit(problem: SurgeProblem, name: str, value: float) -> SurgeProblem:
    return replace(problem, limits=replace(problem.limits, **{name: value}))


def _with_heads(problem: SurgeProblem, number: int, value: float) -> SurgeProblem:
    sources = list(problem.sources)
    sources[number] = replace(sources[number], heads=value)
    return replace(problem, sources=tuple(sources))
