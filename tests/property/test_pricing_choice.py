"""Laws of a menu from which the client chooses."""

from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.choice.beliefs import Knowledge, beliefs
from pricing.choice.bundle import bundle_revenue
from pricing.choice.decision import after_choice, perceive
from pricing.choice.lot import lots_of
from pricing.choice.menu import Menu
from pricing.choice.price_pairs import Target, unit_price_holding
from tests.builders.choice import prices_of, stylised_outcomes

SETTINGS = settings(max_examples=60, deadline=None)
prices = st.floats(0.01, 1000)
shares = st.floats(0, 1)


@st.composite
def menus(draw: st.DrawFn) -> Menu:
    """Menus whose unit price is anywhere near the bill by the hour."""
    mu, sigma = draw(st.floats(-1, 1)), draw(st.floats(0, 1.5))
    menu = Menu(draw(prices), 0.0, draw(st.floats(0.001, 10)), mu, sigma, draw(shares))
    return replace(menu, unit_price=menu.hourly_bill * draw(st.floats(0.2, 5)))


@SETTINGS
@given(menus(), shares, st.floats(0, 50))
def test_more_knowledge_of_the_client_never_raises_the_margin(
    menu: Menu, knowledge: float, cost: float
) -> None:
    less, more = sorted((menu.knowledge, knowledge))
    before, after = replace(menu, knowledge=less), replace(menu, knowledge=more)
    assert after.revenue <= before.revenue * (1 + 1e-12)
    assert after.margin(cost) <= before.margin(cost) + 1e-9 * (1 + abs(before.margin(cost)))


@SETTINGS
@given(menus())
def test_the_choice_never_costs_the_client_and_without_knowledge_is_worth_nothing(
    menu: Menu,
) -> None:
    cheaper = min(menu.hourly_bill, menu.unit_price)
    assert 0 <= menu.revenue <= cheaper * (1 + 1e-12)
    assert replace(menu, knowledge=0.0).option_value == 0
    assert replace(menu, knowledge=0.0).revenue == cheaper


@SETTINGS
@given(menus(), st.floats(1, 3), st.floats(1, 3))
def test_dearer_offers_never_bring_less(menu: Menu, one: float, other: float) -> None:
    dearer = replace(menu, rate=menu.rate * one, unit_price=menu.unit_price * other)
    assert dearer.revenue >= menu.revenue * (1 - 1e-12)
    both = replace(menu, rate=menu.rate * one, unit_price=menu.unit_price * one)
    assert abs(both.revenue - one * menu.revenue) <= 1e-9 * both.revenue


@SETTINGS
@given(menus(), st.floats(0.5, 40), st.floats(0, 0.6), st.floats(0.8, 2))
def test_the_unit_price_that_holds_a_margin_holds_it_and_no_lower_one_does(
    menu: Menu, cost: float, margin: float, level: float
) -> None:
    target = Target(cost, margin)
    offered = replace(menu, rate=target.stand_alone_rate * level)
    price = unit_price_holding(offered, target)
    if price == inf:
        without_units = replace(offered, unit_price=inf)
        slack = 1e-9 if offered.signal_sd else 0.0
        assert level <= 1 + 1e-9 or without_units.margin(cost) <= margin + slack + 1e-6
        return
    assert abs(replace(offered, unit_price=price).margin(cost) - margin) < 1e-7
    assert replace(offered, unit_price=price * 0.999).margin(cost) <= margin + 1e-12


@settings(max_examples=15, deadline=None)
@given(menus(), menus(), st.floats(0, 10), st.floats(0, 10))
def test_one_choice_for_both_services_never_brings_less_than_two(
    first: Menu, second: Menu, some: float, others: float
) -> None:
    apart = some * first.revenue + others * second.revenue
    hours = some * first.hourly_bill + others * second.hourly_bill
    together = bundle_revenue(first, second, (some, others))
    assert apart <= together + 1e-6 * (1 + apart)
    assert together <= min(hours, some * first.unit_price + others * second.unit_price) * (1 + 1e-6)


@settings(max_examples=15, deadline=None)
@given(st.floats(0.05, 0.6), st.floats(0.7, 1.4), st.booleans())
def test_on_draws_more_knowledge_never_raises_the_margin_at_equal_cost(
    sigma: float, units: float, together: bool
) -> None:
    outcomes = stylised_outcomes(4_000, volume_sd=0.1, sigma=sigma, services=1 + together)
    lot = lots_of(outcomes, prices_of(outcomes), "bundle")[0]
    margins = [
        after_choice(
            lot, perceive(lot, beliefs(outcomes.factors, Knowledge(0.0, known))), 1.0, units, 1.0
        ).margin
        for known in (0.0, 0.5, 1.0)
    ]
    noise = 2 * sigma / 4_000**0.5
    assert margins[1] <= margins[0] + noise
    assert margins[2] <= margins[1] + noise
    cheaper = min(lot.input_bill.mean(), units * lot.output_bill.mean())
    assert margins[0] == pytest.approx(1 - lot.input_cost.mean() / cheaper, abs=1e-9)
