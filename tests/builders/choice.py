"""Futures of a service whose bills and costs are known by formula, and studies of small plans."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from pricing.choice.lot import Lot, ReferencePrices
from pricing.choice.reference_prices import discount_of
from pricing.choice.report import ChoiceRequest, ChoiceStudy
from pricing.choice_study import study_of_futures
from pricing.cost import plan_cost
from pricing.engagement import Engagement
from pricing.offers import orders_by_month
from pricing.risk.months import MonthsInProportion
from pricing.risk.outcomes import Outcomes
from tests.builders.explained import small_plan
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

MU, SIGMA = -0.02, 0.25
FEW = 2_000


def factor(sd: float, draws: int, stream: int, mu: float | None = None) -> np.ndarray:
    """Lognormal factor whose log has exactly the moments asked for; of mean 1 without `mu`."""
    score = np.random.default_rng((11, stream)).standard_normal(draws)
    score = (score - score.mean()) / score.std()
    return np.exp((-(sd**2) / 2 if mu is None else mu) + sd * score)


def stylised_outcomes(
    draws: int = 20_000, *, volume_sd: float = 0.0, sigma: float = SIGMA, services: int = 1
) -> Outcomes:
    """Services at 0.2 hours a unit, cost 7.5 an hour under both offers: the model's own figures.

    A team's FTE-month is an hour; complexity is that of each service, the factor that of the first.
    """
    names = tuple("abcdef"[:services])
    volume = factor(volume_sd, draws, 99) if volume_sd else np.ones(draws)
    complexity = np.stack([factor(sigma, draws, k, mu=MU) for k in range(services)], axis=1)
    hours = 0.2 * complexity * volume[:, None]
    return Outcomes(
        teams=tuple(f"{name} @ Manila" for name in names),
        services=names,
        factors={"volume": volume, "complexity": complexity[:, 0]},
        ordered=hours,
        units=np.repeat(volume[:, None], services, axis=1),
        cost_input=7.5 * hours,
        cost_output=7.5 * hours,
    )


def prices_of(outcomes: Outcomes, rate: float = 10.0, unit_price: float = 2.0) -> ReferencePrices:
    """The same prices for all teams and services."""
    return ReferencePrices(
        fte_month=dict.fromkeys(outcomes.teams, rate),
        unit=dict.fromkeys(outcomes.services, unit_price),
        service_of={team: team.split(" @ ")[0] for team in outcomes.teams},
    )


def lot_of_bills(
    hourly: tuple[float, ...],
    by_unit: tuple[float, ...],
    cost: tuple[float, ...],
    cost_output: tuple[float, ...] | None = None,
) -> Lot:
    """A lot with a future per figure, to be followed by hand."""
    other = cost if cost_output is None else cost_output
    return Lot("a", ("a",), *(np.array(x, dtype=float) for x in (hourly, by_unit, cost, other)))


@dataclass(frozen=True)
class MadeUpFutures:
    """Volume, complexity and a cost half of which is there in any case.

    Wages are drawn where they have a spread; discounted cost is that of money spent evenly.
    """

    document: Engagement
    wages_sd: float = 0.0

    def outcomes(self, draws: int, seed: int) -> Outcomes:
        plan = small_plan()
        orders = orders_by_month(plan, self.document.commercial.fte_step)
        months = np.array([float(sum(orders[team.name])) for team in plan.teams])
        units = np.array([sum(item.units_by_month) for item in plan.volumes])
        volume, complexity = factor(0.1, FEW, seed + 1), factor(0.2, FEW, seed + 2)
        work = (volume * complexity)[:, None]
        cost = np.array([60_000.0, 150_000.0])
        factors = {"volume": volume, "complexity": complexity}
        if self.wages_sd:
            factors["wage_inflation"] = factor(self.wages_sd, FEW, seed + 3)
            cost = cost * (0.6 + 0.4 * factors["wage_inflation"][:, None])
        cost_input, cost_output = cost * (0.6 + 0.4 * work), cost * (0.4 + 0.6 * work)
        discount = discount_of(self.document)
        worth = None if discount is None else float(np.mean(discount))
        return Outcomes(
            teams=tuple(team.name for team in plan.teams),
            services=tuple(item.service for item in plan.volumes),
            factors=factors,
            ordered=months * work,
            units=units * volume[:, None],
            cost_input=cost_input,
            cost_output=cost_output,
            present_input=None if worth is None else cost_input * worth,
            present_output=None if worth is None else cost_output * worth,
            months=MonthsInProportion(
                np.array([item.units_by_month for item in plan.volumes]).T,
                np.array([[float(fte) for fte in orders[team.name]] for team in plan.teams]).T,
                volume,
                np.repeat(work, len(plan.teams), axis=1),
            ),
        )


def two_service_study(
    changes: dict[str, Any] | None = None, *, draws: int = 1_000, **asked: Any
) -> ChoiceStudy:
    """Study of two services planned by hand, bills and costs along work; nothing is solved.

    Complexity varies by a quarter, volume by a tenth; half of the cost is there in any case.
    """
    document = engagement(changes, services=[DEFERRABLE, LIVE], term_months=18)
    years = (
        year_quantities(1, payroll_weeks=210.5, seats=5, started_hires=2.5),
        year_quantities(2, payroll_weeks=104.25, seats=5, started_hires=1.25),
    )
    needed = {"claims": 3.0, "helpdesk": 7.0}
    plan = staffing_plan(
        tuple(team_plan(name, "Manila", years, (fte,) * 18) for name, fte in needed.items()),
        {"claims": (5000.25,) * 18, "helpdesk": (4100.5,) * 18},
    )
    lines = plan_cost(document, terms_of(document), plan)
    volume, complexity = factor(0.1, draws, 1), factor(0.25, draws, 2)
    work = volume * complexity
    orders = orders_by_month(plan, document.commercial.fte_step)
    months = np.array([float(sum(orders[team.name])) for team in plan.teams])
    units = np.array([sum(item.units_by_month) for item in plan.volumes])
    cost = np.array(
        [float(sum(x.amount for x in lines if x.team == team.name)) for team in plan.teams]
    )
    outcomes = Outcomes(
        teams=tuple(team.name for team in plan.teams),
        services=("claims", "helpdesk"),
        factors={
            "volume": volume,
            "complexity": complexity,
            "wage_inflation": factor(0.02, draws, 3),
        },
        ordered=months * work[:, None],
        units=units * volume[:, None],
        cost_input=cost * (0.5 + 0.5 * work[:, None]),
        cost_output=cost * (0.5 + 0.5 * work[:, None]),
        months=MonthsInProportion(
            np.array([item.units_by_month for item in plan.volumes]).T,
            np.array([[float(fte) for fte in orders[team.name]] for team in plan.teams]).T,
            volume,
            np.stack([work, work], axis=1),
        ),
    )
    request = ChoiceRequest(draws=draws, **asked)
    return study_of_futures(document, plan, lines, outcomes, request)


@cache
def _json(names: tuple[tuple[str, Any], ...]) -> str:
    return two_service_study(**{name: json.loads(value) for name, value in names}).model_dump_json()


def study_json(**asked: Any) -> dict[str, Any]:
    """The same study as JSON, a fresh copy."""
    key = tuple(sorted((name, json.dumps(value)) for name, value in asked.items()))
    found: dict[str, Any] = json.loads(_json(key))
    return found
