"""Least-cost cover of any heads per interval by any candidate shifts.

Sets: intervals t, candidates j. Variables: ``x_j`` people, whole, at most the limit; ``u_t`` heads
short, only where they have a price. Minimise ``sum c_j x_j + price sum u_t`` subject to

``cover``        sum of x_j over shifts that work t, plus u_t, reaches the heads of t
``shift_limit``  x_j is at most the limit of its shift

More people never cover less, so limits allow a cover exactly when everybody they allow covers: what
stays short is simple arithmetic. The relaxation to fractions of people is solved first. Its value
bounds every plan from below, and where each shift works one unbroken stretch of a day (a matrix of
consecutive ones) its people are whole already (Dantzig 1954; Bartholdi, Orlin and Ratliff 1980).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pulp

from staffing.check.cover_rules import check_cover
from staffing.errors import PlanCheckError, SolverStoppedError
from staffing.optimize.cover_inputs import CoverInstance, read_instance
from staffing.optimize.solver import SolveLimits, SolveLog, SolveOutcome, solve
from staffing.shift_cover import Infeasibility, Relaxation, ShiftCover

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from staffing.shift_cover import CandidateShift

_UNLIMITED = 2**31 - 1
_PROOF_TOLERANCE = 1e-9
_WHOLE = 1e-6
_SMALL, _LARGE = 1.0, 1e6


def cover_shifts(
    requirement: ArrayLike,
    shifts: Sequence[CandidateShift],
    *,
    shortfall_price: float | None = None,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> ShiftCover:
    """Cover heads by whole people on shifts at least cost.

    Never raises because there is no cover, or because the time ran out: `status` says so.

    Parameters
    ----------
    requirement : array_like, shape (T,)
        Heads wanted in each interval, 0 or more, fractions allowed.
    shifts : sequence of CandidateShift
        Shifts that may be worked.
    shortfall_price : float, optional
        Price of one head short for one interval, 0 or more. Without it the cover is hard.
    time_limit_s : float, optional
        Most seconds inside the solver, above 0; no limit if left out. A plan that the clock cut
        short may differ from run to run.
    gap : float, optional
        Relative gap at which the search may end, in [0, 1).

    Returns
    -------
    ShiftCover

    Raises
    ------
    BadInputError
        When an input is out of its range, or two shifts share a name.

    References
    ----------
    Dantzig 1954, A comment on Edie's "Traffic delays at toll booths".
    """
    instance = read_instance(requirement, shifts, shortfall_price, time_limit_s, gap)
    cover = _cover(instance)
    violations = check_cover(instance.requirement, shifts, cover, shortfall_price=shortfall_price)
    if violations:
        raise PlanCheckError(violations)
    return cover


def _cover(instance: CoverInstance) -> ShiftCover:
    missing = instance.beyond_limits()
    if missing.any():
        return _nearest(instance, missing)
    found = _search(instance)
    if found.counts is None:
        return ShiftCover(
            status="stopped",
            counts=dict.fromkeys(instance.names, 0),
            cost=0.0,
            bound=found.bound,
            gap=None,
            shortfall=instance.shortfall(np.zeros(len(instance.names), dtype=np.int64)),
            stop_reason=found.stop_reason,
        )
    gap = instance.gap_of(found.counts, found.bound)
    return ShiftCover(
        status="optimal" if gap <= instance.gap + _PROOF_TOLERANCE else "feasible",
        counts=dict(zip(instance.names, found.counts.tolist(), strict=True)),
        cost=instance.cost(found.counts),
        bound=found.bound,
        gap=gap,
        shortfall=instance.shortfall(found.counts),
        stop_reason=found.stop_reason,
    )


def _nearest(instance: CoverInstance, missing: NDArray[np.float64]) -> ShiftCover:
    """Say what stays short, what would mend it, and the best plan within the limits."""
    found = _search(instance.wanting(instance.need - missing))
    nobody = np.zeros(len(instance.names), dtype=np.int64)
    counts = nobody if found.counts is None else found.counts
    more = _search(instance.above_limits(missing)).counts
    extra = nobody if more is None else more
    short = instance.requirement - (instance.need - missing)
    return ShiftCover(
        status="infeasible",
        counts=dict(zip(instance.names, counts.tolist(), strict=True)),
        cost=instance.cost(counts),
        bound=None,
        gap=None,
        shortfall=instance.shortfall(counts),
        stop_reason="the limits allow no cover",
        infeasibility=Infeasibility(
            heads_short={int(t): float(short[t]) for t in np.flatnonzero(missing)},
            unreachable=tuple(np.flatnonzero((missing > 0) & ~instance.reached).tolist()),
            relaxations=tuple(
                Relaxation(instance.names[j], int(extra[j])) for j in np.flatnonzero(extra)
            ),
            relaxation_cost=float(instance.costs @ extra),
        ),
    )


@dataclass(frozen=True)
class _Found:
    """Best whole people found, if any, and the bound proven."""

    counts: NDArray[np.int64] | None
    bound: float
    stop_reason: str


def _search(instance: CoverInstance) -> _Found:
    """Solve in fractions of people, make them whole; search further only if that proves too little.

    The instance is known to have a cover.
    """
    if not instance.need.any():
        return _Found(np.zeros(len(instance.names), dtype=np.int64), 0.0, "nothing to cover")
    program, log = _Program(instance), SolveLog()
    relaxed = program.solve(instance.time_limit_s, log, relaxed=True)
    if relaxed is None:
        return _Found(None, 0.0, "time limit")
    people = program.people()
    counts = _without_idle(instance, np.ceil(people - _WHOLE).astype(np.int64))
    bound = min(program.bound(relaxed), instance.cost(counts))
    if instance.gap_of(counts, bound) <= instance.gap + _PROOF_TOLERANCE:
        return _Found(counts, bound, "gap reached")
    left_s = instance.time_limit_s - log.solver_s
    whole = program.solve(left_s, log) if left_s > 0 else None
    if whole is None:
        return _Found(counts, bound, "time limit")
    better = _without_idle(instance, np.rint(program.people()).astype(np.int64))
    counts = min(counts, better, key=instance.cost)
    bound = min(max(bound, program.bound(whole)), instance.cost(counts))
    return _Found(counts, bound, "gap reached" if whole.reproducible else "time limit")


def _without_idle(instance: CoverInstance, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Send home whom nobody misses, dearest shifts first."""
    counts = counts.copy()
    spare = np.floor(instance.presence(counts) - instance.need)
    order = np.argsort(-instance.costs, kind="stable")
    for j in order[counts[order] > 0]:
        worked = instance.intervals(int(j))
        idle = int(min(counts[j], max(0.0, spare[worked].min(initial=np.inf))))
        counts[j] -= idle
        spare[worked] -= idle
    return counts


