"""Hiring over a term as a sparse program (names and meaning in ``docs/models/hiring.md``).

Columns, by pool k and week t: ``hires``, ``classes``, ``releases``, ``experienced`` (settled people
neither under notice nor away), ``productive_h``, ``overtime_h``, ``temporary_starts``,
``temporary``, ``cross_trained``, ``ahead_h``, ``backlog_h``, ``short_h``; ``go_live`` by pool,
``upskilling`` by way and week. ``raise`` by shared limit, ``overtime_extra`` and ``nesting_extra``
are kept at 0, but to explain why there is no plan.

No cohorts: a person who starts in week u is there in week t with share ``S(t - u)``
(`staffing.hiring.tenure`), until they are settled; then one recursion counts all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.problem import HiringLimit, HiringPool, HiringProblem, Upskilling

    Array = NDArray[np.float64]
    Columns = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Rows or columns of one name, one for each week or a single one.

    `sign` turns a dual value or reduced cost into the cost saved by one more unit.
    """

    rule: str
    where: str
    at: NDArray[np.int64]
    is_row: bool
    sign: float = -1.0


class HiringProgram:
    """Columns, rows and costs of a problem.

    Parameters
    ----------
    problem : HiringProblem
        What is asked for.

    Attributes
    ----------
    matrix : Matrix
        The program; its cost leaves out `constant`.
    constant : float
        Cost that no decision changes: pay of people of the first day who are not yet settled.
    integers : ndarray of int
        Columns that are whole when people are whole.
    priced : list of Block
        Rows and column bounds that have a shadow price.
    """

    def __init__(self, problem: HiringProblem) -> None:
        self.problem = problem
        self.weeks = problem.num_weeks
        self.constant = 0.0
        self.priced: list[Block] = []
        self._rows = Rows()
        self._cost: list[Array] = []
        self._upper: list[Array] = []
        self._count = 0
        self.raises = self._columns(len(problem.limits), upper=0.0)
        self.ways = [self._way_columns(way) for way in problem.upskillings]
        self.pools = [PoolColumns(self, pool) for pool in problem.pools]
        for columns in self.pools:
            columns.write()
        for way, starts in zip(problem.upskillings, self.ways, strict=True):
            self._write_way(way, starts)
        for limit, extra in zip(problem.limits, self.raises, strict=True):
            self._write_limit(limit, int(extra))
        cost = np.concatenate(self._cost)
        self.matrix = self._rows.matrix(cost, np.zeros(self._count), np.concatenate(self._upper))
        self.integers = np.concatenate(
            [*self.ways, *(columns.whole for columns in self.pools)]
        ).astype(np.int64)

    def column_block(
        self, size: int, cost: object = 0.0, upper: object = INFINITY
    ) -> NDArray[np.int64]:
        """Open columns from 0 to `upper` and return their numbers."""
        return self._columns(size, cost, upper)

    @property
    def rows(self) -> Rows:
        """Rows as they are written."""
        return self._rows

    def price(
        self, rule: str, where: str, at: NDArray[np.int64], *, is_row: bool = True, sign: float = -1
    ) -> None:
        """Remember that rows, or bounds of columns, have a shadow price."""
        self.priced.append(Block(rule, where, at, is_row, sign))

    def pool(self, name: str) -> PoolColumns:
        """Columns of the pool of that name."""
        return self.pools[self.problem.number(name)]

    def _columns(
        self, size: int, cost: object = 0.0, upper: object = INFINITY
    ) -> NDArray[np.int64]:
        at = self._count + np.arange(size)
        self._count += size
        self._cost.append(np.broadcast_to(np.asarray(cost, dtype=float), size))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=float), size))
        return at

    def _way_columns(self, way: Upskilling) -> NDArray[np.int64]:
        pool = self.problem.pools[self.problem.number(way.from_pool)]
        pay = paid_ahead(self.problem.weights * pool.wage, way.weeks, pool.tenure.stay)
        starts = self._columns(self.weeks, way.cost + pay, way.max_per_week)
        if np.isfinite(way.max_per_week):
            self.price("upskilling_capacity", way.name, starts, is_row=False)
        return starts

    def _write_way(self, way: Upskilling, starts: NDArray[np.int64]) -> None:
        origin, target = self.pool(way.from_pool), self.pool(way.to_pool)
        stay = origin.tenure.stay
        self._rows.put(origin.balance, starts, 1.0)
        arrivals = starts[: max(self.weeks - way.weeks, 0)]
        self._rows.put(target.balance[way.weeks :], arrivals, -(stay**way.weeks) * (1 - way.loss))
        if np.isfinite(way.share_max):
            rows = self._rows.block(self.weeks, -INFINITY, 0.0)
            self._rows.put(rows, starts)
            self._rows.put(rows, target.experienced, -way.share_max)
            self.price("upskilling_share", way.name, rows)

    def _write_limit(self, limit: HiringLimit, extra: int) -> None:
        """``limit``: what the pools use together of one thing is at most what there is of it."""
        most = np.broadcast_to(np.asarray(limit.most, dtype=float), self.weeks)
        pools = [self.pool(name) for name in limit.pools]
        fixed = sum((columns.fixed_use(limit.kind) for columns in pools), np.zeros(self.weeks))
        rows = self._rows.block(self.weeks, -INFINITY, most - fixed)
        self._rows.put(rows, extra, -1.0)
        for columns in pools:
            columns.put_use(rows, limit.kind)
        if limit.kind == "seats":
            for way, starts in zip(self.problem.upskillings, self.ways, strict=True):
                if way.from_pool in limit.pools:
                    self.put_lagged(rows, starts, self.pool(way.from_pool).tenure.decays(way.weeks))
        self.price(f"limit_{limit.kind}", limit.name, rows)

    def put_lagged(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64], by_lag: Array, scale: object = 1
    ) -> None:
        """Add ``scale_t x by_lag[j] x column of week t - j`` to the row of each week t."""
        lags = np.flatnonzero(by_lag[: self.weeks])
        week = np.arange(self.weeks)
        start = week[:, None] - lags
        inside = start >= 0
        values = np.asarray(by_lag)[lags] * np.broadcast_to(scale, self.weeks)[:, None]  # type: ignore[call-overload]
        at = np.broadcast_to(rows[:, None], inside.shape)
        self._rows.put(at[inside], columns[start[inside]], values[inside])


