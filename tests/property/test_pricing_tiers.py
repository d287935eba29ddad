"""Laws of price schedules, against a calculator that walks every quantity step by step."""

from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.price_schedule import PriceSchedule
from pricing.tiers import charge, charges, falls, tier_lines
from tests.builders.price_schedules import plain_schedules, quantities, slow_charge

FEW = settings(max_examples=60, deadline=None)
RISING = ("per_unit", "graduated", "package", "percentage")


@FEW
@given(plain_schedules(), quantities)
def test_a_charge_is_what_walking_the_quantity_adds_up_to(
    data: dict[str, Any], quantity: str
) -> None:
    assert charge(data, quantity) == slow_charge(data, quantity)


@FEW
@given(plain_schedules(), quantities)
def test_lines_sum_to_the_charge_and_cover_what_is_charged(
    data: dict[str, Any], quantity: str
) -> None:
    lines = tier_lines(data, quantity)
    assert sum((line.amount for line in lines), Decimal(0)) == charge(data, quantity)
    if data["mode"] not in ("flat", "package"):
        left = max(Decimal(0), Decimal(quantity) - Decimal(data["free_units"]))
        assert sum((line.quantity for line in lines), Decimal(0)) == left


@FEW
@given(plain_schedules(RISING), quantities, quantities)
def test_more_units_never_cost_less_unless_all_take_the_price_of_the_tier_reached(
    data: dict[str, Any], one: str, other: str
) -> None:
    few, many = sorted((one, other), key=Decimal)
    assert charge(data, few) <= charge(data, many)
    assert falls(data) == ()


@FEW
@given(plain_schedules(("volume", "flat")))
def test_a_schedule_warns_exactly_where_its_charge_falls(data: dict[str, Any]) -> None:
    just = Decimal("0.000001")
    fallen = 0
    for tier in data["tiers"][:-1]:
        bound = Decimal(tier["up_to"]) + Decimal(data["free_units"])
        at, above = charge(data, bound), charge(data, bound + just)
        fallen += above + Decimal("0.001") < at  # prices of tests are whole cents, bounds 1/20
    assert len(falls(data)) == fallen


@FEW
@given(plain_schedules(("graduated", "percentage")))
def test_graduated_charges_have_no_jump_but_the_fee_of_a_tier(data: dict[str, Any]) -> None:
    just = Decimal("0.000001")
    for lower, upper in zip(data["tiers"][:-1], data["tiers"][1:], strict=True):
        bound = Decimal(lower["up_to"]) + Decimal(data["free_units"])
        step = charge(data, bound + just) - charge(data, bound)
        assert step == Decimal(upper["flat_fee"]) + just * Decimal(upper["unit_price"])


@FEW
@given(plain_schedules(), st.lists(quantities, min_size=1, max_size=20))
def test_floats_of_the_risk_engine_agree_with_the_exact_charge(
    data: dict[str, Any], many: list[str]
) -> None:
    rules = PriceSchedule.model_validate(data)
    found = charges(rules, np.array([float(q) for q in many]))
    np.testing.assert_allclose(found, [float(charge(rules, q)) for q in many], rtol=1e-9)