class _Program:
    """The mathematical program of a cover."""

    def __init__(self, instance: CoverInstance) -> None:
        self.instance = instance
        self.program = pulp.LpProblem("cover_shifts", pulp.LpMinimize)
        self.x = [
            self.program.add_variable(
                f"shift_{j}", 0, None if math.isinf(limit) else float(limit), "Integer"
            )
            for j, limit in enumerate(instance.limits)
        ]
        self.scale = _scale(instance)
        terms = [
            self.scale * float(cost) * x for cost, x in zip(instance.costs, self.x, strict=True)
        ]
        at: list[list[pulp.LpVariable]] = [[] for _ in range(instance.need.size)]
        for j, t in zip(instance.owners.tolist(), instance.worked.tolist(), strict=True):
            at[t].append(self.x[j])
        for t in np.flatnonzero(instance.need).tolist():
            short, price = self._shortfall(t)
            terms += price
            self.program += pulp.lpSum(at[t] + short) >= float(instance.need[t]), f"cover_{t}"
        self.program.setObjective(pulp.lpSum(terms))

    def _shortfall(self, t: int) -> tuple[list[pulp.LpVariable], list[pulp.LpAffineExpression]]:
        """Heads short of the whole need, and what they cost.

        Of 2.5 heads the third person is half short: that half is cheaper than those below it, so
        the price is convex and the need stays whole.
        """
        if self.instance.price is None:
            return [], []
        price = self.scale * self.instance.price
        part = float(1 - (self.instance.need[t] - self.instance.requirement[t]))
        last = self.program.add_variable(f"short_last_{t}", 0, 1)
        others = self.program.add_variable(f"short_{t}", 0)
        return [last, others], [price * part * last, price * others]

    def solve(
        self, time_limit_s: float, log: SolveLog, *, relaxed: bool = False
    ) -> SolveOutcome | None:
        """Solve it, people whole or not; None when the time ran out before a solution."""
        limits = SolveLimits(
            relative_gap=self.instance.gap,
            max_nodes=_UNLIMITED,
            max_simplex_iterations=_UNLIMITED,
            safety_time_s=time_limit_s,
        )
        try:
            return solve(self.program, limits, log, relaxed=relaxed)
        except SolverStoppedError:
            return None

    def people(self) -> NDArray[np.float64]:
        """People by shift in the last solution, within their limits."""
        values = np.array([variable.value() or 0.0 for variable in self.x], dtype=float)
        return np.asarray(np.clip(values, 0.0, self.instance.limits))

    def bound(self, outcome: SolveOutcome) -> float:
        """Cost below which no cover can be."""
        return max(0.0, outcome.bound / self.scale)


def _scale(instance: CoverInstance) -> float:
    """Power of two that brings costs to a size the solver's absolute tolerances suit."""
    largest = max(float(instance.costs.max(initial=0.0)), instance.price or 0.0)
    if largest == 0 or _SMALL < largest < _LARGE:
        return 1.0
    return 2.0 ** -round(math.log2(largest / _SMALL))
