"""Where the staircase of the input bill and the line of the output bill cross."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from pricing.comparison import (
    MOST_RISES,
    Crossing,
    TeamCurve,
    all_rises,
    compare,
    crossings,
    ends,
    input_bill,
)
from pricing.cost import plan_cost
from pricing.offers import Prices, build_offers
from pricing.quote import Comparison
from tests.builders.pricing import (
    curve_points,
    engagement,
    staffing_plan,
    team_curve,
    team_plan,
    terms_of,
    year_quantities,
)

ONE = Decimal(1)


def found(curves: tuple[TeamCurve, ...], output_at_plan: int, step: str = "1") -> list[Crossing]:
    """Crossings up to twice the plan volume."""
    return list(crossings(curves, Decimal(step), Decimal(output_at_plan), 2.0))


def test_a_single_flat_crosses_at_the_people_s_bill_over_the_unit_price() -> None:
    """V* = N F / p: 4 people at 1 500 against units that bill 8 000 at plan volume."""
    flat = team_curve((0.0, 1.0, 2.0), (3.2, 3.2, 3.2), 1500.0)
    (crossing,) = found((flat,), 8000)
    assert crossing.scale == pytest.approx(4 * 1500 / 8000)
    assert (crossing.kind, crossing.cheaper_below, crossing.cheaper_above) == (
        "line",
        "output_based",
        "input_based",
    )


def test_a_crossing_beyond_the_capacity_of_the_flat_is_none() -> None:
    flat = team_curve((0.0, 1.0, 2.0), (3.2, 3.2, 3.2), 1500.0)
    assert found((flat,), 2900) == []


def test_one_more_person_turns_the_cheaper_offer_back() -> None:
    """People bill 100 to half the volume, 200 to full, then 300, 400.

    Units that bill 130 at plan volume reach 65, 130, 195, 260 there: never as much. Units that
    bill 210 pass every flat just before it ends.
    """
    curve = team_curve((0.0, 2.0), (0.0, 4.0), 100.0)
    assert found((curve,), 130) == []
    assert [round(c.scale, 6) for c in found((curve,), 210)] == [
        round(100 / 210, 6),
        0.5,
        round(200 / 210, 6),
        1.0,
        round(300 / 210, 6),
        1.5,
        round(400 / 210, 6),
    ]
    assert [c.kind for c in found((curve,), 210)] == ["line", "step"] * 3 + ["line"]


def test_directions_alternate_and_start_with_the_output_offer_cheaper() -> None:
    curve = team_curve((0.0, 2.0), (0.0, 4.0), 100.0)
    crossings_found = found((curve,), 210)
    for crossing in crossings_found:
        below = "output_based" if crossing.kind == "line" else "input_based"
        assert crossing.cheaper_below == below
        assert crossing.cheaper_above != below
    for one, following in pairwise(crossings_found):
        assert one.cheaper_above == following.cheaper_below


def test_a_bill_that_only_touches_the_line_does_not_cross_it() -> None:
    """At 0.5 the flat of 100 and the line of 200 x 0.5 meet, and the next person comes in."""
    curve = team_curve((0.0, 2.0), (0.0, 4.0), 100.0)
    assert found((curve,), 200) == []


def test_the_first_person_is_ordered_for_any_volume_above_none() -> None:
    curve = team_curve((0.0, 2.0), (0.0, 4.0), 100.0)
    assert input_bill((curve,), ONE, 0.0) == 0
    assert input_bill((curve,), ONE, 0.01) == 100


def test_the_staircase_rises_by_whole_steps_only() -> None:
    curve = team_curve((0.0, 2.0), (0.3, 4.1), 100.0)
    for step in (Decimal("0.5"), ONE, Decimal(2)):
        bills = {input_bill((curve,), step, i / 500) for i in range(1, 1001)}
        assert all(bill % (100 * step) == 0 for bill in bills)
        assert min(bills) == 100 * step


def test_a_need_a_hair_above_a_step_does_not_hide_the_next_rise() -> None:
    """3.0000005 is an order of 3 (the plan's rounding), so the rise to 4 comes right after it.

    Units bill 620 at plan: the line passes 300 at 0.484, the order of 4 lifts the bill to 400 at
    0.5, and the line passes that at 0.645.
    """
    curve = team_curve((0.0, 0.5, 2.0), (3.0000005, 3.0000005, 4.9), 100.0)
    assert [round(scale, 3) for scale in curve.rises(1.0, 2.0)] == [0.5, 1.289]
    kinds = [(crossing.kind, round(crossing.scale, 3)) for crossing in found((curve,), 620)]
    assert kinds == [("line", 0.484), ("step", 0.5), ("line", 0.645)]


def test_beyond_the_last_point_people_grow_in_proportion() -> None:
    curve = team_curve((0.0, 1.0), (0.0, 3.0), 100.0)
    assert curve.needed_at(1.5) == pytest.approx(4.5)
    assert curve.rises(1.0, 2.0)[-1] == pytest.approx(5 / 3)


def test_a_staircase_of_very_many_steps_is_read_every_nth_step() -> None:
    """10 000 people by hundredths are a million steps; the crossing is found all the same.

    100 (5000 + 10 000 / 3 (s - 0.5)) = 700 000 s at s = 10 / 11.
    """
    curve = team_curve((0.0, 0.5, 2.0), (5000.0, 5000.0, 10_000.0), 100.0)
    rises = all_rises((curve,), Decimal("0.01"), 2.0)
    assert MOST_RISES / 2 <= len(rises) <= MOST_RISES
    assert {round(curve.needed_at(scale), 6) % 1 for scale in rises} == {0}
    assert found((curve,), 700_000, "0.01")[0].scale == pytest.approx(10 / 11, rel=1e-3)


@pytest.mark.parametrize(
    ("many", "listed"), [(0, 0), (100, 100), (101, 101), (102, 100), (9999, 101)]
)
def test_of_very_many_crossings_an_even_number_between_the_ends_is_left_out(
    many: int, listed: int
) -> None:
    numbers = tuple(range(many))
    kept = ends(numbers)
    assert len(kept) == listed
    assert (many - listed) % 2 == 0
    assert kept[:50] == numbers[:50]
    assert kept[-50:] == numbers[-50:]


def test_few_steps_are_all_read() -> None:
    curve = team_curve((0.0, 2.0), (0.0, 99.0), 100.0)
    assert len(all_rises((curve,), Decimal("0.01"), 2.0)) == 9899


def test_whole_brief_rise_each_at_its_own_volume() -> None:
    first = team_curve((0.0, 2.0), (0.0, 2.0), 100.0, "first")
    second = team_curve((0.0, 2.0), (0.5, 2.5), 1000.0, "second")
    assert input_bill((first, second), ONE, 0.4) == 1100
    assert input_bill((first, second), ONE, 0.6) == 2100
    assert input_bill((first, second), ONE, 1.1) == 2200


def comparison(
    changes: dict[str, Any] | None = None, unit_price: str | None = None, **plan: Any
) -> tuple[Comparison, Prices]:
    """Comparison of a one-team plan; `unit_price` replaces the derived one."""
    document = engagement(changes, term_months=12)
    terms = terms_of(document)
    team = team_plan(
        "claims",
        "Manila",
        (year_quantities(payroll_weeks=520.0),),
        (9.6,) * 12,
        curve_points(**plan) if plan else curve_points(),
    )
    made = staffing_plan((team,), {"claims": (5000.0,) * 12})
    offers, prices = build_offers(document, terms, made, plan_cost(document, terms, made))
    if unit_price is not None:
        prices = replace(prices, unit={"claims": Decimal(unit_price)})
    return compare(document, made, offers, prices), prices


def test_at_a_line_crossing_both_bills_are_equal_within_rounding() -> None:
    result, prices = comparison()
    lines = [point for point in result.break_even if point.kind == "line"]
    assert lines
    for point in lines:
        people = point.bill.amount / prices.fte_month["claims @ Manila"]
        assert abs(people - round(people)) < Decimal("0.0001")
        assert point.volume == pytest.approx(
            float(point.bill.amount / prices.unit["claims"]), abs=0.02
        )


def test_the_grid_of_bills_runs_over_the_whole_range_and_never_falls() -> None:
    result, _ = comparison()
    assert result.bills[0].share_of_plan == 0
    assert result.bills[-1].share_of_plan == 2
    for one, following in pairwise(result.bills):
        assert following.input_based.amount >= one.input_based.amount
        assert following.output_based.amount >= one.output_based.amount
        assert following.volume > one.volume


def test_each_point_says_which_bill_is_lower() -> None:
    result, _ = comparison()
    for point in result.bills:
        lower = point.input_based.amount - point.output_based.amount
        expected = "equal" if lower == 0 else "input_based" if lower < 0 else "output_based"
        assert point.cheaper == expected


def test_no_people_are_ordered_for_no_volume_and_zero_has_no_sign() -> None:
    result, _ = comparison()
    assert result.bills[0].ordered_fte == {"claims @ Manila": "0"}
    assert result.bills[0].input_based.amount == 0
    assert result.bills[0].cheaper == "equal"


@pytest.mark.parametrize(("unit_price", "cheaper"), [("0.0100", "output_based")])
def test_without_a_crossing_the_offer_that_is_always_cheaper_is_named(
    unit_price: str, cheaper: str
) -> None:
    result, _ = comparison(unit_price=unit_price)
    assert result.break_even == ()
    assert result.cheaper_when_no_crossing == cheaper


def test_with_a_crossing_no_offer_is_always_cheaper() -> None:
    result, _ = comparison()
    assert result.break_even
    assert result.cheaper_when_no_crossing is None


def test_people_needed_only_from_some_volume_on_leave_the_input_offer_cheaper() -> None:
    result, _ = comparison(
        unit_price="9.0000", scales=(0.0, 1.0, 1.1, 2.0), hours=(0.0, 0.0, 360.0, 720.0)
    )
    assert result.break_even == ()
    assert result.cheaper_when_no_crossing == "input_based"


def test_break_even_productivity_is_one_over_one_plus_the_premium() -> None:
    result, _ = comparison({"commercial.unit_price_places": 6})
    assert result.break_even_productivity == pytest.approx(1 / 1.06, abs=1e-5)


def test_break_even_units_per_person_come_from_the_quoted_prices() -> None:
    result, prices = comparison()
    units = result.break_even_units_per_fte_month["claims @ Manila"]
    expected = prices.fte_month["claims @ Manila"] / prices.unit["claims"]
    assert units == pytest.approx(float(expected), abs=0.005)


def test_plan_volume_is_the_mean_month() -> None:
    result, _ = comparison()
    assert result.plan_volume_per_month == 5000
    assert result.volume_unit == "units per month (claim)"


def test_a_staircase_along_the_line_makes_no_endless_list() -> None:
    """Thousands of people, billed a thousandth above their cost: it takes turns at every step."""
    hours = (0.0, 72_000.0, 144_000.0)
    _, prices = comparison(hours=hours)  # 2 000 FTE of 36 hours for 5 000 units a month
    unit_price = prices.fte_month["claims @ Manila"] * 2000 / 5000 * Decimal("1.001")
    result, _ = comparison(unit_price=f"{unit_price:.6f}", hours=hours)
    assert len(result.break_even) in (100, 101)
    assert result.break_even_left_out > 1000
    for one, following in pairwise(result.break_even):
        assert one.cheaper_above == following.cheaper_below
        assert one.share_of_plan <= following.share_of_plan
