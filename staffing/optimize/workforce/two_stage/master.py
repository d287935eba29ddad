"""Hires chosen under what is known so far of the cost of each scenario.

Columns: hires ``h``, recourse cost ``theta_s``, ``eta`` and the excess ``y_s`` over it, all 0 or
more. The program knows the recourse cost by cuts only, so its optimum is a lower bound.

``recourse_cut``  theta_s >= Q_s(h') + slope_s (h - h'), one per scenario and evaluated plan
                  (multi-cut: Birge and Louveaux 1988)
``tail_excess``   y_s >= theta_s - eta
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Rows
from staffing.optimize.warm import WarmProgram

if TYPE_CHECKING:
    from staffing.hiring.two_stage import Array, TwoStageProblem
    from staffing.optimize.workforce.two_stage.evaluate import Evaluation


class Master:
    """The program of hires, with cuts added as plans are evaluated.

    Parameters
    ----------
    problem : TwoStageProblem
        What is asked for.
    """

    def __init__(self, problem: TwoStageProblem) -> None:
        self._problem = problem
        risk, scenarios = problem.risk_aversion, np.arange(problem.num_scenarios)
        num_hires = problem.hires_max.size
        self._theta = num_hires + scenarios
        eta = num_hires + len(scenarios)
        excess = eta + 1 + scenarios
        cost = np.concatenate(
            [
                problem.hiring_cost.ravel(),
                (1 - risk) * problem.probability,
                [risk],
                risk * problem.probability / (1 - problem.tail),
            ]
        )
        upper = np.full(len(cost), INFINITY)
        upper[:num_hires] = problem.hires_max.ravel()
        rows = Rows()
        tail_excess = rows.block(len(scenarios), 0.0, INFINITY)
        rows.put(tail_excess, excess)
        rows.put(tail_excess, eta)
        rows.put(tail_excess, self._theta, -1.0)
        self._program = WarmProgram(rows.matrix(cost, np.zeros_like(cost), upper))

    def add_cuts(self, point: Evaluation) -> None:
        """Teach the program the cost of every scenario around an evaluated plan."""
        slopes = point.slopes.reshape(len(self._theta), -1)
        at_zero = point.recourse_cost - slopes @ point.hires.ravel()
        hires = np.arange(slopes.shape[1], dtype=np.int32)
        columns = np.hstack([np.tile(hires, (len(slopes), 1)), self._theta[:, None]])
        values = np.hstack([-slopes, np.ones((len(slopes), 1))])
        self._program.add_rows(at_zero, columns.astype(np.int32), values)

    def solve(self) -> tuple[float, Array]:
        """Return a lower bound of the objective, and the hires it is reached at."""
        bound = self._program.solve() + self._problem.existing_wages
        shape = self._problem.hires_max.shape
        hires = self._program.values[: self._problem.hires_max.size].reshape(shape)
        return bound, np.clip(hires, 0.0, self._problem.hires_max)
