"""Cost of many futures under a fixed plan of hiring, without a solve for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.check.value import check_value
from staffing.errors import PlanCheckError
from staffing.hiring.value_report import CertifiedFutures, CertifiedStatistic
from staffing.optimize.workforce.value.certify import Branch, CertifiedValue, certify
from staffing.optimize.workforce.value.recourse_cost import RecourseCost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from staffing.hiring.factors import Array, FactorSpace
    from staffing.hiring.two_stage import TwoStageProblem

MAX_SOLVES = 6_000


def cost_of_futures(
    problem: TwoStageProblem,
    plan_cost: float,
    branches: Sequence[tuple[FactorSpace, Array]],
    max_solves: int = MAX_SOLVES,
) -> tuple[CertifiedFutures, CertifiedValue]:
    """Price futures under the plan whose staff the factor spaces hold.

    Parameters
    ----------
    problem : TwoStageProblem
        Whose pools, costs and limits hold; its scenarios are not read.
    plan_cost : float
        Hiring and wages, the same in every future.
    branches : sequence of (FactorSpace, ndarray of shape (draws, factors))
        One, or one for each value of what is not convex, its share of all draws its probability.
    max_solves : int
        Solves after which the search ends; what is not certified then says so.

    Raises
    ------
    BadInputError
        When demand or staff falls below 0 in the box of the draws.
    PlanCheckError
        When the bounds fail their independent check: a defect.
    """
    for space, draws in branches:
        space.require_box(draws.min(axis=0), draws.max(axis=0))
    value = certify(
        [Branch(RecourseCost(problem, space), draws) for space, draws in branches], max_solves
    )
    violations = tuple(broken for one in value.evidence for broken in check_value(one))
    if violations:
        raise PlanCheckError(violations)
    statistics = tuple(
        CertifiedStatistic(
            name=one.name,
            lower=plan_cost + one.lower,
            upper=plan_cost + one.upper,
            standard_error=one.standard_error,
            certified=one.certified,
        )
        for one in value.statistics
    )
    report = CertifiedFutures(
        futures=sum(len(draws) for _, draws in branches),
        solves=value.num_solves,
        plan_cost=plan_cost,
        certified=value.certified,
        statistics=statistics,
    )
    return report, value
