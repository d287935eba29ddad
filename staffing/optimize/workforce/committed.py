"""What a team costs when its first hires are fixed and the rest follows demand.

One linear program, re-solved warm as demand moves. Variables, all 0 or more: productive people
``P``, payroll ``Y``, hires ``h``, overtime ``o``, surge starts ``v``, backlog ``q``, shortfall
``z``. With D the need, w the length of a week, H the committed weeks:

``headcount_balance``  P_t = (1 - a) P_(t-1) + ramp increments of past hires;  P_0 fixed
``payroll``            Y_t = (1 - a) Y_(t-1) + h_t;  h_t as planned for t < H
``workload``           w (P + o + eff x people on call-off + z) + q_t - q_(t-1) >= w D    [pi >= 0]
``overtime_cap``       o_t <= share x P_t
``surge_pool``         people on call-off <= heads
``backlog_limit``      q <= sum_j held_j w_(t-j) D_(t-j), 0 in the last week              [rq <= 0]

Shortfall makes every demand possible. Cost C is convex in D, with one slope
``w_t (pi_t + sum_j held_j rq_(t+j))``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Rows
from staffing.optimize.warm import WarmProgram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.committed import CommittedTeam

    Array = NDArray[np.float64]

PARTS = ("productive", "payroll", "hires", "overtime", "surge_starts", "backlog", "shortfall")


@dataclass(frozen=True)
class CommittedAnswer:
    """Least cost of one demand, one of its slopes, and what is done, by week.

    Parameters
    ----------
    cost : float
        C: payroll, hires, overtime, call-offs and shortfall over the term.
    slope : ndarray, shape (weeks,)
        dC/dD, one subgradient.
    parts : dict of str to ndarray, shape (weeks,)
        Values of `PARTS`, and `surge`: people on call-off.
    """

    cost: float
    slope: Array
    parts: dict[str, Array]


class CommittedProgram:
    """The program of one team, loaded once.

    Parameters
    ----------
    team : CommittedTeam
        What is fixed, allowed and paid.
    near : CommittedProgram, optional
        A solved program of the same team with other rates: its basis is a good start.
    """

    def __init__(self, team: CommittedTeam, near: CommittedProgram | None = None) -> None:
        self.team = team
        self._weeks = np.arange(team.num_weeks)
        numbers = np.arange(len(PARTS) * team.num_weeks).reshape(len(PARTS), -1)
        self._column = dict(zip(PARTS, numbers, strict=True))
        rows = Rows()
        self._people(rows)
        workload = self._work(rows)
        lower, upper = self._bounds()
        self.program = WarmProgram(rows.matrix(self._cost(), lower, upper))
        if near is not None:
            self.program.start_from(near.program)
        self._workload = workload.astype(np.int32)
        self._no_limit = np.full(team.num_weeks, INFINITY)
        self._backlog = self._column["backlog"].astype(np.int32)

    def solve(self, demand: Array) -> CommittedAnswer:
        """Meet a demand, shape (weeks,), 0 or more, at least cost.

        Raises
        ------
        SolverStoppedError
            When the solver proves no optimum.
        """
        weights, program = self.team.week_weights, self.program
        program.bound_rows(self._workload, weights * demand, self._no_limit)
        if len(self.team.held_back):
            limit = self._backlog_limit(demand)
            program.bound_columns(self._backlog, np.zeros_like(limit), limit)
        cost = program.solve()
        parts = dict(zip(PARTS, program.values.reshape(len(PARTS), -1), strict=True))
        parts["surge"] = self._engaged(parts["surge_starts"])
        reduced = np.minimum(program.reduced_costs[self._column["backlog"]], 0.0)
        slope = weights * (program.row_duals[self._workload] + self._backlog_slope(reduced))
        return CommittedAnswer(cost, np.asarray(slope, dtype=float), parts)

    def _engaged(self, starts: Array) -> Array:
        """People on call-off by week."""
        total = np.concatenate([[0.0], np.cumsum(starts)])
        first = np.maximum(self._weeks + 1 - self.team.surge_min_weeks, 0)
        return np.asarray(total[self._weeks + 1] - total[first], dtype=float)

    def _cost(self) -> Array:
        costs, weights = self.team.costs, self.team.week_weights
        paid = np.concatenate([[0.0], np.cumsum(weights * costs.surge)])
        end = np.minimum(self._weeks + self.team.surge_min_weeks, self.team.num_weeks)
        by_part = {
            "payroll": weights * costs.payroll,
            "hires": costs.hire,
            "overtime": weights * costs.overtime,
            "surge_starts": paid[end] - paid[:-1],
            "shortfall": weights * costs.shortfall,
        }
        nothing = np.zeros(self.team.num_weeks)
        return np.concatenate([by_part.get(part, nothing) for part in PARTS])

    def _bounds(self) -> tuple[Array, Array]:
        """Bounds of the columns: the team of day one and the first hires are fixed."""
        team, column = self.team, self._column
        lower = np.zeros(len(PARTS) * team.num_weeks)
        upper = np.full_like(lower, INFINITY)
        upper[column["backlog"]] = 0.0
        fixed = column["hires"][: team.committed_weeks]
        lower[fixed] = upper[fixed] = team.hires[: team.committed_weeks]
        start = column["productive"][0]
        lower[start] = upper[start] = team.go_live
        if not team.training_weeks:
            # A hire of day one would be productive at once, so it belongs to the go-live team.
            first = column["hires"][0]
            lower[first] = upper[first] = 0.0
        return lower, upper

    def _people(self, rows: Rows) -> None:
        team, column = self.team, self._column
        stay, count = 1 - team.weekly_attrition, team.num_weeks
        balance = rows.block(count - 1, 0.0, 0.0)
        rows.put(balance, column["productive"][1:])
        rows.put(balance, column["productive"][:-1], -stay)
        for j, step in enumerate(team.increments):
            lag = team.training_weeks + j
            first = max(lag, 1)
            if step and first < count:
                hired = column["hires"][first - lag : count - lag]
                rows.put(balance[first - 1 :], hired, -step)
        payroll = rows.block(count, 0.0, 0.0)
        rows.put(payroll, column["payroll"])
        rows.put(payroll, column["hires"], -1.0)
        rows.put(payroll[1:], column["payroll"][:-1], -stay)
        rows.put(payroll[:1], column["productive"][:1], -1.0)
        cap = rows.block(count, -INFINITY, 0.0)
        rows.put(cap, column["overtime"])
        rows.put(cap, column["productive"], -team.overtime_share_max)

    def _work(self, rows: Rows) -> NDArray[np.int64]:
        team, column, count = self.team, self._column, self.team.num_weeks
        weights = team.week_weights
        workload = rows.block(count, 0.0, INFINITY)
        for part in ("productive", "overtime", "shortfall"):
            rows.put(workload, column[part], weights)
        rows.put(workload, column["backlog"])
        rows.put(workload[1:], column["backlog"][:-1], -1.0)
        pool = rows.block(count, -INFINITY, team.surge_heads)
        for j in range(min(team.surge_min_weeks, count)):
            starts = column["surge_starts"][: count - j]
            rows.put(workload[j:], starts, weights[j:] * team.surge_effectiveness)
            rows.put(pool[j:], starts)
        return workload

    def _backlog_limit(self, demand: Array) -> Array:
        work = self.team.week_weights * demand
        limit = np.convolve(work, self.team.held_back)[: len(work)]
        limit[-1] = 0.0
        return np.asarray(limit, dtype=float)

    def _backlog_slope(self, reduced: Array) -> Array:
        """Transpose of `_backlog_limit`, over the length of the week."""
        slope, free = np.zeros_like(reduced), reduced.copy()
        free[-1] = 0.0
        for j, share in enumerate(self.team.held_back[: len(free)]):
            slope[: len(free) - j] += share * free[j:]
        return slope
