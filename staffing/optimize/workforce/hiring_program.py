"""Hiring over a term as a sparse program (names and meaning in ``docs/models/workforce.md``).

Columns, by pool k and week t (`hiring_pool`): ``hires``, ``classes``, ``releases``,
``experienced`` (settled people neither under notice nor away), ``productive_h``, ``overtime_h``,
``temporary_starts``, ``temporary``, ``cross_trained``, ``ahead_h``, ``backlog_h``, ``short_h``;
``go_live`` by pool, ``upskilling`` by way and week. ``raise`` by shared limit, ``overtime_extra``
and ``nesting_extra`` are kept at 0, but to explain why there is no plan. Rows of people are in
`hiring_pool`, those of work in `hiring_work`.

No cohorts: a person who starts in week u is there in week t with share ``S(t - u)``
(`staffing.hiring.tenure`), until they are settled; then one recursion counts all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY
from staffing.optimize.workforce.hiring_draft import Draft
from staffing.optimize.workforce.hiring_pool import PoolColumns, paid_ahead
from staffing.optimize.workforce.hiring_work import WorkRows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.problem import HiringLimit, HiringProblem, Upskilling

    Numbers = NDArray[np.int64]


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
    integers, integer_weeks : ndarray of int
        Columns that are whole when people are whole, and the week of each.
    priced : list of Block
        Rows and column bounds that have a shadow price.
    needs : list of NeedMove
        Rows that move with the work due.
    """

    def __init__(self, problem: HiringProblem) -> None:
        self.problem = problem
        self.weeks = problem.num_weeks
        self._draft = draft = Draft(self.weeks)
        self.raises = draft.columns(len(problem.limits), upper=0.0)
        self.ways = [self._way_columns(way) for way in problem.upskillings]
        self.pools = [PoolColumns(draft, pool, problem.weights) for pool in problem.pools]
        for columns in self.pools:
            columns.write_people()
            WorkRows(columns).write()
        for way, starts in zip(problem.upskillings, self.ways, strict=True):
            self._write_way(way, starts)
        for limit, extra in zip(problem.limits, self.raises, strict=True):
            self._write_limit(limit, int(extra))
        self.matrix, self.constant = draft.matrix(), draft.constant
        self.priced, self.needs = draft.priced, draft.needs
        whole = [*self.ways, *(part for columns in self.pools for part in columns.whole)]
        self.integers = np.concatenate(whole).astype(np.int64)
        self.integer_weeks = np.concatenate([np.arange(len(part)) for part in whole])

    def pool(self, name: str) -> PoolColumns:
        """Columns of the pool of that name."""
        return self.pools[self.problem.number(name)]

    def _way_columns(self, way: Upskilling) -> Numbers:
        pool = self.problem.pools[self.problem.number(way.from_pool)]
        pay = paid_ahead(self.problem.weights * pool.wage, way.weeks, pool.tenure.stay)
        starts = self._draft.columns(self.weeks, way.cost + pay, way.max_per_week)
        if np.isfinite(way.max_per_week):
            self._draft.price("upskilling_capacity", way.name, starts, is_row=False)
        return starts

    def _write_way(self, way: Upskilling, starts: Numbers) -> None:
        """``upskilling_share``, and the balances of the two pools."""
        origin, target, rows = self.pool(way.from_pool), self.pool(way.to_pool), self._draft.rows
        stay = origin.tenure.stay
        rows.put(origin.balance, starts, 1.0)
        arrivals = starts[: max(self.weeks - way.weeks, 0)]
        rows.put(target.balance[way.weeks :], arrivals, -(stay**way.weeks) * (1 - way.loss))
        if np.isfinite(way.share_max):
            at = rows.block(self.weeks, -INFINITY, 0.0)
            rows.put(at, starts)
            rows.put(at, target.experienced, -way.share_max)
            self._draft.price("upskilling_share", way.name, at)

    def _write_limit(self, limit: HiringLimit, extra: int) -> None:
        """``limit``: what the pools use together of one thing is at most what there is of it."""
        draft = self._draft
        most = np.broadcast_to(np.asarray(limit.most, dtype=float), self.weeks)
        pools = [self.pool(name) for name in limit.pools]
        fixed = sum((columns.fixed_use(limit.kind) for columns in pools), np.zeros(self.weeks))
        rows = draft.rows.block(self.weeks, -INFINITY, most - fixed)
        draft.rows.put(rows, extra, -1.0)
        for columns in pools:
            columns.put_use(rows, limit.kind)
        if limit.kind == "seats":
            for way, starts in zip(self.problem.upskillings, self.ways, strict=True):
                if way.from_pool in limit.pools:
                    stays = self.pool(way.from_pool).tenure.decays(way.weeks)
                    draft.put_lagged(rows, starts, stays)
        draft.price(f"limit_{limit.kind}", limit.name, rows)
