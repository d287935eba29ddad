"""Covering given heads: never short, as cheap as can be, and clear about what is missing."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.solver import SolveLimits, SolveLog
from tests.builders.exhaustive import least_cost_cover
from tests.builders.staffing import (
    HOURLY,
    HOURS,
    by_hour,
    heads_problem,
    hours_mask,
    labour_rules,
    team_brief,
)


def cover(problem, **limits):
    return cover_week(problem, SolveLimits(**limits), SolveLog())


def on_duty(problem, result):
    """Add people up shift by shift."""
    heads = np.zeros(HOURS)
    for shift, people in zip(problem.catalogue, result.counts, strict=True):
        for k in range(shift.length):
            heads[(shift.start + k) % HOURS] += people
    return heads


def used(problem, result):
    return [
        (HOURLY.label(shift.start), shift.length, int(people))
        for shift, people in zip(problem.catalogue, result.counts, strict=True)
        if people
    ]


def test_eight_hours_of_three_heads_take_three_shifts():
    problem = heads_problem(by_hour({(8, 16): 3.0}))
    result = cover(problem)
    assert used(problem, result) == [("Mon 08:00", 8, 3)]
    assert result.objective == pytest.approx(24)
    assert result.bound == pytest.approx(24)


def test_fractions_of_a_head_are_covered_by_whole_people():
    problem = heads_problem(by_hour({(8, 16): 2.2}))
    result = cover(problem)
    assert on_duty(problem, result)[8:16].tolist() == [3] * 8


def test_sunday_night_into_monday_is_one_shift():
    """Heads wanted Sunday 23:00 to Monday 03:00 only: one shift across the week's end."""
    problem = heads_problem(by_hour({(167, 171): 1.0}), labour=labour_rules(shift_lengths_h=(4.0,)))
    result = cover(problem)
    assert used(problem, result) == [("Sun 23:00", 4, 1)]
    assert np.flatnonzero(on_duty(problem, result)).tolist() == [0, 1, 2, 167]
    assert result.objective == pytest.approx(4)


def test_round_the_clock_one_head_takes_three_shifts_a_day():
    problem = heads_problem(np.ones(HOURS))
    result = cover(problem)
    assert result.counts.sum() == 21
    assert (on_duty(problem, result) == 1).all()


def test_the_dearer_hours_are_avoided():
    """Two hours wanted before the night premium begins: the shift ends with them."""
    hourly = team_brief().cost_by_interval(HOURLY)
    problem = heads_problem(by_hour({(20, 22): 1.0}), cost_by_interval=hourly)
    assert used(problem, cover(problem)) == [("Mon 14:00", 8, 1)]


@pytest.mark.parametrize(("seat_price", "seats", "labour"), [(0.0, 2, 12.0), (100.0, 1, 14.0)])
def test_a_seat_price_keeps_shifts_from_overlapping(seat_price, seats, labour):
    """Ten hours by two six-hour shifts: they overlap, or the second runs into dear hours."""
    hourly = np.where(hours_mask([0], 18, 24), 2.0, 1.0)
    problem = heads_problem(
        by_hour({(8, 18): 1.0}),
        site_open=hours_mask([0], 8, 20),
        labour=labour_rules(shift_lengths_h=(6.0,)),
        cost_by_interval=hourly,
        seat_price=seat_price,
    )
    result = cover(problem)
    assert on_duty(problem, result).max() == seats
    assert result.objective == pytest.approx(labour + seat_price * seats)


def test_nothing_to_cover_costs_nothing():
    result = cover(heads_problem(np.zeros(HOURS)))
    assert (result.objective, result.bound, result.gap) == (0, 0, 0)
    assert not result.counts.any()


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_of_all_rosters_is_found(seed):
    """Against every roster of up to three people on each of six shifts of a twelve-hour day."""
    rng = np.random.default_rng(seed)
    heads = np.zeros(HOURS)
    heads[8:20] = rng.integers(0, 4, 12) * rng.choice([1.0, 0.7], 12)
    problem = heads_problem(
        heads,
        site_open=hours_mask([0], 8, 20),
        labour=labour_rules(shift_lengths_h=(6.0, 10.0), shift_start_step_min=120),
        cost_by_interval=1 + rng.random(HOURS),
        seat_price=float(rng.integers(0, 8)),
    )
    assert 5 <= len(problem.catalogue) <= 6
    best = least_cost_cover(problem, most_per_shift=3)
    result = cover(problem, relative_gap=0.0)
    assert result.objective == pytest.approx(best)
    assert result.bound == pytest.approx(best)
    assert (on_duty(problem, result) >= heads - 1e-6).all()


