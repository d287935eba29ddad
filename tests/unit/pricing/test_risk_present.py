"""Cost of a future as it is worth at the start: the plan exactly, a future by its years."""

from dataclasses import replace

import numpy as np
import pytest

from pricing.cost import plan_cost
from pricing.risk.present import PresentWorth, present_worth
from pricing.risk.rates import team_rates
from pricing.term.price_periods import price_periods
from tests.builders.explained import small_plan
from tests.builders.pricing import DEFERRABLE, LIVE, engagement, terms_of
from tests.builders.risk import small_risk

DISCOUNTED = {
    "commercial.discounting": "capital_cost",
    "commercial.transition": {
        "cost": 30_000,
        "amortisation_months": 15,
        "interest_per_year": 0.12,
    },
    "sites[0].wage_growth_per_year": 0.07,
}


def test_the_plan_s_money_is_worth_what_its_prices_recover() -> None:
    document = engagement(DISCOUNTED, services=[DEFERRABLE, LIVE], term_months=18)
    terms, plan = terms_of(document), small_plan()
    worth = present_worth(document, terms, plan)
    assert worth is not None
    rates = team_rates(document, terms, plan)
    periods = price_periods(document, terms, plan, plan_cost(document, terms, plan))
    for at, team in enumerate(plan.teams):
        pay, support, other = rates[team.name].planned
        own = worth.by_part[at]
        found = other.sum() * own[0] + (pay + support) @ own[1:3]
        assert found == pytest.approx(float(periods.cost[team.name][0]), rel=1e-9)
    assert worth.by_part[:, 3:] == pytest.approx(worth.by_part[:, 1:3])


def test_nothing_is_discounted_unless_asked_for() -> None:
    document = engagement(services=[DEFERRABLE, LIVE], term_months=18)
    assert present_worth(document, terms_of(document), small_plan()) is None
    assert small_risk().solved.outcomes({}, 1).present_input is None


def test_a_future_is_discounted_by_the_years_its_cost_falls_in() -> None:
    """Halving what the second year is worth takes off half of what it costs, at its wages."""
    solved = small_risk().solved
    by_part = np.array([[1.0, 1.0, 0.5, 1.0, 0.5]])
    dearer = {"wage_inflation": np.array([1.1])}
    found = replace(solved, present=PresentWorth(by_part)).outcomes(dearer, 1)
    second = 1.1 * (solved.planned[2] + solved.planned[4])
    for cost, present in (
        (found.cost_input, found.present_input),
        (found.cost_output, found.present_output),
    ):
        assert present is not None
        assert cost.sum() - present.sum() == pytest.approx(second / 2)
    assert found.every(1).present_output == pytest.approx(found.present_output)
