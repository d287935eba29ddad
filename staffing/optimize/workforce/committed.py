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

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Rows
from staffing.optimize.warm import WarmProgram

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        Values of `PARTS`.
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
    """

    def __init__(self, team: CommittedTeam) -> None:
        self.team = team
        numbers = np.arange(len(PARTS) * team.num_weeks).reshape(len(PARTS), -1)
        self._column = dict(zip(PARTS, numbers, strict=True))
        rows = Rows()
        self._people(rows)
        workload = self._work(rows)
        lower, upper = self._bounds()
        self._other: WarmProgram | None = None
        self._matrix = rows.matrix(self._cost(), lower, upper)
        self.program = WarmProgram(self._matrix)
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
        cost, parts = self.meet(demand)
        duals = self.program.row_duals[self._workload]
        slope = duals
        if len(self.team.held_back):
            slope = duals + self._backlog_slope(duals)
        return CommittedAnswer(cost, np.asarray(self.team.week_weights * slope), parts)

    def meet(
        self, demand: Array, at: CommittedTeam | None = None
    ) -> tuple[float, dict[str, Array]]:
        """Cost of a demand and what is done, without the slope.

        Parameters
        ----------
        demand : ndarray, shape (weeks,)
            0 or more.
        at : CommittedTeam, optional
            The same team at another attrition or ramp; its program starts at the basis of this one.

        Returns
        -------
        tuple
            Cost and parts as of `CommittedAnswer`.

        Raises
        ------
        SolverStoppedError
            When the solver proves no optimum.
        """
        program = self.program if at is None else self._at_rates(at)
        program.bound_rows(self._workload, self.team.week_weights * demand, self._no_limit)
        if len(self.team.held_back):
            limit = self._backlog_limit(demand)
            program.bound_columns(self._backlog, np.zeros_like(limit), limit)
        cost = program.solve()
        return cost, dict(zip(PARTS, program.values.reshape(len(PARTS), -1), strict=True))

    def _at_rates(self, team: CommittedTeam) -> WarmProgram:
        """Load the program at other rates: only coefficients of ramp and attrition differ."""
        value = self._matrix.value.copy()
        value[self._stay_entries] = team.weekly_attrition - 1
        entries, steps = self._ramp_entries
        value[entries] = -team.increments[steps]
        matrix = replace(self._matrix, value=value)
        if self._other is None:
            self._other = WarmProgram(matrix)
        else:
            self._other.reload(matrix)
        self._other.start_from(self.program)
        return self._other

    def _cost(self) -> Array:
        costs, weights = self.team.costs, self.team.week_weights
        paid = np.concatenate([[0.0], np.cumsum(weights * costs.surge)])
        weeks = np.arange(self.team.num_weeks)
        end = np.minimum(weeks + self.team.surge_min_weeks, self.team.num_weeks)
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
        self._balance = balance = rows.block(count - 1, 0.0, 0.0)
        rows.put(balance, column["productive"][1:])
        rows.put(balance, column["productive"][:-1], -stay)
        for step, (gained, hired) in zip(team.increments, self._ramps(), strict=True):
            if step:
                rows.put(gained, hired, -step)
        self._payroll = payroll = rows.block(count, 0.0, 0.0)
        rows.put(payroll, column["payroll"])
        rows.put(payroll, column["hires"], -1.0)
        rows.put(payroll[1:], column["payroll"][:-1], -stay)
        rows.put(payroll[:1], column["productive"][:1], -1.0)
        cap = rows.block(count, -INFINITY, 0.0)
        rows.put(cap, column["overtime"])
        rows.put(cap, column["productive"], -team.overtime_share_max)

    def _ramps(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Rows of the balance and hires of every step of the ramp, paired."""
        team, count = self.team, self.team.num_weeks
        for j in range(len(team.increments)):
            lag = team.training_weeks + j
            first = max(lag, 1)
            hired = self._column["hires"][first - lag : max(count - lag, 0)]
            yield self._balance[first - 1 :], hired

    @cached_property
    def _stay_entries(self) -> NDArray[np.int64]:
        """Entries of the matrix that say who stays another week."""
        people, paid = self._column["productive"][:-1], self._column["payroll"][:-1]
        return self._entries(
            np.concatenate([self._balance, self._payroll[1:]]), np.concatenate([people, paid])
        )

    @cached_property
    def _ramp_entries(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Entries of the matrix the ramp is in, and the step of each; empty steps have none."""
        cells = [
            (gained, hired, np.full(len(hired), number))
            for number, (step, (gained, hired)) in enumerate(
                zip(self.team.increments, self._ramps(), strict=True)
            )
            if step
        ]
        if not cells:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        rows, columns, steps = (np.concatenate(part) for part in zip(*cells, strict=True))
        return self._entries(rows, columns), steps

    def _entries(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers of the entries at these rows and columns."""
        matrix, width = self._matrix, len(self._matrix.cost)
        row = np.repeat(np.arange(len(matrix.row_lower)), np.diff(matrix.row_start))
        place = row * width + matrix.index
        order = np.argsort(place)
        return np.asarray(order[np.searchsorted(place, rows * width + columns, sorter=order)])

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

    def _backlog_slope(self, duals: Array) -> Array:
        """Transpose of `_backlog_limit`, over the length of the week, of the last solve.

        Work held back is off one week and on the next, and costs nothing itself: its reduced cost
        is what the duals of `workload` differ by. To read it would take as long as the rest.
        """
        free = np.minimum(np.append(duals[1:], 0.0) - duals, 0.0)
        slope = np.zeros_like(free)
        free[-1] = 0.0
        for j, share in enumerate(self.team.held_back[: len(free)]):
            slope[: len(free) - j] += share * free[j:]
        return slope
