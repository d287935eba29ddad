"""Multiples of the base wage by calendar class, by hand from the Philippine rules.

A regular holiday is paid 200 %, on the rest day 200 x 130 = 260 %; a special day 130 %, on the rest
day 150 %; a night hour 10 % more, an overtime hour 25 % more on an ordinary day and 30 % more of
that day's pay on a rest day or holiday.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pricing.day_pay import DayPay, HolidayRate, class_name
from pricing.ratecard import RateCard
from staffing.premiums import PREMIUM_CLASSES, PremiumRules
from tests.builders.pricing import SITE, engagement

PHILIPPINES = DayPay(
    since=date(2027, 1, 4),
    night=Decimal("0.1"),
    saturday=Decimal(0),
    sunday=Decimal("0.3"),
    overtime=Decimal("0.25"),
    overtime_rest_day=Decimal("0.3"),
    holidays={
        "regular": HolidayRate(Decimal(1), Decimal("1.6")),
        "special": HolidayRate(Decimal("0.3"), Decimal("0.5")),
    },
    multiplicative=True,
)
BY_HAND = [
    # class, kind, pay of the hour, pay of an overtime hour
    ("ordinary", None, "1.00", "1.25"),
    ("night", None, "1.10", "1.375"),
    ("sunday", None, "1.30", "1.69"),
    ("night_sunday", None, "1.43", "1.859"),
    ("ordinary", "regular", "2.00", "2.60"),
    ("night", "regular", "2.20", "2.86"),
    ("sunday", "regular", "2.60", "3.38"),
    ("night_sunday", "regular", "2.86", "3.718"),
    ("ordinary", "special", "1.30", "1.69"),
    ("night", "special", "1.43", "1.859"),
    ("saturday", "special", "1.30", "1.69"),
    ("sunday", "special", "1.50", "1.95"),
    ("night_sunday", "special", "1.65", "2.145"),
]


@pytest.mark.parametrize(("weekly", "kind", "pay", "overtime"), BY_HAND)
def test_philippine_pay_stacks_as_the_law_says(
    weekly: str, kind: str | None, pay: str, overtime: str
) -> None:
    multiple = PHILIPPINES.multiplier(weekly, kind)
    assert multiple == Decimal(pay)
    assert multiple + PHILIPPINES.overtime_share(weekly, kind) == Decimal(overtime)


@pytest.mark.parametrize(("weekly", "kind", "pay", "overtime"), BY_HAND)
def test_the_reference_tables_say_the_same(
    weekly: str, kind: str | None, pay: str, overtime: str
) -> None:
    left_out = ("labour", "holidays")
    site = {key: value for key, value in SITE.items() if key not in left_out}
    card = RateCard(engagement(sites=[site]))
    (rates,) = card.site_rates(card.engagement.sites[0]).pay
    multiple = rates.multiplier(weekly, kind)
    assert (multiple, multiple + rates.overtime_share(weekly, kind)) == (
        Decimal(pay),
        Decimal(overtime),
    )


def test_premiums_that_add_up_are_all_due_on_base_pay() -> None:
    """Night 10 %, special day 30 %, overtime 30 %: 1.7; a Sunday's 50 % stands for both."""
    pay = replace(PHILIPPINES, multiplicative=False)
    assert pay.multiplier("night", "special") == Decimal("1.4")
    assert pay.overtime_share("night", "special") == Decimal("0.3")
    assert pay.multiplier("night_sunday", "special") == Decimal("1.6")


def test_a_holiday_on_the_rest_day_without_a_rate_of_its_own_stacks() -> None:
    """Double pay on a Sunday of 30 %: 2 x 1.3, or 1 + 1 + 0.3."""
    pay = replace(PHILIPPINES, holidays={"public": HolidayRate(Decimal(1))})
    assert pay.multiplier("sunday", "public") == Decimal("2.6")
    added = replace(pay, multiplicative=False)
    assert added.multiplier("sunday", "public") == Decimal("2.3")


def test_a_kind_without_a_rate_is_paid_as_its_weekday() -> None:
    assert PHILIPPINES.multiplier("sunday", "unknown") == Decimal("1.3")
    assert PHILIPPINES.overtime_share("ordinary", "unknown") == Decimal("0.25")


@pytest.mark.parametrize("stacking", ["additive", "multiplicative"])
def test_weekly_classes_are_paid_as_the_plan_costs_them(stacking: str) -> None:
    pay = replace(PHILIPPINES, multiplicative=stacking == "multiplicative", saturday=Decimal("0.2"))
    rules = PremiumRules(0.1, 0.2, 0.3, 1320, 360, stacking)  # type: ignore[arg-type]
    for name, planned in zip(PREMIUM_CLASSES, rules.multipliers, strict=True):
        assert float(pay.multiplier(name)) == pytest.approx(planned), name


def test_classes_are_named_by_night_and_kind() -> None:
    assert class_name("night_sunday") == "night_sunday"
    assert class_name("night_sunday", "regular") == "night_regular_holiday"
    assert class_name("saturday", "public") == "public_holiday"
