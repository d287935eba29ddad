"""Lines of the output-based offer: each mechanism at work, and not at work; amounts by hand."""

from decimal import Decimal
from typing import Any

import pytest

from staffing.errors import BadInputError
from tests.builders.contracts import BANDED, CLASSED, HYBRID
from tests.builders.invoices import agreed, amount, billed, charge


def units(
    terms: dict[str, Any], month: int = 1, whole: dict[str, Any] | None = None, **claims: Any
):
    """Output-based invoice under terms of the claims; with a flat price of 2 unless they say."""
    own = {"service": "claims", **terms}
    if not {"schedule", "classes", "band", "hybrid"} & own.keys():
        own["schedule"] = {"mode": "per_unit", "tiers": [{"unit_price": 2}]}
    contract = {"output_based": {"services": [own], **(whole or {})}}
    return billed(contract, month, services={"claims": claims})[1]


def price():
    return next(one.unit_price for one in agreed().services if one.service == "claims")


def places(value, digits):
    return value.quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")


def test_tiers_are_billed_as_one_line_with_a_part_for_each():
    tiers = [{"up_to": 10_000, "unit_price": "0.50"}, {"up_to": 50_000, "unit_price": "0.45"}]
    schedule = {"tiers": [*tiers, {"unit_price": "0.40"}]}
    for quantity, graduated, volume in (
        (0, "0.00", "0.00"),
        (10_000, "5000.00", "5000.00"),
        (10_001, "5000.45", "4500.45"),
        (50_000, "23000.00", "22500.00"),
        (50_001, "23000.40", "20000.40"),
        (65_000, "29000.00", "26000.00"),
    ):
        for mode, expected in (("graduated", graduated), ("volume", volume)):
            made = units({"schedule": {"mode": mode, **schedule}}, units=quantity)
            assert str(amount(made, "units", "claims")) == expected
    assert (
        len(
            charge(
                units({"schedule": {"mode": "graduated", **schedule}}, units=65_000),
                "units",
                "claims",
            ).parts
        )
        == 3
    )


def test_discounts_follow_the_quoted_price():
    schedule = {"mode": "volume", "tiers": [{"discount": 0.1}]}
    made = charge(units({"schedule": schedule}, units=1000), "units", "claims")
    assert made.parts[0].unit_price == places(price() * Decimal("0.9"), 4)


@pytest.mark.parametrize(
    ("volume", "convention", "expected"),
    [
        (80_000, "edge", "42000.00"),
        (89_999, "edge", "44999.70"),
        (90_000, "edge", "45000.00"),
        (110_000, "edge", "45000.00"),
        (110_001, "edge", "45000.42"),
        (125_000, "edge", "51300.00"),
        (80_000, "full_difference", "39000.00"),
        (89_999, "full_difference", "41999.70"),
        (110_001, "full_difference", "49200.42"),
        (125_000, "full_difference", "55500.00"),
    ],
)
def test_a_band_bills_its_base_and_what_lies_outside(volume, convention, expected):
    band = {"baseline": 100_000, "base_charge": 45_000, "arc": "0.42", "rrc": "0.30"}
    made = units({"band": band | {"convention": convention}}, units=volume)
    total = sum(amount(made, m, "claims") for m in ("base_charge", "arc", "rrc"))
    assert str(total) == expected
    assert charge(made, "units", "claims") is None


def test_a_band_without_a_baseline_is_around_the_plan():
    made = units({"band": {"rrc_factor": "0.5"}})
    assert amount(made, "base_charge", "claims") == places(5000 * price(), 2)
    more = units({"band": {"rrc_factor": "0.5"}}, units=5600)
    assert amount(more, "arc", "claims") == places(100 * price(), 2)


def test_a_month_without_units_of_any_class_still_says_so():
    (line,) = (line for line in units(CLASSED, units=0).lines if line.about == "claims")
    assert (line.mechanism, line.text, line.amount.amount) == ("units", "claims done", 0)


