"""Why there is no plan of hiring: which week, how many people short, what relaxes it at what cost.

An elastic program: the same rows, with shortfall and more of every limit allowed. Then each remedy
is opened alone; where it suffices, the least of it is found, and the least cost of a plan with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import InfeasibleError, Shortage
from staffing.optimize.workforce.hiring_solve import HiringEngine, Solved

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.solver import SolveLimits, SolveLog
    from staffing.optimize.workforce.hiring_program import HiringProgram

    Columns = NDArray[np.int64]

_HEADS = 1e-6
_LAST_RESORT = 1e3  # people short come first, before more of a shared limit
_LIMIT_WORDS = {
    "hires": "hires a week",
    "classes": "classes a week",
    "trainers": "trainers",
    "seats": "seats",
    "licences": "licences",
    "temporary": "temporary people",
    "cross_trained": "people of other accounts",
}


@dataclass(frozen=True)
class _Remedy:
    """Columns that may be opened, and how the sum of what exceeds their bounds is told."""

    told: str
    columns: Columns


def explain_hiring(
    program: HiringProgram, limits: SolveLimits, log: SolveLog, *, whole: bool
) -> InfeasibleError:
    """Name the weeks that stay short, and each remedy that alone would do, with its cost.

    With `whole`, all of it in whole people: there is a plan in fractions. Else fractions are told
    from, since they are quick and whole people are short by at least as much.
    """
    elastic = _Elastic(program, limits, log, whole=whole)
    shortages, worst, broken = elastic.least_shortfall()
    told = [text for remedy in _remedies(program) if (text := elastic.told(remedy))]
    remedies = "; ".join(told) if told else "no single remedy is enough"
    counted = "Counted in fractions of people; whole people take at least as much"
    parts = (
        worst,
        counted if program.problem.whole_people and not whole else "",
        f"What would do: {remedies}",
    )
    return InfeasibleError(broken or "workload", ". ".join(filter(None, parts)), shortages)


class _Elastic:
    """The program with bounds and costs to be moved."""

    def __init__(
        self, program: HiringProgram, limits: SolveLimits, log: SolveLog, *, whole: bool
    ) -> None:
        self.program, self.whole = program, whole
        self.engine = HiringEngine(program.matrix, limits, log, anew=True)

    def least_shortfall(self) -> tuple[tuple[Shortage, ...], str, str | None]:
        """Shortages by pool and week, the worst in words, and the rule that breaks besides."""
        program, cost = self.program, np.zeros(len(self.program.matrix.cost))
        opened = [program.raises]
        cost[program.raises] = _LAST_RESORT
        for columns in program.pools:
            cost[columns.short_h] = 1 / columns.present
            cost[columns.nesting_extra] = _LAST_RESORT
            opened += [columns.short_h, columns.nesting_extra]
        solved = self._solve(np.concatenate(opened), cost)
        assert solved is not None  # noqa: S101 (everything may be short)
        shortages: list[Shortage] = []
        worst, most = "", 0.0
        for columns in program.pools:
            heads = solved.values[columns.short_h] / columns.present
            shortages += [
                Shortage(f"{columns.model.name}, week {week + 1}", float(heads[week]))
                for week in np.flatnonzero(heads > _HEADS)
            ]
            if heads.max() > max(most, _HEADS):
                most, week = float(heads.max()), int(heads.argmax())
                worst = (
                    f"{columns.model.name}: {most:.1f} people short in week {week + 1}, "
                    f"{int((heads > _HEADS).sum())} of {program.weeks} weeks short"
                    f"{_too_early(columns.model.ready_weeks, int(np.argmax(heads > _HEADS)))}"
                )
        taken = sum(float(solved.values[c.nesting_extra].sum()) for c in program.pools)
        if taken > _HEADS:
            return (), _untaught(program, solved), "nesting"
        broken = [
            f"limit_{limit.kind}"
            for limit, extra in zip(program.problem.limits, program.raises, strict=True)
            if solved.values[extra] > _HEADS
        ]
        return tuple(shortages), worst, broken[0] if broken else None

    def told(self, remedy: _Remedy) -> str | None:
        """Say how much of a remedy does, and what the plan then costs; None when none does.

        Least of what is allowed to nobody so far, rounded up to the tenth that is told: just above
        the least, cost falls too steeply to be told. Of what has a bound, as much as is cheapest.
        """
        matrix, columns = self.program.matrix, remedy.columns
        bound = matrix.upper[columns]
        most = np.inf
        if not bound.any():
            least = np.zeros(len(matrix.cost))
            least[columns] = 1.0
            solved = self._solve(columns, least)
            if solved is None:
                return None
            most = _next_tenth(solved.values[columns].sum())
        with self.engine.sum_at_most(columns, most):
            plan = self._solve(columns, matrix.cost)
        if plan is None:
            return None
        more = _next_tenth(np.maximum(plan.values[columns] - bound, 0.0).sum())
        cost = float(matrix.cost @ plan.values) + self.program.constant
        return f"{more:.1f} {remedy.told} (the plan then costs {cost:,.0f})"

    def _solve(self, opened: Columns, cost: NDArray[np.float64]) -> Solved | None:
        matrix = self.program.matrix
        most = matrix.upper.copy()
        most[opened] = np.inf
        self.engine.bound(matrix.lower, most)
        self.engine.price(cost)
        if self.whole:
            return self.engine.solve_whole(self.program.integers, self.program.integer_weeks)
        return self.engine.solve()


def _next_tenth(amount: float) -> float:
    """Round up to what is told, so that what is told is enough."""
    return float(np.ceil(np.round(10 * amount, 4)) / 10)


def _untaught(program: HiringProgram, solved: Solved) -> str:
    """Say where people of the first day are still new and nobody experienced has time for them."""
    missing = [float(solved.values[columns.nesting_extra].sum()) for columns in program.pools]
    at = int(np.argmax(missing))
    return (
        f"{program.pools[at].model.name}: people there on the first day are still new and take "
        f"{missing[at]:.1f} hours of experienced people, more than there are"
    )


def _too_early(ready_weeks: int, first_short: int) -> str:
    if first_short >= ready_weeks:
        return ""
    return f"; whoever is hired on the first day works from week {ready_weeks + 1} on"


def _remedies(program: HiringProgram) -> list[_Remedy]:
    """What could be relaxed, one thing at a time."""
    upper = program.matrix.upper

    def columns(name: str) -> Columns:
        return np.concatenate([getattr(pool, name) for pool in program.pools])

    def before_notice(name: str) -> Columns:
        found = columns(name)
        return np.asarray(found[upper[found] == 0], dtype=np.int64)

    limits = [
        (f"more {_LIMIT_WORDS[limit.kind]} ({limit.name})", program.raises[i : i + 1])
        for i, limit in enumerate(program.problem.limits)
    ]
    others = [
        ("temporary contracts that start before their notice", before_notice("temporary_starts")),
        ("weeks of people of other accounts before their notice", before_notice("cross_trained")),
        ("more hires than hires_max", columns("hires")[np.isfinite(upper[columns("hires")])]),
        ("experienced people on the first day", columns("go_live")),
        ("more hours of overtime than allowed", columns("overtime_extra")),
        ("hours of work given up", columns("short_h")),
    ]
    return [_Remedy(told, opened) for told, opened in (*limits, *others) if len(opened)]
