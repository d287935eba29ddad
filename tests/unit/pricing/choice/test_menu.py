"""A posted menu, by the check numbers of the model and by simulation."""

from dataclasses import replace
from decimal import Decimal
from math import inf, nan

import numpy as np
import pytest

from pricing.choice.bundle import bundle_revenue, bundle_saving
from pricing.choice.menu import Menu, revenue_of_types
from pricing.choice.price_pairs import (
    Target,
    equal_premium_pair,
    grossed_up,
    price_pairs,
    unit_price_holding,
)
from pricing.choice.winning import WinCurve, at_level, most_profitable, won
from pricing.offers import revenue_after_choice
from staffing.errors import BadInputError

MENU = Menu(rate=10, unit_price=2, hours_per_unit=0.2, mu=-0.02, sigma=0.25)
TARGET = Target(cost_per_hour=7.5, margin=0.20)
ALONE = replace(MENU, rate=9.375, unit_price=1.8962128)


def simulated(menu: Menu, draws: int = 400_000) -> tuple[float, float]:
    """Revenue per unit and its standard error, from draws of complexity and of the signal."""
    rng = np.random.default_rng(5)
    known, unknown = rng.standard_normal((2, draws))
    q = menu.knowledge
    log_k = menu.mu + menu.sigma * (q * known + np.sqrt(1 - q**2) * unknown)
    hourly = menu.rate * menu.hours_per_unit * np.exp(log_k)
    expected = menu.hourly_bill * np.exp(q * menu.sigma * known - (q * menu.sigma) ** 2 / 2)
    paid = np.where(expected <= menu.unit_price, hourly, menu.unit_price)
    return float(paid.mean()), float(paid.std() / np.sqrt(draws))


def test_the_check_numbers_of_revenue_after_choice() -> None:
    assert MENU.mean_complexity == pytest.approx(1.0113135, abs=5e-8)
    assert revenue_after_choice(10, 2, 0.2, -0.02, 0.25) == pytest.approx(1.8110337, abs=5e-8)
    assert revenue_after_choice(10, 2, 0.2, -0.02, 0.25, 0.6) == pytest.approx(1.8907292, abs=5e-8)


@pytest.mark.parametrize("knowledge", [1.0, 0.6, 0.25])
@pytest.mark.parametrize("unit_price", [1.2, 2.0, 3.5])
def test_simulated_clients_pay_what_the_formula_says(knowledge: float, unit_price: float) -> None:
    menu = replace(MENU, knowledge=knowledge, unit_price=unit_price)
    mean, error = simulated(menu)
    assert abs(menu.revenue - mean) < 4 * error + 1e-12


@pytest.mark.parametrize("without", [{"knowledge": 0.0}, {"sigma": 0.0}])
@pytest.mark.parametrize("unit_price", [1.5, 2.5])
def test_without_private_knowledge_the_cheaper_expected_bill_is_paid(
    without: dict[str, float], unit_price: float
) -> None:
    menu = replace(MENU, unit_price=unit_price, **without)
    assert menu.revenue == min(10 * 0.2 * menu.mean_complexity, unit_price)
    assert menu.option_value == 0
    assert menu.hourly_share == (1.0 if menu.hourly_bill <= unit_price else 0.0)


def test_stand_alone_prices_give_revenue_and_margin_away() -> None:
    assert TARGET.stand_alone_rate == 9.375
    assert TARGET.revenue(MENU) == pytest.approx(1.8962, abs=5e-5)
    assert ALONE.given_away == pytest.approx(0.0995, abs=5e-5)
    assert ALONE.margin(7.5) == pytest.approx(0.1116, abs=5e-5)


@pytest.mark.parametrize(("sigma", "given_away"), [(0.1, 0.040), (0.25, 0.099), (0.6, 0.236)])
def test_the_more_uncertain_the_work_the_more_is_given_away(
    sigma: float, given_away: float
) -> None:
    # To one decimal of per cent, as the model states them (9.9 and 9.95 are the same figure).
    menu = replace(MENU, sigma=sigma, mu=-(sigma**2) / 2)
    alone = replace(menu, rate=9.375, unit_price=TARGET.revenue(menu))
    assert alone.given_away == pytest.approx(given_away, abs=6e-4)


@pytest.mark.parametrize(
    ("premium", "rate", "unit_price", "on_parity"),
    [(0.04, 9.75, 2.3526, 0.241), (0.08, 10.125, 2.1773, 0.148)],
)
def test_a_dearer_hour_needs_less_of_the_unit_price(
    premium: float, rate: float, unit_price: float, on_parity: float
) -> None:
    (pair,) = price_pairs(MENU, TARGET, (premium,))
    assert pair.rate == pytest.approx(rate)
    assert pair.unit_price == pytest.approx(unit_price, abs=5e-5)
    assert pair.unit_premium == pytest.approx(on_parity, abs=5e-4)
    held = replace(MENU, rate=pair.rate, unit_price=pair.unit_price)
    assert held.margin(7.5) == pytest.approx(0.20, abs=1e-12)


