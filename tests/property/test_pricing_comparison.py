"""Crossings found are the crossings a fine scan sees, for any staffing curve that never falls."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from pricing.comparison import TeamCurve, crossings, input_bill
from pricing.money import decimal_of
from tests.builders.pricing import team_curve

LAST = 2.0
SCALES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
# No rise of a curve drawn below lies on such a scale.
GRID = [LAST * (i + 0.376193) / 400 for i in range(400)]


@st.composite
def curves(draw: st.DrawFn) -> tuple[TeamCurve, ...]:
    """One or two teams whose need rises by twentieths of a person, or stays."""
    teams = []
    for index in range(draw(st.integers(1, 2))):
        rises = draw(st.lists(st.integers(0, 60), min_size=8, max_size=8))
        needed = tuple(sum(rises[: i + 1]) / 20 for i in range(8))
        price = draw(st.integers(90_000, 900_000)) / 100
        teams.append(team_curve(SCALES, needed, price, f"team {index}"))
    return tuple(teams)


STEPS = st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(3)])
OUTPUT_BILLS = st.integers(100_000, 5_000_000).map(lambda cents: Decimal(cents) / 100)


def sign(teams: tuple[TeamCurve, ...], step: Decimal, output: Decimal, scale: float) -> int:
    """Which bill is higher: 1 the input-based one, -1 the output-based one."""
    difference = input_bill(teams, step, scale) - output * decimal_of(scale)
    return (difference > 0) - (difference < 0)


@given(curves(), STEPS, OUTPUT_BILLS)
def test_between_two_volumes_the_cheaper_offer_changes_if_crossings_are_odd(
    teams: tuple[TeamCurve, ...], step: Decimal, output: Decimal
) -> None:
    found = [crossing.scale for crossing in crossings(teams, step, output, LAST)]
    for left, right in pairwise(GRID):
        signs = [sign(teams, step, output, scale) for scale in (left, right)]
        assume(0 not in signs)
        inside = [scale for scale in found if left < scale <= right]
        assert (len(inside) % 2 == 1) == (signs[0] != signs[1]), (left, right, inside)


@given(curves(), STEPS, OUTPUT_BILLS)
def test_every_crossing_has_the_cheaper_offers_it_names_on_its_sides(
    teams: tuple[TeamCurve, ...], step: Decimal, output: Decimal
) -> None:
    names = {1: "output_based", -1: "input_based"}
    found = crossings(teams, step, output, LAST)
    edges = [0.0, *(crossing.scale for crossing in found), LAST]
    for left, crossing, right in zip(edges, found, edges[2:], strict=False):
        assume(crossing.scale - left > 1e-3)
        assume(right - crossing.scale > 1e-3)
        below = sign(teams, step, output, crossing.scale - 1e-4)
        above = sign(teams, step, output, crossing.scale + 1e-4)
        assert names[below] == crossing.cheaper_below
        assert names[above] == crossing.cheaper_above


@given(curves(), STEPS, OUTPUT_BILLS)
def test_crossings_come_in_order_and_alternate(
    teams: tuple[TeamCurve, ...], step: Decimal, output: Decimal
) -> None:
    found = crossings(teams, step, output, LAST)
    assert all(0 < crossing.scale < LAST for crossing in found)
    for one, following in pairwise(found):
        assert one.scale <= following.scale
        assert one.cheaper_above == following.cheaper_below


@given(curves(), STEPS, OUTPUT_BILLS)
def test_on_a_flat_both_bills_are_equal_at_the_crossing(
    teams: tuple[TeamCurve, ...], step: Decimal, output: Decimal
) -> None:
    for crossing in crossings(teams, step, output, LAST):
        if crossing.kind == "line":
            bill = input_bill(teams, step, crossing.scale - 1e-9)
            assert abs(bill - output * decimal_of(crossing.scale)) < Decimal("0.01")


@given(curves(), STEPS)
def test_the_input_bill_is_a_staircase_of_whole_steps_that_never_falls(
    teams: tuple[TeamCurve, ...], step: Decimal
) -> None:
    bills = [input_bill(teams[:1], step, scale) for scale in GRID]
    assert bills == sorted(bills)
    assert all(bill % (teams[0].price * step) == 0 for bill in bills)