def test_a_gap_that_is_allowed_is_reported_and_proven():
    rng = np.random.default_rng(3)
    heads = np.zeros(HOURS)
    heads[8:20] = rng.integers(0, 4, 12)
    problem = heads_problem(
        heads,
        site_open=hours_mask([0], 8, 20),
        labour=labour_rules(shift_lengths_h=(6.0, 10.0), shift_start_step_min=120),
    )
    result = cover(problem, relative_gap=0.3)
    best = least_cost_cover(problem, most_per_shift=4)
    assert result.bound <= best + 1e-6
    assert best <= result.objective + 1e-6
    assert result.gap == pytest.approx((result.objective - result.bound) / result.objective)


def test_too_few_seats_name_the_intervals_and_the_heads():
    problem = heads_problem(by_hour({(8, 16): 3.0, (32, 40): 5.0}), seats_left=np.full(HOURS, 3.0))
    with pytest.raises(InfeasibleError, match="2 more would do") as raised:
        cover(problem)
    assert raised.value.rule == "seats"
    assert [(s.where, round(s.heads, 3)) for s in raised.value.shortages] == [
        (f"Tue {hour:02d}:00", 2.0) for hour in range(8, 16)
    ]


def test_the_seats_named_suffice_although_shifts_must_overlap():
    """One head for twelve hours: two eight-hour shifts overlap, so one seat is not enough."""
    heads, site = by_hour({(6, 18): 1.0}), hours_mask([0], 6, 18)
    with pytest.raises(InfeasibleError, match="1 more would do") as raised:
        cover(heads_problem(heads, site_open=site, seats_left=np.ones(HOURS)))
    assert raised.value.rule == "seats"
    assert raised.value.shortages
    enough = heads_problem(heads, site_open=site, seats_left=np.full(HOURS, 2.0))
    assert cover(enough).counts.sum() == 2


@pytest.mark.parametrize("seats", [None, 50.0])
def test_hours_no_shift_can_reach_are_a_matter_of_cover_not_of_seats(seats):
    left = None if seats is None else np.full(HOURS, seats)
    problem = heads_problem(
        by_hour({(8, 12): 2.0}), site_open=hours_mask([0], 8, 12), seats_left=left
    )
    with pytest.raises(InfeasibleError, match=r"no allowed shift works at Mon 08:00") as raised:
        cover(problem)
    assert raised.value.rule == "cover"
    assert [s.heads for s in raised.value.shortages] == [2.0] * 4


def test_seats_taken_by_others_are_respected_hour_by_hour():
    """The morning is full: the eight hours of free choice move to the afternoon."""
    left = by_hour({(12, 24): 1.0})
    problem = heads_problem(by_hour({(14, 15): 1.0}), seats_left=left)
    assert used(problem, cover(problem))[0][0] in {"Mon 12:00", "Mon 13:00", "Mon 14:00"}


PEAK = by_hour({(8, 16): 2.0, (11, 12): 3.0})  # one head more for one hour takes 8 paid hours


@pytest.mark.parametrize(
    ("price", "cap", "people", "objective"),
    [
        (None, None, 3, 24.0),
        (7.0, None, 2, 16.0 + 7.0),
        (9.0, None, 3, 24.0),
        (7.0, 0.5, 3, 24.0),
        (0.0, None, 0, 0.0),
    ],
)
def test_heads_are_missing_where_that_is_cheaper_and_allowed(price, cap, people, objective):
    problem = heads_problem(PEAK)
    found = cover(replace(problem, shortfall_price=price, max_short_heads=cap))
    assert found.counts.sum() == people
    assert found.objective == pytest.approx(objective)
    assert found.bound == pytest.approx(objective, rel=0.002)


def test_a_cap_that_seats_cannot_keep_names_its_rule():
    problem = heads_problem(by_hour({(8, 16): 5.0}), seats_left=np.full(HOURS, 3.0))
    fits = cover(replace(problem, shortfall_price=1.0, max_short_heads=2.0))
    assert fits.counts.sum() == 3
    with pytest.raises(InfeasibleError) as caught:
        cover(replace(problem, shortfall_price=1.0, max_short_heads=1.0))
    assert caught.value.rule == "worst_interval"
    assert "at least 2.0" in caught.value.detail