class PoolColumns:
    """Columns and rows of one pool."""

    def __init__(self, program: HiringProgram, pool: HiringPool) -> None:
        self.program, self.model = program, pool
        self.tenure = tenure = pool.tenure
        self.weeks = weeks = program.weeks
        self.weights = program.problem.weights
        wages = self.weights * pool.wage
        self.present = pool.present_h
        self.go_live = program.column_block(1, pool.go_live_cost, pool.go_live_max)
        program.price("go_live_max", pool.name, self.go_live, is_row=False)
        by_tenure = np.where(tenure.in_training, pool.trainee_wage, pool.wage)
        pay = np.convolve(self.weights[::-1], np.append(tenure.kernel(by_tenure), 0.0))[:weeks]
        self.hires = program.column_block(weeks, pool.hire_cost + pay[::-1], pool.hires_max)
        if np.isfinite(pool.hires_max):
            program.price("hires_max", pool.name, self.hires, is_row=False)
        self.experienced = program.column_block(weeks, wages)
        self.productive_h = program.column_block(weeks)
        self.short_h = self._optional(pool.shortfall_price, self.weights)
        self.classes = program.column_block(0 if pool.class_size is None else weeks)
        self._open_sources()
        self._open_work()
        staff_pay = tenure.staff(pool, weeks, by_tenure) @ self.weights
        program.constant += float(staff_pay)

    @property
    def whole(self) -> NDArray[np.int64]:
        """Columns that are whole when people are whole."""
        parts = (self.go_live, self.hires, self.classes, self.releases, self.temporary_starts)
        return np.concatenate(parts)

    def _optional(self, cost: float | None, scale: object = 1.0) -> NDArray[np.int64]:
        """Columns at a price; without one they are kept at 0."""
        upper = 0.0 if cost is None else INFINITY
        return self.program.column_block(self.weeks, np.multiply(scale, cost or 0.0), upper)  # type: ignore[call-overload]

    def _open_sources(self) -> None:
        pool, open_block, weeks = self.model, self.program.column_block, self.weeks
        release, overtime = pool.release, pool.overtime
        temporary, helpers = pool.temporary, pool.cross_trained
        week = np.arange(weeks)
        self.releases = open_block(0)
        if release is not None:
            wages = self.weights * pool.wage
            pay = paid_ahead(wages, release.notice_weeks, self.tenure.stay)
            self.releases = open_block(weeks, release.severance + pay)
        self.overtime_h = self.overtime_extra = open_block(0)
        if overtime is not None:
            self.overtime_h = open_block(weeks, overtime.cost_per_h * self.weights)
            self.overtime_extra = open_block(weeks, 0.0, 0.0)
        self.temporary_starts = self.temporary = open_block(0)
        if temporary is not None:
            notice = np.where(week < temporary.notice_weeks, 0.0, INFINITY)
            self.temporary_starts = open_block(weeks, temporary.start_cost, notice)
            self.temporary = open_block(weeks, temporary.cost_per_week * self.weights)
        self.cross_trained = open_block(0)
        if helpers is not None:
            notice = np.where(week < helpers.notice_weeks, 0.0, INFINITY)
            self.cross_trained = open_block(weeks, helpers.cost_per_week * self.weights, notice)

    def _open_work(self) -> None:
        pool, weeks = self.model, self.weeks
        teaches = self.tenure.nesting_h.any()
        self.nesting_extra = self.program.column_block(weeks if teaches else 0, 0.0, 0.0)
        self.ahead_h = self.backlog_h = self.program.column_block(0)
        if pool.ahead_cost_per_h is not None:
            until_the_last = np.where(np.arange(weeks) < weeks - 1, INFINITY, 0.0)
            price = pool.ahead_cost_per_h * self.weights
            self.ahead_h = self.program.column_block(weeks, price, until_the_last)
        if pool.backlog is not None:
            price = pool.backlog.cost_per_h * self.weights
            self.backlog_h = self.program.column_block(weeks, price, most_waiting(pool))
            self.program.price("backlog_turnaround", pool.name, self.backlog_h, is_row=False)

    def write(self) -> None:
        """Write every row of the pool."""
        self._write_people()
        self._write_work()
        self._write_backlog()
        self._write_ahead()
        self._write_given_up()
        self._write_nesting()
        self._write_overtime()
        self._write_classes()
        self._write_temporary()

    def _write_people(self) -> None:
        """``experienced_balance`` and ``productive_hours``."""
        program, rows, tenure, weeks = self.program, self.program.rows, self.tenure, self.weeks
        settling = tenure.staff_settling(self.model, weeks)
        self.balance = rows.block(weeks, settling, settling)
        rows.put(self.balance, self.experienced)
        rows.put(self.balance[1:], self.experienced[:-1], -tenure.stay)
        rows.put(self.balance[:1], self.go_live, -1.0)
        settled = self.hires[: max(weeks - tenure.settled, 0)]
        rows.put(self.balance[tenure.settled :], settled, -tenure.survival[-1])
        if len(self.releases):
            rows.put(self.balance, self.releases)
        program.price("experienced_balance", self.model.name, self.balance)
        fixed = self.present * tenure.staff(self.model, weeks, tenure.productivity)
        at = rows.block(weeks, fixed, fixed)
        rows.put(at, self.productive_h)
        rows.put(at, self.experienced, -self.present)
        program.put_lagged(at, self.hires, -tenure.kernel(tenure.productivity), self.present)
        self._put_notice(at, -self.present)

    def _put_notice(self, rows: NDArray[np.int64], scale: object = 1.0) -> None:
        """Add people under notice."""
        if self.model.release is not None:
            lags = self.tenure.decays(self.model.release.notice_weeks)
            self.program.put_lagged(rows, self.releases, lags, scale)

    def _write_work(self) -> None:
        """``workload``: what is done, kept waiting or given up reaches what is due."""
        pool, rows = self.model, self.program.rows
        due = np.array(pool.need_h, dtype=float)
        if pool.backlog is not None:
            due[0] += pool.backlog.opening_h
        due += self._staff_nesting()
        at = rows.block(self.weeks, due, INFINITY)
        rows.put(at, self.productive_h)
        rows.put(at, self.short_h)
        self._put_hire_nesting(at, -1.0)
        for hours in (self.overtime_h, self.nesting_extra):
            if len(hours):
                rows.put(at, hours)
        if pool.temporary is not None:
            rows.put(at, self.temporary, pool.temporary.effectiveness * self.present)
        if pool.cross_trained is not None:
            rows.put(at, self.cross_trained, pool.cross_trained.effectiveness * self.present)
        if len(self.backlog_h):
            rows.put(at, self.backlog_h)
            rows.put(at[1:], self.backlog_h[:-1], -1.0)
        if len(self.ahead_h):
            rows.put(at, self.ahead_h, -1.0)
            rows.put(at[1:], self.ahead_h[:-1])
        self.program.price("workload", pool.name, at, sign=1.0)

    def _write_backlog(self) -> None:
        """``backlog_share``: what starts to wait is at most the share of the week's work."""
        terms = self.model.backlog
        if terms is None:
            return
        most = terms.share * np.asarray(self.model.need_h, dtype=float)
        most[0] += terms.opening_h
        rows = self.program.rows
        at = rows.block(self.weeks, -INFINITY, most)
        rows.put(at, self.backlog_h)
        rows.put(at[1:], self.backlog_h[:-1], -1.0)
        self.program.price("backlog_share", self.model.name, at)

    def _write_ahead(self) -> None:
        """``ahead_need``: only work of later weeks is done ahead."""
        if not len(self.ahead_h):
            return
        rows = self.program.rows
        at = rows.block(self.weeks - 1, -INFINITY, np.array(self.model.need_h, dtype=float)[1:])
        rows.put(at, self.ahead_h[:-1])
        rows.put(at, self.ahead_h[1:], -1.0)
        self.program.price("ahead_need", self.model.name, at)

    def _write_given_up(self) -> None:
        """``given_up``: work given up is due, neither done before nor waiting; none is made ahead.

        What is given up and what more waits are at most the week's work, and at most what of it
        was not done ahead.
        """
        pool, rows, need = self.model, self.program.rows, np.array(self.model.need_h, dtype=float)
        if pool.shortfall_price is None and not len(self.ahead_h):
            return
        opening = pool.backlog.opening_h if pool.backlog else 0.0
        for with_ahead in (False, True)[: 1 + bool(len(self.ahead_h))]:
            at = rows.block(self.weeks, -INFINITY, need + opening * (np.arange(self.weeks) == 0))
            rows.put(at, self.short_h)
            if len(self.backlog_h):
                rows.put(at, self.backlog_h)
                rows.put(at[1:], self.backlog_h[:-1], -1.0)
            if with_ahead:
                rows.put(at, self.ahead_h, -1.0)
                rows.put(at[1:], self.ahead_h[:-1])
            self.program.price("given_up", pool.name, at)

    def _staff_nesting(self) -> Array:
        return self.tenure.staff(self.model, self.weeks, self.tenure.nesting_h)

    def _put_hire_nesting(self, rows: NDArray[np.int64], scale: float) -> None:
        self.program.put_lagged(rows, self.hires, self.tenure.kernel(self.tenure.nesting_h), scale)

    def _write_nesting(self) -> None:
        """``nesting``: hours spent on new people are at most those of settled people at work."""
        if not len(self.nesting_extra):
            return
        rows = self.program.rows
        at = rows.block(self.weeks, self._staff_nesting(), INFINITY)
        rows.put(at, self.nesting_extra)
        rows.put(at, self.experienced, self.present)
        self._put_notice(at, self.present)
        self._put_hire_nesting(at, -1.0)
        self.program.price("nesting", self.model.name, at, sign=1.0)

    def _write_overtime(self) -> None:
        """``overtime_cap`` of a week and ``overtime_window`` of a term or of rolling weeks."""
        terms, rows, weeks = self.model.overtime, self.program.rows, self.weeks
        if terms is None:
            return
        at = rows.block(weeks, -INFINITY, 0.0)
        rows.put(at, self.overtime_h)
        rows.put(at, self.overtime_extra, -1.0)
        rows.put(at, self.productive_h, -terms.share_max)
        self.program.price("overtime_cap", self.model.name, at)
        if terms.window_share_max is None:
            return
        window = min(terms.window_weeks or weeks, weeks)
        at = rows.block(weeks - window + 1, -INFINITY, 0.0)
        inside = np.arange(len(at))[:, None] + np.arange(window)
        rows.put(at[:, None], self.overtime_h[inside])
        rows.put(at[:, None], self.overtime_extra[inside], -1.0)
        rows.put(at[:, None], self.productive_h[inside], -terms.window_share_max)
        self.program.price("overtime_window", self.model.name, at)

    def _write_classes(self) -> None:
        """``class_size``: people who start fit into the classes that start."""
        if self.model.class_size is None:
            return
        rows = self.program.rows
        at = rows.block(self.weeks, -INFINITY, 0.0)
        rows.put(at, self.hires)
        rows.put(at, self.classes, -float(self.model.class_size))
        self.program.price("class_size", self.model.name, at)

    def _write_temporary(self) -> None:
        """``temporary_min`` and ``temporary_max``: contracts last neither shorter nor longer.

        Who started first leaves first; then these cumulative rules are exact.
        """
        terms, rows, weeks = self.model.temporary, self.program.rows, self.weeks
        if terms is None:
            return
        ended = rows.block(weeks, -INFINITY, 0.0)
        rows.put(ended, self.temporary)
        rows.put(ended[1:], self.temporary[:-1], -1.0)
        rows.put(ended, self.temporary_starts, -1.0)
        for rule, length, sides in (
            ("temporary_min", terms.min_weeks, (0.0, INFINITY)),
            ("temporary_max", terms.max_weeks, (-INFINITY, 0.0)),
        ):
            if rule == "temporary_max" and length >= weeks:
                continue
            at = rows.block(weeks, *sides)
            rows.put(at, self.temporary)
            self.program.put_lagged(at, self.temporary_starts, -np.ones(length))
            self.program.price(rule, self.model.name, at, sign=1.0 if sides[0] == 0 else -1.0)

    def put_use(self, rows: NDArray[np.int64], kind: str) -> None:
        """Add what the pool's people use of a shared limit."""
        put, lagged = self.program.rows.put, self.program.put_lagged
        if kind == "hires":
            put(rows, self.hires)
        elif kind == "classes":
            put(rows, self.classes)
        elif kind == "trainers":
            lagged(rows, self.classes, np.ones(self.model.lead_weeks))
        elif kind == "temporary":
            self._put_part(rows, self.temporary)
        elif kind == "cross_trained":
            self._put_part(rows, self.cross_trained)
        else:
            put(rows, self.experienced)
            self._put_notice(rows)
            lagged(rows, self.hires, self.tenure.kernel(self._counted(kind)))
            self._put_part(rows, self.temporary)
            self._put_part(rows, self.cross_trained)

    def _put_part(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> None:
        if len(columns):
            self.program.rows.put(rows, columns)

    def _counted(self, kind: str) -> Array:
        """Which people not yet settled count against seats or licences, by tenure."""
        training = 1.0 if kind == "seats" else 0.0
        return np.where(self.tenure.in_training, training, 1.0)

    def fixed_use(self, kind: str) -> Array:
        """What people of the first day who are not yet settled use of a shared limit, by week."""
        if kind in ("seats", "licences"):
            return self.tenure.staff(self.model, self.weeks, self._counted(kind))
        if kind == "trainers":
            return staff_classes(self.model, self.weeks)
        return np.zeros(self.weeks)


def staff_classes(pool: HiringPool, weeks: int) -> Array:
    """Classes in which people of the first day are still in training, by week, shape (weeks,)."""
    size = float(pool.class_size or 1)
    classes = np.zeros(weeks)
    for group in pool.staff:
        classes[: max(pool.lead_weeks - group.tenure_weeks, 0)] += group.heads / size
    return classes


def most_waiting(pool: HiringPool) -> Array:
    """Most hours that may wait at the end of each week, none at the end of the term."""
    terms = pool.backlog
    weeks = len(pool.need_h)
    if terms is None:
        return np.zeros(weeks)
    ages = np.arange(weeks)
    waiting = terms.waiting_share(ages)
    most = np.convolve(np.asarray(pool.need_h, dtype=float), waiting)[:weeks]
    most += terms.opening_h * np.clip(terms.weeks - 1 - ages, 0.0, 1.0)
    most[-1] = 0.0
    return np.asarray(most, dtype=float)


def paid_ahead(wages: Array, weeks: int, stay: float) -> Array:
    """Pay of one person over the `weeks` weeks from each week on, leavers apart."""
    shares = stay ** np.arange(min(weeks, len(wages)))
    paid = np.convolve(wages[::-1], np.append(shares, 0.0))[: len(wages)]
    return np.asarray(paid[::-1], dtype=float)
