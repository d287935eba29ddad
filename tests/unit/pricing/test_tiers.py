"""What a quantity costs by a schedule: bounds, fees, packages, free units, falling totals."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from pricing.tiers import charge, charges, exact_quantity, falls, tier_lines
from staffing.errors import BadInputError
from tests.builders.price_schedules import FEES, GOLDEN_TIERS, MODES, raw, schedule

PER_MODE = [raw(mode, FEES[1:] if mode == "per_unit" else FEES, package_size="5") for mode in MODES]


@pytest.mark.parametrize(
    ("volume", "graduated", "whole"),
    [
        (0, "0", "0"),
        (10_000, "5000", "5000"),
        (10_001, "5000.45", "4500.45"),
        (50_000, "23000", "22500"),
        (50_001, "23000.40", "20000.40"),
        (65_000, "29000", "26000"),
    ],
)
def test_graduated_and_volume_tiers_as_worked_by_hand(
    volume: int, graduated: str, whole: str
) -> None:
    assert charge(raw("graduated", GOLDEN_TIERS), volume) == Decimal(graduated)
    assert charge(raw("volume", GOLDEN_TIERS), volume) == Decimal(whole)


@pytest.mark.parametrize("data", PER_MODE, ids=MODES)
def test_nothing_is_charged_at_zero_not_even_a_fee(data: dict[str, object]) -> None:
    assert charge(data, 0) == 0
    assert tier_lines(data, 0) == ()
    assert charge({**data, "free_units": "7"}, 7) == 0


@pytest.mark.parametrize(
    ("mode", "at_10", "above_10"),
    [
        ("graduated", "3.00", "3.005"),  # 2 + 10 x 0.10, then a tenth of a unit at 0.05
        ("volume", "3.00", "0.505"),  # then all 10.1 units at 0.05, no fee
        ("flat", "2", "0"),
        ("percentage", "3.00", "3.005"),
        ("package", "2.20", "2.25"),  # 2 + two packages, then a third one
    ],
)
def test_a_bound_belongs_to_the_tier_below_it(mode: str, at_10: str, above_10: str) -> None:
    data = raw(mode, FEES, package_size="5")
    assert charge(data, "10") == Decimal(at_10)
    assert charge(data, "10.1") == Decimal(above_10)


def test_a_flat_fee_is_due_once_for_each_tier_entered() -> None:
    tiers = [
        {"up_to": "10", "unit_price": "0", "flat_fee": "2"},
        {"up_to": "20", "unit_price": "0", "flat_fee": "3"},
        {"up_to": None, "unit_price": "0", "flat_fee": "5"},
    ]
    by_quantity = {"0.001": 2, "10": 2, "10.001": 5, "20": 5, "21": 10, "1000": 10}
    for quantity, due in by_quantity.items():
        assert charge(raw("graduated", tiers), quantity) == due
    assert [charge(raw("volume", tiers), v) for v in (10, 11, 21)] == [2, 3, 5]
    assert [charge(raw("flat", tiers), v) for v in (10, 11, 21)] == [2, 3, 5]


def test_flat_charges_the_fee_alone_whatever_the_unit_price() -> None:
    assert charge(raw("flat", FEES), 4) == 2


@pytest.mark.parametrize(
    ("quantity", "packages"), [("98", 5), ("20.1", 2), ("0", 0), ("20", 1), ("0.0001", 1)]
)
def test_a_started_package_is_a_whole_one(quantity: str, packages: int) -> None:
    assert charge(raw("package", [{"unit_price": 1}], package_size="20"), quantity) == packages


def test_packages_are_counted_after_the_free_units() -> None:
    data = raw("package", [{"unit_price": "7"}], package_size="5", free_units="2")
    assert [charge(data, v) for v in (2, "2.5", 7, "7.1")] == [0, 7, 7, 14]


def test_free_units_come_off_first_and_may_pass_a_bound() -> None:
    data = raw("graduated", GOLDEN_TIERS, free_units="12000")
    assert charge(data, 12_000) == 0
    assert charge(data, 22_000) == 5000  # bounds count what is left
    assert charge(data, 22_001) == Decimal("5000.45")


def test_a_percentage_of_several_tiers_is_graduated_over_the_amount() -> None:
    tiers = [{"up_to": "1000", "unit_price": "0.06"}, {"up_to": None, "unit_price": "0.04"}]
    assert charge(raw("percentage", tiers), "1500.50") == Decimal("80.02")


def test_fractions_of_a_cent_are_kept_until_the_rounding_step() -> None:
    assert charge(raw("per_unit", [{"unit_price": "0.067"}]), 55) == Decimal("3.685")


def test_a_charge_is_exact_beyond_the_28_digits_of_default_arithmetic() -> None:
    price, units = "123456789012.123456789012", "999999999999.000000000001"
    due = charge(raw("per_unit", [{"unit_price": price}]), units)
    assert Fraction(due) == Fraction(price) * Fraction(units)


@pytest.mark.parametrize("quantity", [7, "7", Decimal(7), 7.0, np.float64(7), np.int64(7)])
def test_a_quantity_may_come_in_any_kind_of_number(quantity: float) -> None:
    assert charge(raw("per_unit"), quantity) == Decimal("0.7")


def test_a_float_quantity_counts_as_its_shortest_text() -> None:
    assert charge(raw("package", [{"unit_price": 1}], package_size="20"), 20.1) == 2
    assert charge(raw("per_unit"), 0.1) == Decimal("0.01")


@pytest.mark.parametrize(
    "quantity", [-1, "-0.01", "NaN", "Infinity", "x", "", None, True, float("nan"), 10**16, "1e-31"]
)
def test_a_quantity_that_cannot_be_charged_is_named(quantity: object) -> None:
    with pytest.raises(BadInputError, match=r"^quantity: should"):
        charge(raw("per_unit"), quantity)  # type: ignore[arg-type]
    with pytest.raises(BadInputError, match=r"^volumes"):
        exact_quantity(quantity, "volumes")  # type: ignore[arg-type]


def test_plain_data_of_a_schedule_is_checked_before_it_charges() -> None:
    with pytest.raises(BadInputError, match=r"^tiers\[0\]\.unit_price: a whole number, or"):
        charge({"mode": "per_unit", "tiers": [{"unit_price": 0.1}]}, 1)
    with pytest.raises(BadInputError, match="a mapping with the fields"):
        charge("per_unit", 1)  # type: ignore[arg-type]


def test_lines_show_the_price_of_each_tier_and_sum_to_the_charge() -> None:
    lines = tier_lines(raw("graduated", GOLDEN_TIERS), 65_000)
    assert [line.quantity for line in lines] == [10_000, 40_000, 15_000]
    assert [str(line.unit_price) for line in lines] == ["0.50", "0.45", "0.40"]
    assert [line.amount for line in lines] == [5000, 18_000, 6000]
    assert [line.above for line in lines] == [0, 10_000, 50_000]
    assert [line.up_to for line in lines] == [10_000, 50_000, None]


def test_where_more_units_cost_less_is_said_and_until_where() -> None:
    texts = falls(raw("volume", GOLDEN_TIERS))
    assert texts == (
        "more units cost less: just above 10,000 units the charge falls from 5,000.00 to 4,500.00; "
        "it is back there at 11,111.11",
        "more units cost less: just above 50,000 units the charge falls from 22,500.00 to "
        "20,000.00; it is back there at 56,250.00",
    )
    assert falls(raw("graduated", GOLDEN_TIERS)) == ()
    assert falls(raw("volume", [{"up_to": "5", "unit_price": "1"}, {"unit_price": "1"}])) == ()


def test_a_flat_fee_that_falls_for_good_is_said_in_whole_quantities() -> None:
    tiers = [{"up_to": "10", "flat_fee": "5"}, {"up_to": None, "flat_fee": "3"}]
    (text,) = falls(raw("flat", tiers, free_units="2"))
    assert "just above 12 units" in text
    assert text.endswith("it stays below that")


def test_a_fall_may_be_made_up_for_by_a_later_tier() -> None:
    tiers = [
        {"up_to": "10", "flat_fee": "5"},
        {"up_to": "20", "flat_fee": "3"},
        {"up_to": None, "flat_fee": "9"},
    ]
    (text,) = falls(raw("flat", tiers))
    assert text.endswith("it is back there at 20.00")


@pytest.mark.parametrize("free", ["0", "1.1", "15"])
@pytest.mark.parametrize("mode", MODES)
def test_many_quantities_at_once_cost_what_each_costs(mode: str, free: str) -> None:
    tiers = FEES[1:] if mode == "per_unit" else [{**FEES[0], "up_to": "10.0"}, FEES[1]]
    rules = schedule(mode, tiers, package_size="0.1", free_units=free)
    grid = np.arange(0, 400).reshape(4, 100) / 10
    each = [[float(charge(rules, q)) for q in row] for row in grid]
    np.testing.assert_allclose(charges(rules, grid), each, rtol=1e-12, atol=1e-12)
