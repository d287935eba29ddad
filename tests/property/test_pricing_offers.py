"""Laws of price that hold for every plan, tried on plans that need no solver."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.cost import plan_cost, rounded_lines
from pricing.money import decimal_of
from pricing.offers import Prices, build_offers, ordered_fte
from pricing.quote import Offers
from staffing.plan import StaffingPlan
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

CENT = Decimal("0.01")
quantities = st.floats(1, 500).map(lambda x: round(x, 6))
small = st.floats(0, 20).map(lambda x: round(x, 6))


@st.composite
def plans(draw: st.DrawFn) -> StaffingPlan:
    """Plan of two teams over 3, 12 or 18 months."""
    months = draw(st.sampled_from([3, 12, 18]))
    teams = []
    for service in ("claims", "helpdesk"):
        years = tuple(
            year_quantities(
                year + 1,
                payroll_weeks=100 + draw(quantities),
                trainee_weeks=draw(small),
                idle_weeks=draw(small),
                overtime_weeks=draw(small),
                surge_weeks=draw(small),
                started_hires=draw(small),
                seats=draw(small),
                scheduled_hours_by_class={"night": draw(quantities)},
            )
            for year in range(-(-months // 12))
        )
        need = tuple(draw(st.lists(small, min_size=3, max_size=3)))
        needed = tuple(0.5 + need[month % 3] for month in range(months))
        teams.append(team_plan(service, "Manila", years, needed))
    units = {
        service: tuple(1000 + 10 * draw(quantities) for _ in range(months))
        for service in ("claims", "helpdesk")
    }
    return staffing_plan(tuple(teams), units)


def offers_of(
    plan: StaffingPlan, changes: dict[str, Any] | None = None, **top: Any
) -> tuple[Offers, Prices, dict[str, tuple[Decimal, ...]]]:
    """Offers, unrounded parities and cost lines of a plan."""
    months = len(plan.volumes[0].units_by_month)
    document = engagement(
        changes, **({"services": [DEFERRABLE, LIVE], "term_months": months} | top)
    )
    terms = terms_of(document)
    lines = plan_cost(document, terms, plan)
    offers, prices = build_offers(document, terms, plan, lines)
    return offers, prices, rounded_lines(lines, document.currency)


def every_price(offers: Offers) -> list[Decimal]:
    """All prices of both offers, in one order."""
    both = (*offers.input_based.prices, *offers.output_based.prices)
    return [price.price.amount for price in both]


@given(plans(), st.integers(0, 60).map(lambda x: Decimal(x) / 100))
def test_the_margin_recomputed_from_the_bills_is_the_target(
    plan: StaffingPlan, margin: Decimal
) -> None:
    """Off by no more than the rounding of price, of invoice lines and of cost lines."""
    offers, _, lines = offers_of(plan, {"commercial.target_margin": margin})
    term, orders = offers.input_based.term, offers.input_based.ordered_fte_by_month
    people = sum(Decimal(fte) for months in orders.values() for fte in months)
    num_months = len(plan.volumes[0].units_by_month)
    num_years = len(offers.input_based.per_year)
    roundings = people + 2 * num_months + len(lines) * num_years + 2 * num_years
    off = abs(term.profit.amount - margin * term.expected_bill.amount)
    assert off <= CENT / 2 * roundings


@given(plans())
def test_units_at_parity_times_one_plus_premium_bring_the_input_revenue_with_premium(
    plan: StaffingPlan,
) -> None:
    _, prices, lines = offers_of(plan)
    units = {v.service: sum(map(decimal_of, v.units_by_month), Decimal(0)) for v in plan.volumes}
    at_parity = sum(prices.parity[service] * units[service] for service in units)
    at_price = sum(prices.unit[service] * units[service] for service in units)
    allowed = Decimal("0.00005") * sum(units.values()) + CENT
    assert abs(at_price - Decimal("1.06") * at_parity) <= allowed
    cost = sum(sum(years) for years in lines.values())
    room = 1 - Decimal("0.18") - Decimal("0.08") - Decimal("0.1") * 60 / 365
    assert abs(at_parity * room - cost) <= CENT / 2 * len(lines) * 2


@given(plans())
def test_years_sum_to_the_term_and_costs_to_their_parts_exactly(plan: StaffingPlan) -> None:
    offers, _, lines = offers_of(plan)
    for offer in (offers.input_based, offers.output_based):
        for field in ("expected_bill", "delivery_cost", "sga", "financing", "cost", "profit"):
            years = [getattr(year, field).amount for year in offer.per_year]
            assert sum(years) == getattr(offer.term, field).amount
        term = offer.term
        assert term.cost.amount == (
            term.delivery_cost.amount + term.sga.amount + term.financing.amount
        )
        assert term.profit.amount == term.expected_bill.amount - term.cost.amount
        assert term.delivery_cost.amount == sum(sum(years) for years in lines.values())


@given(plans(), st.integers(0, 18).map(lambda x: Decimal(x) / 100))
def test_no_floor_is_above_its_price(plan: StaffingPlan, floor: Decimal) -> None:
    offers, _, _ = offers_of(plan, {"commercial.floor_margin": floor})
    for price in (*offers.input_based.prices, *offers.output_based.prices):
        assert 0 < price.floor_price.amount <= price.price.amount


@pytest.mark.parametrize(
    ("field", "levels"),
    [
        ("commercial.target_margin", (0.1, 0.11, 0.3)),
        ("commercial.sga", (0, 0.05, 0.2)),
        ("commercial.dso_days", (0, 30, 90)),
        ("commercial.capital_cost", (0, 0.05, 0.2)),
        ("commercial.contingency", (0, 0.03, 0.2)),
        ("sites[0].on_cost", (0, 0.2, 0.6)),
        ("sites[0].variable_pay", (0, 0.1, 0.3)),
        ("sites[0].seat_cost_per_year", (0, 500, 5000)),
        ("attrition.recruiting_cost", (0, 100, 1000)),
        ("sites[0].wages.claims_processor.value", (3, 4, 9)),
    ],
)
@settings(max_examples=20)
@given(plan=plans())
def test_a_dearer_term_never_lowers_a_price(
    field: str, levels: tuple[float, ...], plan: StaffingPlan
) -> None:
    prices = [every_price(offers_of(plan, {field: level})[0]) for level in levels]
    for cheaper, dearer in pairwise(prices):
        assert all(low <= high for low, high in zip(cheaper, dearer, strict=True))


@given(plans())
def test_yen_are_whole(plan: StaffingPlan) -> None:
    wages = {"sites[0].wages.claims_processor.value": 600}
    offers, _, lines = offers_of(plan, wages, currency="JPY")
    for offer in (offers.input_based, offers.output_based):
        for period in (*offer.per_year, offer.term):
            for field in ("expected_bill", "delivery_cost", "sga", "financing", "cost", "profit"):
                amount = getattr(period, field).amount
                assert amount == amount.to_integral_value()
    assert all(x == x.to_integral_value() for years in lines.values() for x in years)


@given(
    st.decimals(0, 5000, places=6),
    st.sampled_from(["0.05", "0.1", "0.25", "0.5", "1", "7", "100"]).map(Decimal),
)
def test_an_order_covers_the_need_with_the_fewest_whole_steps(
    needed: Decimal, step: Decimal
) -> None:
    ordered = ordered_fte(needed, step)
    assert ordered % step == 0
    assert ordered >= needed - step / 1_000_000
    assert ordered == 0 or ordered - step < needed - step / 1_000_000