@pytest.mark.parametrize("premium", [-0.5, -0.01, 0.0])
def test_at_the_stand_alone_rate_and_below_no_unit_price_holds_the_margin(premium: float) -> None:
    (pair,) = price_pairs(MENU, TARGET, (premium,))
    assert pair.unit_price == inf
    assert pair.unit_premium == inf


def test_without_private_knowledge_the_parity_price_holds_the_margin() -> None:
    known = replace(MENU, knowledge=0.0)
    assert unit_price_holding(replace(known, rate=9.375), TARGET) == TARGET.revenue(MENU)
    assert unit_price_holding(replace(known, rate=9.37), TARGET) == inf


def test_work_that_takes_no_hours_needs_no_unit_price() -> None:
    assert unit_price_holding(replace(MENU, hours_per_unit=0.0), TARGET) == 0.0
    assert price_pairs(replace(MENU, hours_per_unit=0.0), TARGET, (0.1,))[0].unit_premium == 0.0


def test_the_same_premium_on_both_holds_the_margin_too() -> None:
    pair = equal_premium_pair(MENU, TARGET)
    assert pair.rate_premium == pair.unit_premium == pytest.approx(1 / (1 - 0.0995) - 1, abs=1e-4)
    held = replace(MENU, rate=pair.rate, unit_price=pair.unit_price)
    assert held.margin(7.5) == pytest.approx(0.20, abs=1e-12)
    assert unit_price_holding(held, TARGET) == pytest.approx(pair.unit_price, rel=1e-9)


def test_sga_and_financing_raise_cost_and_margin_alike() -> None:
    cost, margin = grossed_up(7.5, 0.08, 0.02), grossed_up(0.18, 0.08, 0.02)
    revenue = MENU.revenue
    profit = revenue * (1 - 0.08 - 0.02) - 7.5 * 0.2 * MENU.mean_complexity
    assert MENU.margin(cost) == pytest.approx(profit / revenue / 0.9)
    assert margin == pytest.approx(0.20)
    with pytest.raises(BadInputError, match="sga"):
        grossed_up(7.5, 0.6, 0.4)


def test_a_menu_of_one_offer_is_that_offer() -> None:
    assert replace(MENU, unit_price=inf).revenue == MENU.hourly_bill
    assert replace(MENU, unit_price=0.0).revenue == 0
    assert replace(MENU, rate=0.0).revenue == 0
    assert replace(MENU, unit_price=inf).hourly_share == 1.0


def test_share_of_hours_is_the_probability_that_they_are_cheaper() -> None:
    rng = np.random.default_rng(3)
    bills = 2 * np.exp(-0.02 + 0.25 * rng.standard_normal(400_000))
    assert MENU.hourly_share == pytest.approx(float((bills <= 2).mean()), abs=0.003)


def test_two_kinds_of_client_choose_by_their_kind() -> None:
    kinds = ((0.8, 0.5), (1.3, 0.5))
    assert revenue_of_types(10, 2, 0.2, kinds) == pytest.approx(0.5 * 1.6 + 0.5 * 2)
    assert revenue_of_types(10, 3, 0.2, kinds) == pytest.approx(0.5 * 1.6 + 0.5 * 2.6)
    with pytest.raises(BadInputError, match="weights that add up to 1"):
        revenue_of_types(10, 2, 0.2, ((0.8, 0.5), (1.3, 0.4)))
    with pytest.raises(BadInputError, match=r"types\[1\].complexity"):
        revenue_of_types(10, 2, 0.2, ((0.8, 0.5), (-1.3, 0.5)))


def test_a_bundle_gives_less_away_than_two_services() -> None:
    revenue = bundle_revenue(ALONE, ALONE)
    alone = 2 * ALONE.unit_price
    assert 1 - 2 * ALONE.revenue / alone == pytest.approx(0.100, abs=6e-4)
    assert 1 - revenue / alone == pytest.approx(0.071, abs=5e-4)
    assert bundle_saving(ALONE, ALONE) == pytest.approx(revenue - 2 * ALONE.revenue)


