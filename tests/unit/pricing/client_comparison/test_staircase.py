"""Reading a bill between the points of a quote."""

from decimal import Decimal

import pytest

from pricing.client_comparison.staircase import (
    Bills,
    Staircase,
    bills_of,
    cheaper_everywhere,
    crossings_of,
)
from pricing.comparison import VOLUME_RANGE
from tests.builders.comparisons import compared_quote


def stairs(*rises: float, price: int = 100) -> Staircase:
    """One more person from each rise on; feet are listed as a quote lists them."""
    grid = sorted({round(i * 0.05, 6) for i in range(41)} | set(rises))
    return Staircase(
        tuple(grid),
        tuple(
            Decimal(price * (sum(rise < share for rise in rises) + (share > 0))) for share in grid
        ),
        has_feet=True,
    )


def test_a_bill_holds_from_the_rise_before_up_to_its_own_volume() -> None:
    one = stairs(0.501, 1.3333)
    assert [one.at(work) for work in (0.0, 0.3, 0.501, 0.5011, 1.3333, 1.3334)] == [
        *(0, 100, 100, 200, 200, 300)
    ]


def test_beyond_the_last_point_a_bill_is_in_proportion() -> None:
    assert stairs(0.501).at(3.0) == 300


def test_a_staircase_without_feet_is_read_along_the_line() -> None:
    grid = tuple(round(i * 0.05, 6) for i in range(41))
    fine = Staircase(grid, tuple(Decimal(1000) * Decimal(str(share)) for share in grid), False)
    assert fine.at(0.52) == pytest.approx(Decimal(520))
    assert fine.at(0.55) == 550


def test_slow_work_is_more_work_under_the_input_based_offer_only() -> None:
    bills = Bills(stairs(0.501, 1.1), Decimal(150))
    assert [*bills.both(1.0)] == [200, 150]
    assert [*bills.both(1.0, 0.9)] == [300, 150]
    assert [*bills.both(0.5, 1.0)] == [100, 75]


def test_crossings_by_hand() -> None:
    # 100 up to 0.601, then 200: the line 160 V would meet 100 at 0.625, too late; 200 at 1.25.
    found = crossings_of(Bills(stairs(0.601, 1.9), Decimal(160)))
    assert [c.share for c in found] == [pytest.approx(1.25)]
    found = crossings_of(Bills(stairs(0.901), Decimal(160)))
    assert [c.share for c in found] == pytest.approx([0.625, 0.901, 1.25])
    assert [c.kind for c in found] == ["line", "step", "line"]
    assert [c.cheaper_above for c in found] == ["input_based", "output_based", "input_based"]


def test_without_a_crossing_one_offer_is_always_cheaper() -> None:
    bills = Bills(stairs(0.501), Decimal(10))
    assert crossings_of(bills) == ()
    assert cheaper_everywhere(bills) == "output_based"


def test_the_bundle_s_crossings_are_those_of_the_quote() -> None:
    quote = compared_quote()
    found = [c for c in crossings_of(bills_of(quote)) if c.share < VOLUME_RANGE[1]]
    listed = quote.comparison.break_even
    assert [c.cheaper_above for c in found] == [c.cheaper_above for c in listed]
    for mine, theirs in zip(found, listed, strict=True):
        assert mine.share == pytest.approx(theirs.share_of_plan, abs=2e-6)


def test_services_add_up_to_the_bundle_at_every_volume() -> None:
    quote = compared_quote()
    whole = bills_of(quote)
    parts = [bills_of(quote, name) for name in ("claims", "helpdesk")]
    for share in (0.31, 0.5, 1.0, 1.47):
        one, two = whole.both(share)
        assert one == sum(part.both(share)[0] for part in parts)
        assert two == pytest.approx(sum(part.both(share)[1] for part in parts))


def test_bills_at_the_points_of_a_quote_are_its_own_to_the_cent_of_each_line() -> None:
    quote = compared_quote()
    bills = bills_of(quote)
    for point in quote.comparison.bills:
        one, two = bills.both(point.share_of_plan)
        assert abs(one - point.input_based.amount) <= Decimal("0.01")
        assert abs(two - point.output_based.amount) <= Decimal("0.02")


def test_feet_that_all_lie_on_the_even_grid_are_still_feet() -> None:
    quote = compared_quote()
    comparison = quote.comparison
    even = tuple(p for p in comparison.bills if round(p.share_of_plan * 20, 6).is_integer())
    assert len(even) == 41
    on_grid = quote.model_copy(update={"comparison": comparison.model_copy(update={"bills": even})})
    assert bills_of(on_grid).input_based.has_feet
    without = on_grid.model_copy(update={"workings": None})
    assert not bills_of(without).input_based.has_feet


def test_a_believed_productivity_brings_every_rise_at_that_share_of_its_volume() -> None:
    plan = stairs(0.501, 1.1)
    slow = plan.believed(0.8)
    for volume in (0.2, 0.4, 0.41, 0.87, 0.89, 1.3):
        assert slow.at(volume) == plan.at(volume / 0.8)
    found = crossings_of(Bills(slow, Decimal(240)))
    for crossing in found:
        below, above = (
            Bills(plan, Decimal(240)).both(crossing.share + side, 0.8) for side in (-1e-3, 1e-3)
        )
        assert (below[0] < below[1]) == (crossing.cheaper_below == "input_based")
        assert (above[0] < above[1]) == (crossing.cheaper_above == "input_based")
    assert len(found) == 3
