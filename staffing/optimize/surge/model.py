"""Reservations, calls, stays and waiting work of peaks as one sparse linear program.

Sets: events e, pools k, sources i, days t. Variables, all 0 or more: ``R_ki`` heads reserved,
``N_ekit`` people on engagement, ``v_ekit`` people who start, ``q_ekt`` work waiting at the end of
a day, ``z_ekt`` work not done in time. People who come for single days have no ``v``.

Rows and bounds (names as in ``docs/models/surge.md``):

``surge_notice``      N, v only from the source's first day on
``surge_people``      N_t <= N_(t-1) + v_t
``surge_engagement``  N_t >= v_t + ... + v_(t-m+1), m the shortest engagement in days
``surge_reserve``     N_t <= show_up x R, or show_up x heads where nothing need be reserved
``surge_work``        capacity_t + z_t + q_t - q_(t-1) >= need_t, capacity being people x hours
                      less what those who started still lack
``surge_waiting``     q_t <= share x need of the last `wait_days` days, 0 at the end
``surge_due``         q_t - q_(t-1) <= share x need_t: what may not wait is done today
``surge_seats``, ``surge_licences``, ``surge_training``, ``surge_access``: shared limits by day
``surge_heads``       people of a source over all pools <= its shared heads
``surge_service``     work not done in time <= what is allowed
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Matrix, Rows
from staffing.surge.engagement import (
    always_ready,
    by_the_day,
    full_hours,
    hours_after,
    start_losses,
)
from staffing.surge.ladder import SurgeDecision
from staffing.surge.work import most_waiting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.surge.ladder import LadderProblem
    from staffing.surge.problem import SurgeLimits, SurgeProblem, SurgeSource

    Numbers = NDArray[np.int64]

# Rule, field of the limits, needs of a source, whether it counts starts rather than people.
SHARED = (
    ("surge_seats", "seats", "needs_seat", False),
    ("surge_licences", "licences", "needs_licence", False),
    ("surge_training", "trainer_places", "needs_training", True),
    ("surge_access", "access_per_day", "needs_access", True),
)


@dataclass(frozen=True)
class Engaged:
    """Columns of one source of one pool under one event, from its first day on.

    `starts` is empty where people come by the day.
    """

    source: SurgeSource
    first: int
    people: Numbers
    starts: Numbers


@dataclass(frozen=True)
class Case:
    """Columns and rows of one pool under one event."""

    problem: SurgeProblem
    weight: float
    sources: tuple[Engaged, ...]
    waiting: Numbers
    uncovered: Numbers


class SurgeModel:
    """Columns, rows and costs of a ladder problem.

    Parameters
    ----------
    problem : LadderProblem
        What is asked for.
    """

    def __init__(self, problem: LadderProblem) -> None:
        self.problem = problem
        self.num_days = problem.pools[0].num_days
        self._count = 0
        self.reserved = [self._columns(len(pool.sources)) for pool in problem.pools]
        self.cases = [
            [self._case(event, pool) for pool in range(len(problem.pools))]
            for event in range(len(problem.events))
        ]
        self._cost, self._upper = np.zeros(self._count), np.full(self._count, INFINITY)
        self.rows: dict[tuple[str, str | None], list[Numbers]] = {}
        self._written = Rows()
        self._reservations()
        for cases in self.cases:
            for k, case in enumerate(cases):
                self._pool(case, self.reserved[k])
            self._shared(cases)
        self.matrix: Matrix = self._written.matrix(self._cost, np.zeros(self._count), self._upper)

    def _columns(self, count: int) -> Numbers:
        self._count += count
        return np.arange(self._count - count, self._count)

    def _case(self, event: int, pool: int) -> Case:
        problem = self.problem.case(event, pool)
        sources = []
        for source in problem.sources:
            first = min(source.first_day(problem.first_day_h), self.num_days)
            size = self.num_days - first
            people = self._columns(size)
            starts = self._columns(0 if by_the_day(source) else size)
            sources.append(Engaged(source, first, people, starts))
        return Case(
            problem=problem,
            weight=self.problem.events[event].probability,
            sources=tuple(sources),
            waiting=self._columns(self.num_days),
            uncovered=self._columns(self.num_days),
        )

    def _block(self, rule: str, source: str | None, size: int, upper: object) -> Numbers:
        """Open rows ``<= upper`` and keep their numbers under the name of their rule."""
        rows = self._written.block(size, -INFINITY, upper)
        self.rows.setdefault((rule, source), []).append(rows)
        return rows

    def _reservations(self) -> None:
        for pool, columns in zip(self.problem.pools, self.reserved, strict=True):
            fee = np.array([s.standby_fee_per_head_week for s in pool.sources])
            self._cost[columns] = fee * pool.standby_weeks
            self._upper[columns] = [s.heads if s.reserved else 0.0 for s in pool.sources]

    def _pool(self, case: Case, reserved: Numbers) -> None:
        problem = case.problem
        work = self._written.block(self.num_days, problem.need_h, INFINITY)
        self.rows.setdefault(("surge_work", None), []).append(work)
        for engaged, kept in zip(case.sources, reserved, strict=True):
            if engaged.people.size:
                self._engagement(case, engaged, kept)
                self._capacity(problem, engaged, work)
        self._written.put(work, case.uncovered)
        price = problem.shortfall_price
        self._cost[case.uncovered] = 0.0 if price is None else case.weight * price
        self._waiting(case, work)
        self._limits(problem.limits, [case])

    def _engagement(self, case: Case, engaged: Engaged, reserved: int) -> None:
        problem, source, put = case.problem, engaged.source, self._written.put
        people, starts = engaged.people, engaged.starts
        wage = source.hourly_cost + source.hourly_premium
        self._cost[people] = case.weight * wage * problem.hours_per_head[engaged.first :]
        if source.reserved:
            rows = self._block("surge_reserve", source.name, people.size, 0.0)
            put(rows, people)
            put(rows, reserved, -source.show_up)
        else:
            self._upper[people] = source.show_up * source.heads
        open_days = problem.hours_per_head[engaged.first :] > 0
        if not starts.size:
            self._upper[people[~open_days]] = 0.0
            return
        self._upper[starts[~open_days]] = 0.0
        after = hours_after(problem, source)[engaged.first :]
        self._cost[starts] = case.weight * (source.onboarding_cost + wage * after)
        rows = self._block("surge_people", source.name, people.size, 0.0)
        put(rows, people)
        put(rows[1:], people[:-1], -1.0)
        put(rows, starts, -1.0)
        rows = self._block("surge_engagement", source.name, people.size, 0.0)
        put(rows, people, -1.0)
        for days in range(min(source.min_engagement_days, people.size)):
            put(rows[days:], starts[: people.size - days])

    def _capacity(self, problem: SurgeProblem, engaged: Engaged, work: Numbers) -> None:
        source, first = engaged.source, engaged.first
        self._written.put(work[first:], engaged.people, full_hours(problem, source)[first:])
        if not always_ready(source):
            losses = start_losses(problem, source)[first:, first:]
            start, day = np.nonzero(losses)
            self._written.put(work[first + day], engaged.starts[start], -losses[start, day])

    def _waiting(self, case: Case, work: Numbers) -> None:
        backlog, waiting, put = case.problem.backlog, case.waiting, self._written.put
        self._upper[waiting] = most_waiting(case.problem.need_h, backlog)
        if not self._upper[waiting].any():
            return
        put(work, waiting)
        put(work[1:], waiting[:-1], -1.0)
        if backlog.share < 1 and backlog.wait_days > 1:
            may_wait = backlog.share * case.problem.need_h
            rows = self._block("surge_due", None, self.num_days, may_wait)
            put(rows, waiting)
            put(rows[1:], waiting[:-1], -1.0)

    def _limits(self, limits: SurgeLimits, cases: list[Case]) -> None:
        for rule, name, needs, counts_starts in SHARED:
            limit = getattr(limits, name)
            engaged = [
                (e, case.problem.seats_per_head if name == "seats" else 1.0)
                for case in cases
                for e in case.sources
                if getattr(e.source, needs)
            ]
            if limit is None or not engaged:
                continue
            rows = self._block(rule, None, self.num_days, limit)
            for one, each in engaged:
                columns = one.starts if counts_starts else one.people
                self._written.put(rows[one.first :], columns, each)

    def _shared(self, cases: list[Case]) -> None:
        """What pools share, and the work that may stay undone, under one event."""
        self._limits(self.problem.limits, cases)
        for name, heads in self.problem.shared_heads.items():
            rows = self._block("surge_heads", name, self.num_days, heads)
            for one in (e for case in cases for e in case.sources if e.source.name == name):
                self._written.put(rows[one.first :], one.people)
        for case in cases:
            allowed = 0.0 if case.problem.shortfall_price is None else INFINITY
            self._written.put(self._block("surge_service", None, 1, allowed), case.uncovered)

    @property
    def uncovered(self) -> Numbers:
        """Columns of work not done in time."""
        return np.concatenate([case.uncovered for cases in self.cases for case in cases])

    def decision(self, values: NDArray[np.float64], event: int, pool: int) -> SurgeDecision:
        """Read who is reserved, there and starting in one pool under one event."""
        case = self.cases[event][pool]
        people, starts = np.zeros((2, len(case.sources), self.num_days))
        reserved = values[self.reserved[pool]]
        for i, one in enumerate(case.sources):
            people[i, one.first :] = values[one.people]
            if one.starts.size:
                starts[i, one.first :] = values[one.starts]
            else:
                starts[i] = np.maximum(np.diff(people[i], prepend=0.0), 0.0)
            if not one.source.reserved:
                reserved[i] = one.source.heads
        return SurgeDecision(reserved, people, starts)