def test_a_bundle_of_unequal_services_is_what_simulated_clients_pay() -> None:
    other = Menu(rate=20, unit_price=3, hours_per_unit=0.15, mu=0.1, sigma=0.5, knowledge=0.8)
    rng = np.random.default_rng(9)
    bills = [
        units * menu.hourly_bill * np.exp(menu.signal_sd * z - menu.signal_sd**2 / 2)
        for menu, units, z in zip(
            (MENU, other), (3, 2), rng.standard_normal((2, 400_000)), strict=True
        )
    ]
    paid = np.minimum(bills[0] + bills[1], 3 * 2 + 2 * 3)
    error = paid.std() / np.sqrt(len(paid))
    assert abs(bundle_revenue(MENU, other, (3, 2)) - paid.mean()) < 4 * error


def test_a_bundle_with_a_known_service_is_one_formula() -> None:
    known = replace(MENU, sigma=0.0, mu=0.0)
    assert bundle_revenue(known, replace(MENU, rate=0.0)) == pytest.approx(2.0)
    assert bundle_revenue(MENU, MENU, (1, 0)) == pytest.approx(MENU.revenue, rel=1e-9)
    assert bundle_revenue(MENU, MENU, (0, 1)) == pytest.approx(MENU.revenue, rel=1e-9)
    free = replace(MENU, unit_price=0.0)
    assert bundle_revenue(free, free) == 0
    with pytest.raises(BadInputError, match=r"second\.unit_price"):
        bundle_revenue(MENU, replace(MENU, unit_price=inf))
    with pytest.raises(BadInputError, match=r"units\[0\]"):
        bundle_revenue(MENU, MENU, (nan, 1))


def test_a_flat_price_wins_the_dear_work() -> None:
    curve = WinCurve(10)
    assert float(curve.probability(1.0, 1.0)) == 0.5
    assert float(curve.probability(1.1, 1.0)) == pytest.approx(0.269, abs=5e-4)
    flat = won(replace(MENU, rate=30.0), 7.5, 10, curve)
    assert flat.curse > 0.02
    hours = won(replace(MENU, unit_price=inf), 7.5, 10, curve)
    assert hours.curse == pytest.approx(0, abs=1e-12)
    assert hours.probability == pytest.approx(0.5)
    assert hours.margin == pytest.approx(0.25)


def test_expected_profit_is_highest_between_giving_away_and_losing() -> None:
    curve = WinCurve(10)
    menus = tuple(at_level(ALONE, premium) for premium in np.linspace(-0.2, 0.6, 81))
    best = most_profitable(menus, 7.5, 9.375, curve)
    assert menus[0].rate < best.rate < menus[-1].rate
    profits = [won(menu, 7.5, 9.375, curve).profit for menu in menus]
    assert won(best, 7.5, 9.375, curve).profit == max(profits)
    with pytest.raises(BadInputError, match="menus"):
        most_profitable((), 7.5, 9.375, curve)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rate", -1.0),
        ("rate", nan),
        ("rate", inf),
        ("unit_price", -0.01),
        ("unit_price", nan),
        ("hours_per_unit", -0.1),
        ("hours_per_unit", inf),
        ("mu", nan),
        ("mu", -inf),
        ("mu", 701.0),
        ("sigma", -0.1),
        ("sigma", nan),
        ("knowledge", -0.1),
        ("knowledge", 1.01),
        ("knowledge", nan),
        ("rate", "10"),
        ("rate", True),
    ],
)
def test_a_figure_that_can_be_none_is_refused_by_name(field: str, value: object) -> None:
    figures = {
        "rate": 10.0,
        "unit_price": 2.0,
        "hours_per_unit": 0.2,
        "mu": -0.02,
        "sigma": 0.25,
        "knowledge": 0.6,
    }
    with pytest.raises(BadInputError) as error:
        revenue_after_choice(**figures | {field: value})  # type: ignore[arg-type]
    assert [issue.path for issue in error.value.issues] == [field]


def test_exact_prices_are_taken_as_they_are() -> None:
    exact = revenue_after_choice(Decimal(10), Decimal("2.00"), Decimal("0.2"), -0.02, 0.25)  # type: ignore[arg-type]
    assert exact == MENU.revenue


def test_a_target_that_no_price_meets_is_refused() -> None:
    with pytest.raises(BadInputError, match="margin"):
        Target(7.5, 1.0)
    with pytest.raises(BadInputError, match="cost_per_hour"):
        Target(0, 0.2)
    with pytest.raises(BadInputError, match="cost_per_hour"):
        MENU.margin(-1)
    with pytest.raises(BadInputError, match="rate"):
        replace(MENU, rate=0.0).margin(7.5)
    with pytest.raises(BadInputError, match="steepness"):
        WinCurve(0)
    with pytest.raises(BadInputError, match="rival_rate"):
        won(MENU, 7.5, 0, WinCurve(10))
    with pytest.raises(BadInputError, match="premium"):
        at_level(MENU, -1)
