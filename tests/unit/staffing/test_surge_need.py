"""From a team's week and a peak to extra work by day since the call, by hand."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.requirement import FixedHeads, TurnaroundWork
from staffing.surge import Backlog, Peak, SurgeLadder, SurgeLimits
from staffing.surge.need import ExtraWeek, extra_week, full_time_people, surge_problem
from staffing.week_cover import WeekCover
from tests.builders.staffing import (
    HOURLY,
    HOURS,
    by_hour,
    deferrable_service,
    live_service,
    team_brief,
    turnaround_target,
)
from tests.builders.surge import OVERTIME

WORKDAYS = np.array([True] * 5 + [False] * 2)
LADDER = SurgeLadder((OVERTIME,), shortfall_price=50.0, standby_weeks=26.0)
TEAM = team_brief()  # 40 hours a week in shifts of 8, a tenth away
WEEK = ExtraWeek(np.array([90.0, 72, 72, 72, 54, 0, 0]), most_at_once=12.0)
NINE_TO_FIVE = by_hour({(24 * day + 9, 24 * day + 17): 1.0 for day in range(5)})


def cover(paid):
    zeros = np.zeros(HOURS)
    return WeekCover((), zeros, zeros, zeros, paid, 0.0, 0.0, 0.0, "gap reached")


def turnaround_work(arrivals, rate):
    return TurnaroundWork(arrivals, rate, 24, np.zeros(HOURS), np.zeros(HOURS))


def laid_out(peak, ladder=LADDER, service=None, **options):
    service = service or deferrable_service(target=turnaround_target(turnaround_h=72.0))
    return surge_problem(service, TEAM, WEEK, peak, ladder, open_days=WORKDAYS, **options)


def test_extra_hours_are_the_extra_heads_times_what_shifts_take_over_the_need():
    """10 heads become 16 for 8 hours of 5 days; shifts of the peak pay a tenth more than that."""
    ordinary, at_peak = FixedHeads(10 * NINE_TO_FIVE), FixedHeads(16 * NINE_TO_FIVE)
    shifts = cover(1.1 * 16 * NINE_TO_FIVE)
    week = extra_week(ordinary, at_peak, shifts, WORKDAYS, HOURLY)
    assert week.hours == pytest.approx([6 * 8 * 1.1] * 5 + [0, 0])
    assert week.most_at_once == pytest.approx(6.6)


def test_shifts_that_cover_less_than_the_need_take_nothing_off():
    ordinary, at_peak = FixedHeads(10 * NINE_TO_FIVE), FixedHeads(16 * NINE_TO_FIVE)
    week = extra_week(ordinary, at_peak, cover(8 * NINE_TO_FIVE), WORKDAYS, HOURLY)
    assert week.hours[0] == pytest.approx(48)


def test_work_of_a_closed_day_waits_for_the_first_open_one():
    """20 units more on Saturday and 10 on Sunday, 5 a head and hour: 6 hours more on Monday."""
    rate = 5 * NINE_TO_FIVE
    more = by_hour({(120, 130): 2.0, (144, 154): 1.0})
    ordinary = turnaround_work(np.zeros(HOURS), rate)
    at_peak = turnaround_work(more, rate)
    week = extra_week(ordinary, at_peak, cover(np.zeros(HOURS)), WORKDAYS, HOURLY)
    assert week.hours == pytest.approx([6, 0, 0, 0, 0, 0, 0])


def test_days_count_from_the_call_and_run_on_until_waiting_work_is_due():
    """A fortnight from a Wednesday, known 54 hours before; 72 hours of turnaround: 2 days more."""
    problem = laid_out(Peak(0.5, notice_h=54, days=14), start_weekday=2)
    assert (problem.first_day_h, problem.lead_days) == (6, 2)
    assert problem.num_days == 2 + 14 + 2
    assert problem.day_names[:4] == ("Mon", "Tue", "Wed", "Thu")
    assert problem.need_h[:6].tolist() == [0, 0, 72, 72, 54, 0]
    assert problem.need_h[-2:].tolist() == [0, 0]
    assert problem.backlog == Backlog(1.0, 2)
    assert problem.hours_per_head[:7].tolist() == [8, 8, 8, 8, 8, 0, 0]
    assert (problem.shortfall_price, problem.standby_weeks) == (50, 26)
    assert problem.base_hourly_cost == pytest.approx(8 / 0.9)


def test_a_live_queue_cannot_wait():
    problem = laid_out(Peak(0.5, notice_h=0, days=7), service=live_service())
    assert (problem.backlog, problem.num_days) == (Backlog(), 7)
    half = replace(LADDER, waiting_share=0.5)
    assert laid_out(Peak(0.5, 0, 7), half).backlog.share == 0.5


def test_seats_are_those_the_site_has_left_unless_the_ladder_states_its_own():
    """360 hours a week are 10 full-time people of 36, 12 at once: each takes a seat."""
    assert full_time_people(360, TEAM) == pytest.approx(10)
    problem = laid_out(Peak(0.5, 0, 7), seats_left=7.0)
    assert (problem.limits.seats, problem.seats_per_head) == (7, 1)
    stated = replace(LADDER, limits=SurgeLimits(seats=30.0))
    assert laid_out(Peak(0.5, 0, 7), stated, seats_left=7.0).limits.seats == 30
    spread = replace(WEEK, most_at_once=5.0)
    service = live_service()
    turns = surge_problem(service, TEAM, spread, Peak(0.5, 0, 7), LADDER, open_days=WORKDAYS)
    assert turns.seats_per_head == pytest.approx(0.5)


def test_a_share_of_the_team_caps_a_source_and_its_own_heads_too():
    shared = replace(LADDER, team_shares={"overtime": 0.1})
    assert shared.for_team(25.0).sources[0].heads == 2.5
    assert shared.for_team(400.0).sources[0].heads == OVERTIME.heads
    assert LADDER.for_team(25.0) == LADDER


@pytest.mark.parametrize(("notice_h", "counted_h"), [(0, 48), (48, 48), (72, 72)])
def test_people_are_counted_when_promised_or_when_a_later_peak_begins(notice_h, counted_h):
    problem = laid_out(Peak(0.5, notice_h, 7))
    assert problem.promise_h == counted_h
    begins_h = problem.day_start_h[problem.lead_days]
    assert begins_h == notice_h
