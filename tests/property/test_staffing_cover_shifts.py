"""Laws of the cover of heads by shifts, against every plan there is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.check.cover_rules import check_cover
from staffing.optimize.coverage import CandidateShift, cover_shifts
from tests.builders.covers import least_cost, shortfall_of


@st.composite
def instances(draw):
    """Draw up to 5 intervals of at most 4 heads, halves too, and up to 4 shifts of any shape."""
    size = draw(st.integers(1, 5))
    heads = st.integers(0, 8).map(lambda halves: halves / 2)
    requirement = draw(st.lists(heads, min_size=size, max_size=size))
    shifts = [
        CandidateShift(
            f"shift {j}",
            sorted(draw(st.sets(st.integers(0, size - 1)))),
            draw(st.integers(0, 6)) / 2,
            draw(st.none() | st.integers(0, 3)),
        )
        for j in range(draw(st.integers(0, 4)))
    ]
    return requirement, shifts


@given(instances(), st.none() | st.integers(0, 6).map(lambda halves: halves / 2))
def test_cost_is_that_of_the_cheapest_of_all_plans(instance, price):
    requirement, shifts = instance
    cover = cover_shifts(requirement, shifts, shortfall_price=price)
    least = least_cost(requirement, shifts, price)
    if least is None:
        assert cover.status == "infeasible"
        return
    assert cover.status == "optimal"
    assert cover.cost == pytest.approx(least)
    assert cover.bound == pytest.approx(least)
    assert cover.gap == pytest.approx(0, abs=1e-9)
    assert not check_cover(requirement, shifts, cover, shortfall_price=price)


@given(instances())
def test_what_is_infeasible_is_short_as_little_as_can_be_and_mended_by_its_relaxation(instance):
    requirement, shifts = instance
    cover = cover_shifts(requirement, shifts)
    if cover.status != "infeasible":
        assert cover.infeasibility is None
        return
    why = cover.infeasibility
    assert why is not None
    everybody = [99 if s.limit is None else s.limit for s in shifts]
    least_short = shortfall_of(requirement, shifts, everybody)
    assert cover.shortfall.tolist() == pytest.approx(least_short)
    assert why.heads_short == {t: short for t, short in enumerate(least_short) if short}
    worked = {t for shift in shifts for t in shift.covers}
    assert set(why.unreachable) == set(why.heads_short) - worked
    more = {relaxation.shift: relaxation.people for relaxation in why.relaxations}
    relaxed = [
        s if s.name not in more else replace(s, limit=s.limit + more[s.name]) for s in shifts
    ]
    reachable = [r if t in worked else 0 for t, r in enumerate(requirement)]
    assert cover_shifts(reachable, relaxed).status == "optimal"


@given(instances(), st.none() | st.integers(0, 3))
def test_nobody_is_on_a_shift_who_is_missed_nowhere(instance, price):
    requirement, shifts = instance
    cover = cover_shifts(requirement, shifts, shortfall_price=price)
    people = [cover.counts[shift.name] for shift in shifts]
    for j, shift in enumerate(shifts):
        if people[j]:
            fewer = [count - (i == j) for i, count in enumerate(people)]
            assert shortfall_of(requirement, shifts, fewer) != cover.shortfall.tolist(), shift.name


@given(instances(), st.integers(0, 4), st.integers(1, 4))
def test_more_demand_is_never_cheaper(instance, where, more):
    requirement, shifts = instance
    raised = list(requirement)
    raised[where % len(raised)] += more / 2
    for price in (None, 1.5):
        before = cover_shifts(requirement, shifts, shortfall_price=price)
        after = cover_shifts(raised, shifts, shortfall_price=price)
        if before.status == "infeasible":
            assert after.status == "infeasible"
        elif after.status == "optimal":
            assert after.cost >= before.cost - 1e-9


@given(instances(), st.integers(1, 4))
def test_turning_the_cyclic_week_changes_no_cost(instance, turn):
    requirement, shifts = instance
    size = len(requirement)
    turned = [replace(s, covers=[(t + turn) % size for t in s.covers]) for s in shifts]
    rolled = [requirement[(t - turn) % size] for t in range(size)]
    here, there = cover_shifts(requirement, shifts), cover_shifts(rolled, turned)
    assert here.status == there.status
    if here.status == "optimal":
        assert here.cost == pytest.approx(there.cost)
