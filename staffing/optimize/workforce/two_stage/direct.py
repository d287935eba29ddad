"""Hiring and the recourse of every scenario as one linear program (the extensive form).

For small cases, for the cluster means a decomposition starts from, and, with one scenario, for
what perfect information would be worth. Variables: hires ``h`` by slot, hired staff ``E``, one
block of recourse per scenario, ``eta`` and the excess ``y_s`` over it.

    min  c h + (1 - lambda) sum p_s cost_s + lambda (eta + sum p_s y_s / (1 - beta))

``headcount_balance``  E_t = existing_t + sum of the effect of hires so far
``tail_excess``        y_s >= cost_s - eta
and the rows of ``recourse.py``, with ``overtime_cap`` as a row: E is not fixed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Rows
from staffing.optimize.warm import WarmProgram
from staffing.optimize.workforce.two_stage.recourse import RecourseModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.two_stage import Array, TwoStageProblem


@dataclass(frozen=True)
class DirectAnswer:
    """The optimum: its objective in the sense of the problem, and hires, shape (slots, pools)."""

    objective: float
    hires: Array


def num_columns(problem: TwoStageProblem) -> int:
    """Columns of the program: what decides whether it is solved directly."""
    cells = problem.num_weeks * problem.num_pools
    return 2 * cells + problem.num_pools + 1 + problem.num_scenarios * (4 * cells + 1)


class DirectProgram:
    """The extensive form, loaded once; :meth:`move` puts other demand in its place.

    Parameters
    ----------
    problem : TwoStageProblem
        Pools, scenarios and what risk is worth.
    """

    def __init__(self, problem: TwoStageProblem) -> None:
        self._problem = problem
        self._recourse = RecourseModel(problem)
        size, hires = self._recourse.num_columns, problem.hires_max
        self._staff = hires.size + np.arange(self._recourse.size).reshape(self._recourse.shape)
        self._first = hires.size + self._recourse.size
        self._eta = self._first + problem.num_scenarios * size
        self._excess = self._eta + 1 + np.arange(problem.num_scenarios)
        rows = Rows()
        self._headcount_balance(rows)
        workload = [self._scenario(rows, s) for s in range(problem.num_scenarios)]
        self._workload = np.stack(workload).ravel().astype(np.int32)
        offsets = self._first + size * np.arange(problem.num_scenarios)[:, None, None]
        backlog = self._recourse.columns["backlog"] + offsets
        self._backlog = backlog.ravel().astype(np.int32)
        cost = self._cost()
        upper = np.full(len(cost), INFINITY)
        upper[: hires.size] = hires.ravel()
        upper[self._first : self._eta] = np.tile(self._fixed_upper(), problem.num_scenarios)
        self._program = WarmProgram(rows.matrix(cost, np.zeros_like(cost), upper))
        self.move(problem.demand)

    def move(self, demand: Array) -> None:
        """Put demand of the same shape, (scenarios, weeks, pools), in place."""
        load = self._problem.week_weights[:, None] * demand
        no_limit = np.full(load.size, INFINITY)
        self._program.bound_rows(self._workload, load.ravel(), no_limit)
        limits = np.stack([self._recourse.backlog_limit(path) for path in demand]).ravel()
        self._program.bound_columns(self._backlog, np.zeros_like(limits), limits)

    def solve(self) -> DirectAnswer:
        """Solve from the last basis; the optimum is proven.

        Raises
        ------
        SolverStoppedError
            When the solver proves no optimum.
        """
        objective = self._program.solve() + self._problem.existing_wages
        hires = self._program.values[: self._problem.hires_max.size]
        clipped = np.clip(hires.reshape(self._problem.hires_max.shape), 0.0, None)
        return DirectAnswer(objective, clipped)

    def _fixed_upper(self) -> Array:
        upper = self._recourse.upper()
        upper[self._recourse.columns["overtime"].ravel()] = INFINITY
        return upper

    def _headcount_balance(self, rows: Rows) -> None:
        problem = self._problem
        balance = rows.block(self._staff.size, problem.existing.ravel(), problem.existing.ravel())
        rows.put(balance, self._staff.ravel())
        slot, week, pool = np.nonzero(problem.effect)
        shape = problem.num_pools
        rows.put(
            balance[week * shape + pool], slot * shape + pool, -problem.effect[slot, week, pool]
        )

    def _scenario(self, rows: Rows, s: int) -> NDArray[np.int64]:
        problem, recourse = self._problem, self._recourse
        offset = self._first + s * recourse.num_columns
        workload = recourse.write(rows, offset)
        rows.put(workload, self._staff, problem.week_weights[:, None])
        cap = rows.block(recourse.size, -INFINITY, 0.0).reshape(recourse.shape)
        rows.put(cap, recourse.columns["overtime"] + offset)
        rows.put(cap, self._staff, -problem.per_pool("overtime_share_max"))
        if problem.risk_aversion > 0:
            excess = rows.block(1, 0.0, INFINITY)
            rows.put(excess, [self._eta, self._excess[s]])
            rows.put(excess, offset + np.arange(recourse.num_columns), -recourse.cost)
        return workload

    def _cost(self) -> Array:
        problem, risk = self._problem, self._problem.risk_aversion
        scenarios = np.outer((1 - risk) * problem.probability, self._recourse.cost)
        excess = risk * problem.probability / (1 - problem.tail)
        return np.concatenate(
            [
                problem.hiring_cost.ravel(),
                np.zeros(self._recourse.size),
                scenarios.ravel(),
                [risk],
                excess,
            ]
        )