def test_classes_are_lines_of_their_own():
    made = units(CLASSED, classes={"simple": 1000, "complex": 10})
    lines = [line for line in made.lines if line.about == "claims"]
    simple = places(price() * Decimal("0.8"), 4)
    assert [line.amount.amount for line in lines] == [places(1000 * simple, 2), 30]
    by_plan = [line for line in units(CLASSED, units=4000).lines if line.about == "claims"]
    assert [line.parts[0].quantity for line in by_plan] == [3000, 1000]


def test_a_hybrid_price_is_a_base_and_cheaper_units():
    made = units(HYBRID, units=0)
    assert amount(made, "base_charge", "claims") == places(Decimal("0.4") * 5000 * price(), 2)
    line = charge(units(HYBRID, units=100), "units", "claims")
    assert line.parts[0].unit_price == places(Decimal("0.6") * price(), 4)


def test_at_plan_a_hybrid_price_comes_to_the_plain_one():
    plain = amount(units({"schedule": {"mode": "per_unit"}}), "units", "claims")
    made = units(HYBRID)
    both = amount(made, "base_charge", "claims") + amount(made, "units", "claims")
    assert abs(both - plain) <= Decimal("0.25") + Decimal("0.00005") * 5000


def test_a_share_of_collections_stands_instead_of_units_or_beside_them():
    alone = units({"collections": {"share": "0.06"}, "schedule": None}, collections="100000.50")
    assert amount(alone, "collections", "claims") == Decimal("6000.03")
    assert charge(alone, "units", "claims") is None
    both = units({"collections": {"share": "0.06", "beside_units": True}}, collections=100)
    assert amount(both, "units", "claims") == 10_000
    assert amount(both, "collections", "claims") == 6


def test_where_shares_of_collections_are_restricted_the_invoice_warns():
    made = units({"collections": {"share": "0.06", "places": ["US-NY"]}, "schedule": None})
    assert any("US-NY" in warning for warning in made.warnings)
    assert any("collections of claims are not stated" in warning for warning in made.warnings)


def test_units_that_were_forecast_and_did_not_come_are_paid_for():
    lock = {"forecast_lock": {"pay_share": "0.9"}}
    assert amount(units(lock, units=800, forecast=1000), "forecast_lock", "claims") == 200
    assert amount(units(lock, units=900, forecast=1000), "forecast_lock", "claims") == 0
    assert amount(units(lock, units=4000), "forecast_lock", "claims") == 1000


def test_errors_beyond_the_tolerance_are_credited():
    terms = {"accuracy": {"credit_multiple": "1.5"}}
    assert amount(units(terms, units=1000, errors=30), "accuracy", "claims") == -30
    assert amount(units(terms, units=1000, errors=20), "accuracy", "claims") == 0
    sampled = {"accuracy": {"tolerance": "0.02", "sample": 100}}
    assert amount(units(sampled, units=1000, errors=3), "accuracy", "claims") == -20


def test_errors_that_are_redone_are_shown_and_cost_nothing():
    made = units({"accuracy": {"remedy": "redo"}}, units=1000, errors=30)
    assert charge(made, "accuracy", "claims").parts[0].quantity == 10
    assert amount(made, "accuracy", "claims") == 0


def test_turnaround_missed_is_credited_unless_more_came_than_was_forecast():
    terms: dict[str, Any] = {
        "finished_in_time": {"percentile": "0.95", "within_h": 24, "credit": "0.1"}
    }
    assert amount(units(terms, units=1000, in_time="0.94"), "turnaround", "claims") == -200
    assert amount(units(terms, units=1000, in_time="0.95"), "turnaround", "claims") == 0
    assert amount(units(terms, units=1000), "turnaround", "claims") == 0
    locked = terms | {"forecast_lock": {"relief_above": "0.1"}}
    late: dict[str, Any] = {"in_time": "0.5", "forecast": 1000}
    assert amount(units(locked, units=1100, **late), "turnaround", "claims") == -220
    relieved = units(locked, units=1101, **late)
    assert amount(relieved, "turnaround", "claims") == 0
    assert "more came than was forecast" in relieved.warnings[0]


