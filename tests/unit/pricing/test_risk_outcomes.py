"""The table of futures: its shapes, its bills, and the simplest one worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

import numpy as np
import pytest

from pricing.comparison import team_curves
from pricing.cost import plan_cost
from pricing.offers import build_offers
from pricing.prices import Parity, Prices
from pricing.risk.billed import parity_bill, quoted_bills
from pricing.risk.months import MonthsInProportion
from pricing.risk.outcomes import Outcomes, outcomes_along_curves
from staffing.errors import BadInputError
from tests.builders.pricing import (
    curve_points,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

D = Decimal


def small_outcomes() -> tuple[Outcomes, float, float]:
    """Three futures of one team, the cost as planned and its transition."""
    document = engagement({"commercial.transition": {"cost": 1200, "amortisation_months": 3}})
    terms = terms_of(document)
    curve = curve_points((0.0, 1.0, 2.0), (80.0, 160.0, 400.0))
    team = team_plan("claims", "Manila", (year_quantities(payroll_weeks=52.0),), (4.0,) * 3, curve)
    plan = staffing_plan((team,), {"claims": (1000.0,) * 3})
    lines = plan_cost(document, terms, plan)
    _, prices = build_offers(document, terms, plan, lines)
    outcomes = outcomes_along_curves(
        plan,
        team_curves(plan, prices),
        lines,
        volume=np.array([1.0, 2.0, 1.0]),
        complexity=np.array([1.0, 1.0, 0.5]),
    )
    total = float(sum(line.amount for line in lines))
    fixed = float(sum(line.amount for line in lines if line.name == "transition"))
    return outcomes, total, fixed


def test_people_follow_work_and_units_follow_volume() -> None:
    outcomes, _, _ = small_outcomes()
    assert outcomes.draws == 3
    assert outcomes.ordered[:, 0] == pytest.approx([12, 30, 9])
    assert outcomes.units[:, 0] == pytest.approx([3000, 6000, 3000])


def test_all_cost_but_the_transition_follows_people() -> None:
    outcomes, total, fixed = small_outcomes()
    moving = total - fixed
    assert fixed > 0
    assert outcomes.cost_input[:, 0] == pytest.approx(
        [total, fixed + 2.5 * moving, fixed + 0.75 * moving]
    )
    assert np.array_equal(outcomes.cost_output, outcomes.cost_input)


def test_bills_are_quantities_at_prices() -> None:
    outcomes, _, _ = small_outcomes()
    assert outcomes.input_bill({"claims @ Manila": 100.0}) == pytest.approx([1200, 3000, 900])
    assert outcomes.output_bill({"claims": 0.5}) == pytest.approx([1500, 3000, 1500])


@pytest.mark.parametrize("name", ["units", "cost_input", "cost_output"])
def test_a_table_of_another_shape_is_refused_by_name(name: str) -> None:
    outcomes, _, _ = small_outcomes()
    with pytest.raises(BadInputError, match=rf"outcomes\.{name}"):
        replace(outcomes, **cast("dict[str, Any]", {name: np.ones((2, 1))}))


def test_a_factor_needs_a_value_in_every_future() -> None:
    outcomes, _, _ = small_outcomes()
    with pytest.raises(BadInputError, match=r"outcomes\.factors\.attrition"):
        replace(outcomes, factors={"attrition": np.ones(2)})


def test_each_month_is_billed_at_the_price_of_its_year_where_prices_differ() -> None:
    """Twice and four times the plan's volume, ten FTE a month: 12 months at 100, then 6 at 50."""
    months = MonthsInProportion(
        planned_units=np.full((18, 1), 5.0),
        planned_orders=np.full((18, 1), 10.0),
        volume=np.array([2.0, 4.0]),
        people=np.array([[1.0], [3.0]]),
    )
    outcomes = Outcomes(
        teams=("claims @ Manila",),
        services=("claims",),
        factors={"volume": months.volume},
        ordered=months.people * 180,
        units=months.volume[:, None] * 90,
        cost_input=np.ones((2, 1)),
        cost_output=np.ones((2, 1)),
        months=months,
    )
    prices = Prices(
        {"claims @ Manila": D(80)},
        {"claims": D(2)},
        {"claims": D(2)},
        {"claims @ Manila": (D(100), D(50))},
        {"claims": (D(1), D(4))},
        by_year=Parity({"claims @ Manila": (D(90), D(45))}, {"claims": (D(2), D(3))}, True),
    )
    found = quoted_bills(outcomes, prices, 18)
    assert found["input_based"] == pytest.approx([15_000, 45_000])
    assert found["output_based"] == pytest.approx([2 * 180, 4 * 180])
    assert parity_bill(outcomes, prices, 18) == pytest.approx([2 * 210, 4 * 210])
    flat = Prices({"claims @ Manila": D(80)}, {"claims": D(2)}, {"claims": D(3)})
    assert quoted_bills(outcomes, flat, 18)["input_based"] == pytest.approx([14_400, 43_200])
    assert parity_bill(outcomes, flat, 18) == pytest.approx([540, 1080])
