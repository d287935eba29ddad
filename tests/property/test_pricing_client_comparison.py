"""A bill read between the points of a quote is the bill that staffing curve and step give there."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.client_comparison.budget import probability_over
from pricing.client_comparison.savings import payback_month, present_value
from pricing.client_comparison.staircase import Bills, Staircase, crossings_of
from pricing.comparison import TeamCurve, all_rises, crossings, input_bill, volume_grid
from tests.builders.pricing import team_curve

SCALES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
LAST = 2.0
NEAR = 2e-6  # feet are listed to six places


@st.composite
def curves(draw: st.DrawFn) -> tuple[TeamCurve, ...]:
    """One or two teams whose need never falls."""
    teams = []
    for index in range(draw(st.integers(1, 2))):
        rises = draw(st.lists(st.integers(0, 60), min_size=8, max_size=8))
        needed = tuple(sum(rises[: i + 1]) / 20 for i in range(8))
        price = draw(st.integers(90_000, 900_000)) / 100
        teams.append(team_curve(SCALES, needed, price, f"team {index}"))
    return tuple(teams)


STEPS = st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(3)])


def staircase(teams: tuple[TeamCurve, ...], step: Decimal) -> Staircase:
    """The points a quote of these teams lists."""
    grid = volume_grid(teams, step)
    return Staircase(tuple(grid), tuple(input_bill(teams, step, s) for s in grid), has_feet=True)


@settings(max_examples=60)
@given(curves(), STEPS, st.lists(st.floats(0.01, 1.99), min_size=5, max_size=5))
def test_the_bill_at_any_work_is_that_of_curve_and_step(
    teams: tuple[TeamCurve, ...], step: Decimal, works: list[float]
) -> None:
    read = staircase(teams, step)
    rises = all_rises(teams, step, LAST)
    for work in works:
        if all(abs(work - rise) > NEAR for rise in rises):
            assert read.at(work) == input_bill(teams, step, round(work, 6))


@settings(max_examples=60)
@given(curves(), STEPS, st.integers(100_000, 5_000_000))
def test_crossings_read_from_points_are_those_found_on_the_curve(
    teams: tuple[TeamCurve, ...], step: Decimal, cents: int
) -> None:
    output = Decimal(cents) / 100
    wanted = [c for c in crossings(teams, step, output, LAST) if c.scale < LAST - 1e-4]
    found = [
        c for c in crossings_of(Bills(staircase(teams, step), output)) if c.share < LAST - 1e-4
    ]
    # A line may touch a step within the six places of its foot: then one of both sees two more.
    if len(found) == len(wanted):
        for one, two in zip(found, wanted, strict=True):
            assert abs(one.share - two.scale) < 1e-5
            assert one.cheaper_above == two.cheaper_above
    else:
        assert abs(len(found) - len(wanted)) % 2 == 0


@settings(max_examples=60)
@given(
    st.lists(st.floats(1, 1e9), min_size=3, max_size=3).map(sorted),
    st.lists(st.floats(1, 1e10), min_size=2, max_size=2).map(sorted),
)
def test_a_larger_budget_is_never_likelier_to_be_exceeded(
    quantiles: list[float], budgets: list[float]
) -> None:
    p10, p50, p90 = quantiles
    less, more = (probability_over(p10, p50, p90, budget) for budget in budgets)
    assert 0 <= more <= less <= 1


@settings(max_examples=60)
@given(
    st.integers(0, 1000),
    st.lists(st.integers(-100, 300), min_size=1, max_size=36),
    st.integers(0, 50),
)
def test_after_the_payback_month_nothing_is_owed_and_discounting_only_lowers_savings(
    at_start: int, flows: list[int], percent: int
) -> None:
    exact = [Decimal(flow) for flow in flows]
    month = payback_month(Decimal(at_start), exact)
    owed = [sum(flows[:m]) - at_start for m in range(1, len(flows) + 1)]
    if month is None:
        assert owed[-1] < 0
    else:
        assert min(owed[month - 1 :]) >= 0
        assert month == 1 or owed[month - 2] < 0
    rate = Decimal(percent) / 100
    if all(flow >= 0 for flow in flows):
        now = present_value(Decimal(at_start), exact, Decimal(0))
        assert present_value(Decimal(at_start), exact, rate) <= now