def test_a_collar_keeps_the_charge_near_the_plan():
    terms = {"collar": {"floor": "0.8", "cap": "1.2"}}
    assert amount(units(terms, units=3000), "collar_floor", "claims") == 2000
    assert amount(units(terms, units=7000), "collar_cap", "claims") == -2000
    inside = units(terms, units=4500)
    assert amount(inside, "collar_floor", "claims") == amount(inside, "collar_cap", "claims") == 0


def test_what_a_collar_adds_is_part_of_the_charge_a_late_unit_is_credited_on():
    terms: dict[str, Any] = {
        "collar": {"floor": "0.8", "cap": "1.2"},
        "finished_in_time": {"percentile": "0.95", "within_h": 24, "credit": "0.1"},
    }
    assert amount(units(terms, units=3000, in_time=0), "turnaround", "claims") == -800


def test_productivity_is_passed_on_from_the_second_year_and_the_collar_moves_with_it():
    terms: dict[str, Any] = {
        "service": "claims",
        "schedule": {"mode": "per_unit", "tiers": [{"unit_price": 2}]},
        "glide_path": {"per_year": "0.03"},
        "collar": {"floor": "0.8"},
    }
    contract = {"output_based": {"services": [terms]}}
    first = billed(contract, 12, months=15, services={"claims": {"units": 1000}})[1]
    assert amount(first, "glide_path", "claims") == 0
    later = billed(contract, 13, months=15, services={"claims": {"units": 1000}})[1]
    assert amount(later, "glide_path", "claims") == -60
    assert amount(later, "collar_floor", "claims") == Decimal("0.8") * 9700 - 1940


def test_a_baseline_that_volume_stays_away_from_is_to_be_set_anew():
    terms = BANDED | {"band": {"baseline": 4000, "rrc_factor": "0.5"}}
    contract = {"output_based": {"services": [terms]}}
    away = {"units": 6000, "earlier_units": [6000, 6000]}
    made = billed(contract, services={"helpdesk": away})[1]
    assert "to 6,000 calls a month" in made.warnings[0]
    assert billed(contract, services={"helpdesk": {"units": 6000}})[1].warnings == ()


def test_before_a_conversion_the_output_based_offer_bills_hours():
    whole = {"conversion": {"first_month": 2, "last_month": 3}}
    hours = units({}, whole=whole)
    assert {line.mechanism for line in hours.lines} == {"ordered"}
    assert charge(units({}, 3, whole=whole), "ordered") is None
    early = billed({"output_based": whole}, 2, converted_in=2)[1]
    assert {line.mechanism for line in early.lines} == {"units"}
    with pytest.raises(BadInputError, match="converted_in: a month from 2 to 3"):
        billed({"output_based": whole}, 2, converted_in=1)


def test_after_a_conversion_units_cost_what_they_took_in_hours():
    whole = {"conversion": {"first_month": 2, "last_month": 2, "premium": "0.1", "cap": 2}}
    hour = next(one.paid_hour for one in agreed().teams if one.service == "claims")
    measured = {"claims": {"hours": {"claims @ Manila": 600}, "units": 5000}}
    made = billed({"output_based": whole}, 2, measured=measured)[1]
    expected = places(hour * 600 / 5000 * Decimal("1.1"), 4)
    assert charge(made, "units", "claims").parts[0].unit_price == expected
    slow = {"claims": {"hours": {"claims @ Manila": 6000}, "units": 5000}}
    capped = billed({"output_based": whole}, 2, measured=slow)[1]
    assert charge(capped, "units", "claims").parts[0].unit_price == 2


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ({"baseline": 5000, "rrc_factor": 2}, "within the base charge"),
        ({"rrc": 9}, "within the base charge"),
    ],
)
def test_a_band_whose_credit_exceeds_its_base_is_refused_when_the_quote_is_made(band, words):
    with pytest.raises(BadInputError, match=words):
        units({"band": band})
