"""Deferrable work done in time at least cost by people on tours with breaks.

The rows of ``staffing.optimize.tours.model`` and, for units worked ``w_t``, backlog ``B_t`` and
units ``D_t`` worked since Monday 00:00:

``capacity``    w_t <= units per head x heads at work + units that idle people of live queues do
``backlog``     B_t = B_(t-1) + arrivals_t - w_t, cyclic;  D_t = D_(t-1) + w_t
``turnaround``  B_t <= w_(t+1) + ... + w_(t+due-1)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import InfeasibleError, SolverStoppedError
from staffing.optimize.tours.breaks import place_breaks, waiting_of
from staffing.optimize.tours.dive import dive
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.model import HEADS_TOLERANCE, INFINITY, TourModel
from staffing.optimize.tours.people import people_of
from staffing.optimize.tours.result import Proof, plan_of
from staffing.optimize.tours.week import plan_tours
from staffing.tours.groups import offered_groups
from staffing.turnaround import work_off

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from staffing.optimize.tours.engine import Point
    from staffing.optimize.tours.model import Rows
    from staffing.optimize.tours.week import Effort
    from staffing.requirement import TurnaroundWork
    from staffing.tours.groups import TourGroup
    from staffing.tours.plan import PersonWeek, TourPlan
    from staffing.tours.problem import TourProblem


_MOST_SENT_HOME = 500  # people of whom it is tried, about a millisecond each


def plan_work(
    problem: TourProblem, work: TurnaroundWork, effort: Effort = "quick", *, seed: int = 0
) -> TourPlan | None:
    """Find who works when, breaks included, so that every unit is finished in time.

    People are settled together with the work they do. Where that ends in a dead end, people
    are settled from below, and the heads of the relaxation are covered: the cheaper of both counts.
    Whoever is not needed is sent home.

    Parameters
    ----------
    problem : TourProblem
        Its requirement is the minimum crew.
    work : TurnaroundWork
        Units to be finished in time.
    effort : {"quick", "thorough"}
        As in `plan_tours`.
    seed : int
        Of the search's own choices.

    Returns
    -------
    TourPlan or None
        Its bound is that of the relaxation; None when no number of people on these tours
        finishes the work in time.

    Raises
    ------
    InfeasibleError, SolverStoppedError
    """
    model = _WorkModel(problem, offered_groups(problem), work)
    engine = Engine(model.matrix, model.integers, seed)
    relaxed = engine.solve()
    if relaxed is None and engine.infeasible:
        return None
    if relaxed is None:
        raise SolverStoppedError(f"{problem.name}: the solver gave up on the relaxation")
    plans = [_trimmed(problem, work, plan) for plan in _plans(model, engine, relaxed, effort, seed)]
    plan = min(plans, key=lambda one: one.objective)
    bound = min(max(0.0, relaxed.objective), plan.objective)
    gap = (plan.objective - bound) / plan.objective if plan.objective > 0 else 0.0
    # Which plan is the best depends on the clock as soon as one of them does.
    reproducible = all(one.reproducible for one in plans)
    return replace(plan, bound=bound, gap=gap, reproducible=reproducible)


def _plans(
    model: _WorkModel, engine: Engine, relaxed: Point, effort: Effort, seed: int
) -> Iterator[TourPlan]:
    """Plans that finish everything in time: one if the dive ends in one, else all other ways."""
    nearest = _settled(model, dive(model, engine, relaxed), seed)
    if nearest is not None:
        yield nearest
        if effort == "quick":
            return
    fresh = Engine(model.matrix, model.integers, seed)
    grown = _settled(model, dive(model, fresh, relaxed, crews_from_below=True), seed)
    if grown is not None:
        yield grown
    heads = model.work.heads_for(np.maximum(relaxed.values[model.worked], 0.0))
    try:
        yield plan_tours(replace(model.problem, requirement=heads), effort, seed=seed)
    except (InfeasibleError, SolverStoppedError):
        # Whole people need not cover these very heads: other times may do as well.
        if nearest is None and grown is None:
            raise


def _settled(model: _WorkModel, settled: Point | None, seed: int) -> TourPlan | None:
    """Give whole people their breaks; None at a dead end, or if breaks made work late."""
    if settled is None:
        return None
    people = np.rint(settled.values[model.people])
    placed = place_breaks(model, people, seed)
    if placed is None:
        return None
    weeks = people_of(model, people, waiting_of(model, placed))
    plan = plan_of(model.problem, weeks, Proof(0.0, "dive finished", reproducible=True))
    return plan if _suffices(model.work, plan.presence) else None


def _suffices(work: TurnaroundWork, at_work: NDArray[np.float64]) -> bool:
    if (at_work < work.floor_heads - HEADS_TOLERANCE).any():
        return False
    return work_off(work.arrivals, work.capacity(at_work), work.due_intervals).in_time


def _trimmed(problem: TourProblem, work: TurnaroundWork, plan: TourPlan) -> TourPlan:
    """Send people home, the dearest first, while the work is still done in time.

    Shares of tours are kept: nobody goes who makes another rule exceed its share.
    """
    at_work, kept = plan.presence.copy(), list(plan.people)
    cost = {person: _cost(problem, person) for person in set(kept)}
    for person in sorted(kept, key=lambda one: -cost[one])[:_MOST_SENT_HOME]:
        without = at_work - _at_work(problem, person)
        if _suffices(work, without) and _within_shares(problem, kept, person):
            at_work = without
            kept.remove(person)
    trimmed = plan_of(problem, tuple(kept), Proof(0.0, plan.stop_reason, plan.reproducible))
    return trimmed if _suffices(work, trimmed.presence) else plan


def _cost(problem: TourProblem, person: PersonWeek) -> float:
    return float(problem.shift_costs(np.array(person.starts), person.length).sum())


def _at_work(problem: TourProblem, person: PersonWeek) -> NDArray[np.float64]:
    """1 where a person is at work, shape (T,)."""
    size = problem.grid.size
    heads = np.zeros(size)
    lengths = [problem.intervals(rule.length_min) for rule in problem.breaks_of(person.length)]
    for start, taken in zip(person.starts, person.breaks, strict=True):
        heads[(start + np.arange(person.length)) % size] = 1.0
        for at, length in zip(taken, lengths, strict=True):
            heads[(at + np.arange(length)) % size] = 0.0
    return heads


def _within_shares(problem: TourProblem, people: list[PersonWeek], leaver: PersonWeek) -> bool:
    """Whether every rule keeps its share when one person leaves."""
    left = Counter(person.rule for person in people)
    left[leaver.rule] -= 1
    most = {rule.name: rule.share_max * (len(people) - 1) for rule in problem.tours}
    return all(count <= most[name] + HEADS_TOLERANCE for name, count in left.items())


class _WorkModel(TourModel):
    """Tours, and the work that their people finish in time."""

    def __init__(
        self, problem: TourProblem, groups: tuple[TourGroup, ...], work: TurnaroundWork
    ) -> None:
        self.work = work
        super().__init__(problem, groups)

    def _lay_out_columns(self) -> None:
        super()._lay_out_columns()
        self.worked, self.done, self.backlog = self.num_columns + np.arange(3 * self.size).reshape(
            3, -1
        )
        self.num_columns += 3 * self.size

    def _cover(self, rows: Rows) -> None:
        super()._cover(rows)
        self._capacity(rows)
        self._flow(rows)
        self._turnaround(rows)

    def _capacity(self, rows: Rows) -> None:
        work, t = self.work, np.arange(self.size)
        capacity = rows.block(self.size, -INFINITY, work.spare_units)
        rows.put(capacity, self.worked)
        rows.put(capacity, self.on_duty, -work.units_per_head)
        for rule, breaking in zip(self.problem.breaks, self.breaking, strict=True):
            for k in range(self.problem.intervals(rule.length_min)):
                rows.put(capacity, breaking[t - k], work.units_per_head)

    def _flow(self, rows: Rows) -> None:
        t = np.arange(self.size)
        left = rows.block(self.size, self.work.arrivals, self.work.arrivals)
        rows.put(left, self.backlog)
        rows.put(left, self.backlog[t - 1], -1.0)
        rows.put(left, self.worked)
        since_monday = rows.block(self.size, 0.0, 0.0)
        rows.put(since_monday, self.done)
        rows.put(since_monday[1:], self.done[:-1], -1.0)
        rows.put(since_monday, self.worked, -1.0)

    def _turnaround(self, rows: Rows) -> None:
        weeks, rest = divmod(self.work.due_intervals - 1, self.size)
        over, end = np.divmod(np.arange(self.size) + rest, self.size)
        in_time = rows.block(self.size, -INFINITY, weeks * float(self.work.arrivals.sum()))
        rows.put(in_time, self.backlog)
        t = np.arange(self.size)
        since = np.zeros((self.size, self.size))  # done until t less done until the unit is due
        since[t, t] += 1.0
        since[t, end] -= 1.0
        since[t, -1] -= over
        row, column = np.nonzero(since)
        rows.put(in_time[row], self.done[column], since[row, column])
