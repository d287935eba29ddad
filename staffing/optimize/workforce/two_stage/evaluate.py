"""What a plan of hiring really costs: its recourse solved exactly in every scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.workforce.two_stage.recourse import PARTS, Recourse
from staffing.optimize.workforce.two_stage.risk import mean_risk

if TYPE_CHECKING:
    from staffing.hiring.two_stage import Array, TwoStageProblem


@dataclass(frozen=True)
class Evaluation:
    """One plan in every scenario.

    Parameters
    ----------
    hires : ndarray, shape (slots, pools)
        The plan: go-live team, then hires by week.
    plan_cost : float
        Hiring and wages, the same in every scenario.
    recourse_cost : ndarray, shape (scenarios,)
        Surge, overtime, backlog and shortfall.
    slopes : ndarray, shape (scenarios, slots, pools)
        Slope of the recourse cost in the hires.
    parts : dict of str to ndarray, shape (scenarios, weeks, pools)
        What is done in each scenario.
    objective : float
        Mean and risk of the cost, as the problem weighs them.
    """

    hires: Array
    plan_cost: float
    recourse_cost: Array
    slopes: Array
    parts: dict[str, Array]
    objective: float

    @property
    def cost(self) -> Array:
        """Cost of each scenario, hiring included, shape (scenarios,)."""
        return self.plan_cost + self.recourse_cost


def evaluate(problem: TwoStageProblem, recourse: Recourse, hires: Array) -> Evaluation:
    """Solve the recourse of every scenario for fixed hires, shape (slots, pools)."""
    staff = problem.staff(hires)
    answers = [recourse.solve(demand, staff) for demand in problem.demand]
    cost = np.array([answer.cost for answer in answers])
    slopes = np.stack([answer.staff_slope for answer in answers])
    plan_cost = problem.plan_cost(hires)
    risk = mean_risk(cost, problem.probability, problem.risk_aversion, problem.tail)
    return Evaluation(
        hires=hires,
        plan_cost=plan_cost,
        recourse_cost=cost,
        slopes=np.einsum("stk,itk->sik", slopes, problem.effect, optimize=True),
        parts={name: np.stack([answer.parts[name] for answer in answers]) for name in PARTS},
        objective=plan_cost + risk,
    )
