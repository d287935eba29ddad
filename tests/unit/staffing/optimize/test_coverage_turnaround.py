"""Deferrable work: in time, bounded from below, and clear about what cannot be done."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from staffing.errors import InfeasibleError
from staffing.optimize.coverage import cover_week
from staffing.optimize.solver import SolveLimits, SolveLog
from tests.builders.exhaustive import least_cost_in_time
from tests.builders.fifo import work_unit_by_unit
from tests.builders.staffing import (
    HOURS,
    by_hour,
    hours_mask,
    labour_rules,
    turnaround_problem,
    turnaround_work,
)

DAYTIME = hours_mask(range(7), 6, 18)


def cover(problem):
    return cover_week(problem, SolveLimits(), SolveLog())


def on_duty(problem, result):
    heads = np.zeros(HOURS)
    for shift, people in zip(problem.catalogue, result.counts, strict=True):
        for k in range(shift.length):
            heads[(shift.start + k) % HOURS] += people
    return heads


def late_units(problem, result):
    """Work the roster unit by unit; rates of these tests are whole."""
    work = problem.target
    capacity = (work.units_per_head * on_duty(problem, result)).astype(int).tolist()
    _, late = work_unit_by_unit(
        work.arrivals.astype(int).tolist(), capacity, work.due_intervals, warm_up_weeks=2
    )
    return sum(late)


def test_a_days_work_within_a_day_takes_one_shift():
    """40 units on Monday 08:00, five an hour, due in 24 h: one person, eight hours."""
    problem = turnaround_problem(turnaround_work(by_hour({(8, 9): 40.0}), rate=5.0))
    result = cover(problem)
    assert result.counts.sum() == 1
    assert result.objective == pytest.approx(8)
    assert result.bound == pytest.approx(8)
    assert late_units(problem, result) == 0


@pytest.mark.parametrize(("units", "shifts"), [(1.0, 1), (40.0, 1), (41.0, 2), (81.0, 3)])
def test_a_tiny_team_is_proven_best_in_whole_shifts(units, shifts):
    """A shift finishes 40 units at most, so one unit takes one shift, not a fortieth."""
    work = turnaround_work(by_hour({(8, 9): units}), rate=5.0, due=168)
    result = cover(turnaround_problem(work))
    assert result.objective == pytest.approx(8 * shifts)
    assert result.bound == pytest.approx(8 * shifts)
    assert result.gap == pytest.approx(0)


def test_heads_in_use_are_reported_when_and_as_timed():
    problem = turnaround_problem(
        turnaround_work(by_hour({(8, 9): 40.0}), rate=5.0, due=8, workable=hours_mask([0], 8, 16))
    )
    assert cover(problem).required[8:16].tolist() == [1.0] * 8


def test_sunday_evenings_work_is_done_on_monday():
    open_hours = hours_mask([0], 0, 24)
    work = turnaround_work(by_hour({(160, 161): 16.0}), rate=2.0, due=24, workable=open_hours)
    problem = turnaround_problem(work)
    result = cover(problem)
    assert result.counts.sum() == 1
    assert late_units(problem, result) == 0


def test_a_minimum_crew_is_on_duty_whatever_the_work():
    floor = turnaround_work(np.zeros(HOURS), floor=2.0, workable=hours_mask([0], 8, 16))
    problem = turnaround_problem(floor)
    result = cover(problem)
    assert on_duty(problem, result)[8:16].tolist() == [2] * 8
    assert result.objective == pytest.approx(16)


def test_no_work_and_no_crew_cost_nothing():
    result = cover(turnaround_problem(turnaround_work(np.zeros(HOURS))))
    assert (result.objective, result.bound, result.gap) == (0, 0, 0)


@pytest.mark.parametrize("seed", range(5))
def test_the_bound_is_below_the_cheapest_of_all_rosters_and_the_plan_above(seed):
    """Against every roster of up to five people on each of four shifts of one day."""
    rng = np.random.default_rng(seed)
    arrivals = np.zeros(HOURS)
    arrivals[8:18] = rng.integers(0, 9, 10)
    opened = hours_mask([0], 8, 20)
    problem = turnaround_problem(
        turnaround_work(arrivals, rate=3.0, due=int(rng.integers(4, 30)), workable=opened),
        site_open=opened,
        labour=labour_rules(shift_lengths_h=(6.0,), shift_start_step_min=120),
        cost_by_interval=1 + rng.random(HOURS),
    )
    assert len(problem.catalogue) == 4
    best = least_cost_in_time(problem, most_per_shift=5)
    if best is None:
        with pytest.raises(InfeasibleError, match="turnaround_h is shorter"):
            cover(problem)
        return
    result = cover(problem)
    assert late_units(problem, result) == 0
    assert result.bound <= best + 1e-6
    assert best <= result.objective + 1e-6
    assert result.gap == pytest.approx((result.objective - result.bound) / result.objective)


def test_no_shift_of_the_plan_can_be_dropped():
    arrivals = by_hour({(8 + 24 * d, 16 + 24 * d): 7.0 for d in range(5)})
    problem = turnaround_problem(turnaround_work(arrivals, rate=3.0, due=24))
    result = cover(problem)
    assert late_units(problem, result) == 0
    for column in np.flatnonzero(result.counts):
        fewer = replace(result, counts=result.counts - (np.arange(len(result.counts)) == column))
        short = 3 * on_duty(problem, fewer).sum() < arrivals.sum()
        assert short or late_units(problem, fewer)


def test_more_volume_never_costs_less_by_more_than_the_gap():
    arrivals = by_hour({(8 + 24 * d, 18 + 24 * d): 6.0 for d in range(5)})
    results = [
        cover(turnaround_problem(turnaround_work(arrivals * scale, rate=3.0, due=30)))
        for scale in (0.5, 0.75, 1.0, 1.5, 2.0)
    ]
    for less, more in pairwise(results):
        assert more.bound >= less.bound - 1e-6
        assert more.objective >= less.objective * (1 - less.gap) - 1e-6


def test_a_longer_turnaround_never_raises_the_bound():
    arrivals = by_hour({(8 + 24 * d, 18 + 24 * d): 6.0 for d in range(5)})
    bounds = [
        cover(turnaround_problem(turnaround_work(arrivals, rate=3.0, due=due))).bound
        for due in (2, 8, 24, 72, 200)
    ]
    assert (np.diff(bounds) <= 1e-6).all()


def test_work_no_number_of_people_can_finish_names_where_it_arrives():
    """Work of Friday 18:00 waits for Monday 08:00, 62 hours: 48 are too short, 63 suffice."""
    office = hours_mask(range(5), 8, 18)
    friday = by_hour({(4 * 24 + 18, 4 * 24 + 19): 16.0})
    with pytest.raises(InfeasibleError, match="work arriving Fri 18:00 cannot") as raised:
        cover(turnaround_problem(turnaround_work(friday, rate=2.0, due=48, workable=office)))
    assert raised.value.rule == "turnaround"
    assert [shortage.where for shortage in raised.value.shortages] == ["Fri 18:00"]
    enough = turnaround_problem(turnaround_work(friday, rate=2.0, due=70, workable=office))
    assert late_units(enough, cover(enough)) == 0


def test_too_few_seats_name_a_number_that_suffices():
    """48 units due the same day, one an hour on a twelve-hour site: one seat cannot do it."""
    work = turnaround_work(by_hour({(6, 7): 48.0}), due=12, workable=DAYTIME)

    def with_seats(seats):
        return turnaround_problem(work, site_open=DAYTIME, seats_left=np.full(HOURS, float(seats)))

    with pytest.raises(InfeasibleError, match="more would do") as raised:
        cover(with_seats(1))
    assert raised.value.rule == "seats"
    suffices = 1 + int(re.findall(r"(\d+) more would do", raised.value.detail)[0])
    result = cover(with_seats(suffices))
    assert on_duty(with_seats(suffices), result).max() <= suffices
    assert late_units(with_seats(suffices), result) == 0


def test_whole_people_are_fitted_into_one_seat_when_fractions_would_need_two():
    """7.2 h of work a day on a twelve-hour day and one seat: one eight-hour shift a day does it."""
    work = turnaround_work(np.where(DAYTIME, 0.6, 0.0), due=24, workable=DAYTIME)
    problem = turnaround_problem(work, site_open=DAYTIME, seats_left=np.ones(HOURS))
    result = cover(problem)
    assert on_duty(problem, result).max() == 1
    assert result.objective == pytest.approx(7 * 8)


def test_a_crew_no_shift_can_provide_is_a_matter_of_cover():
    """Tuesday is open for four hours only, too short for any shift."""
    opened = hours_mask([0], 8, 18) | hours_mask([1], 8, 12)
    work = turnaround_work(by_hour({(8, 9): 2.0}), floor=1.0, workable=opened)
    with pytest.raises(InfeasibleError, match="no allowed shift works at Tue 08:00") as raised:
        cover(turnaround_problem(work, site_open=opened))
    assert raised.value.rule == "cover"
