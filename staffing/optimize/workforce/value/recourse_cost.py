"""The recourse cost of a fixed plan as a function of factors, solved warm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.optimize.workforce.two_stage.recourse import Recourse

if TYPE_CHECKING:
    from staffing.hiring.factors import Array, FactorSpace
    from staffing.hiring.two_stage import TwoStageProblem


class RecourseCost:
    """Exact recourse cost and its slope at any point of a factor space.

    Parameters
    ----------
    problem : TwoStageProblem
        Whose pools, costs and limits hold; its scenarios are not read.
    space : FactorSpace
        Demand and staff in the factors.
    """

    def __init__(self, problem: TwoStageProblem, space: FactorSpace) -> None:
        self._recourse, self._space = Recourse(problem), space

    def __call__(self, point: Array) -> tuple[float, Array]:
        """Cost and slope at a point, shape (factors,); raises without a proven optimum."""
        demand, staff = self._space.at(point)
        answer = self._recourse.solve(demand, staff)
        return answer.cost, self._space.slope(answer.demand_slope, answer.staff_slope)
