"""Laws of the roster over small weeks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.solver import SolveLimits, SolveLog
from tests.builders.exhaustive import least_cost_cover
from tests.builders.fifo import work_unit_by_unit
from tests.builders.staffing import (
    ALWAYS,
    HOURS,
    heads_problem,
    hours_mask,
    labour_rules,
    turnaround_problem,
    turnaround_work,
)

ONE_DAY = hours_mask([0], 8, 20)
COARSE = labour_rules(shift_lengths_h=(6.0, 10.0), shift_start_step_min=180)
HEADS = st.lists(st.sampled_from([0.0, 0.4, 1.0, 1.5, 2.0]), min_size=12, max_size=12)


def cover(problem):
    return cover_week(problem, SolveLimits(relative_gap=0.0), SolveLog())


def presence(problem, result):
    heads = np.zeros(HOURS)
    for shift, people in zip(problem.catalogue, result.counts, strict=True):
        for k in range(shift.length):
            heads[(shift.start + k) % HOURS] += people
    return heads


@settings(max_examples=30)
@given(HEADS, st.sampled_from([0.0, 3.0]), st.sampled_from([None, 1.0, 2.0, 3.0]))
def test_the_cheapest_roster_within_the_seats_is_found_or_there_is_none(heads, price, seats):
    week = np.zeros(HOURS)
    week[8:20] = heads
    left = None if seats is None else np.full(HOURS, seats)
    problem = heads_problem(
        week, site_open=ONE_DAY, labour=COARSE, seat_price=price, seats_left=left
    )
    best = least_cost_cover(problem, most_per_shift=2)
    if best is None:
        with pytest.raises(InfeasibleError) as raised:
            cover(problem)
        assert raised.value.rule in {"seats", "cover"}
        assert raised.value.shortages
        return
    result = cover(problem)
    assert np.isclose(result.objective, best)
    assert (presence(problem, result) >= week - 1e-6).all()


@settings(max_examples=10)
@given(
    st.lists(st.integers(0, 5), min_size=14, max_size=14),
    st.integers(12, 60),
    st.integers(0, 2),
    st.sampled_from([ALWAYS, hours_mask(range(7), 6, 22), hours_mask([0, 2, 4, 6], 0, 24)]),
)
def test_deferrable_plans_are_in_time_and_above_their_bound(half_days, due, crew, opened):
    """Work arrives at the start of half days; the plan is worked unit by unit."""
    arrivals = np.zeros(HOURS)
    arrivals[::12] = half_days
    problem = turnaround_problem(
        turnaround_work(arrivals, rate=1.0, due=due, floor=float(crew), workable=opened)
    )
    crowd = (1000 * opened).astype(int).tolist()
    _, late_in_any_case = work_unit_by_unit(arrivals.astype(int).tolist(), crowd, due, 1)
    if any(late_in_any_case):
        with pytest.raises(InfeasibleError, match=r"^turnaround: "):
            cover(problem)
        return
    result = cover(problem)
    heads = presence(problem, result)
    capacity = np.where(opened, heads, 0).astype(int).tolist()
    assert (heads >= crew * opened).all()
    assert result.bound <= result.objective + 1e-6
    if arrivals.any():
        _, late = work_unit_by_unit(arrivals.astype(int).tolist(), capacity, due, 2)
        assert not any(late)
