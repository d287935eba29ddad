"""From volumes to heads on the clock of the site."""

import math

import numpy as np
import pytest

from staffing.errors import BadInputError, InfeasibleError
from staffing.grid import WeekGrid
from staffing.requirement import (
    FixedHeads,
    TurnaroundWork,
    due_intervals,
    team_requirement,
    team_week,
)
from tests.builders.queueing import fewest_agents
from tests.builders.staffing import (
    ALWAYS,
    HOURLY,
    OFFICE,
    START,
    by_hour,
    deferrable_service,
    hours_mask,
    live_service,
    live_target,
    site_brief,
    team_brief,
    turnaround_target,
    workforce_terms,
)


def week_of(service, units, *, site=None, team=None, grid=HOURLY):
    return team_week(
        service, team or team_brief(service.name), site or site_brief(), units, grid, START
    )


def heads_of(service, units, *, team=None, scale=1.0):
    team = team or team_brief(service.name)
    week = week_of(service, units, team=team)
    return team_requirement(service, team, week, HOURLY, scale)


def test_live_heads_are_agents_grossed_up_for_time_in_the_office():
    """120 calls of 300 s an hour are 10 E: 14 agents, and 14 / 0.8 scheduled heads."""
    found = heads_of(live_service(), by_hour({(8, 9): 120.0}))
    assert isinstance(found, FixedHeads)
    assert found.heads[8] == pytest.approx(14 / 0.8)


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_the_load_does_not_depend_on_the_length_of_the_interval(minutes):
    grid = WeekGrid(minutes)
    service = live_service(open_mask=np.ones(grid.size, bool), min_heads=0)
    units = np.zeros(grid.size)
    units[3] = 120.0 * grid.interval_h
    week = week_of(service, units, site=site_brief(open_mask=service.open_mask), grid=grid)
    found = team_requirement(service, team_brief(), week, grid)
    assert isinstance(found, FixedHeads)
    heads = found.heads
    assert heads[3] == pytest.approx(14 / 0.8)
    assert not np.delete(heads, 3).any()


@pytest.mark.parametrize("scale", [0.25, 1.0, 1.5])
def test_volume_is_scaled_before_the_queue_is_sized(scale):
    units = by_hour({(8, 9): 120.0})
    target = live_target()
    agents = fewest_agents(
        10.0 * scale, target.handle_time_s, target.service_level, target.threshold_s, 0.85
    )
    assert heads_of(live_service(), units, scale=scale).heads[8] == pytest.approx(agents / 0.8)


def test_a_minimum_crew_is_on_duty_in_quiet_open_hours_only():
    heads = heads_of(live_service(min_heads=2), by_hour({(8, 9): 120.0})).heads
    assert heads[9] == 2  # people on duty: their breaks need no further people
    assert (heads[OFFICE] >= 2).all()
    assert not heads[~OFFICE].any()


def test_a_team_takes_its_share_of_the_volume():
    team = team_brief(share=0.5)
    assert heads_of(live_service(), by_hour({(8, 9): 240.0}), team=team).heads[8] * 0.8 == (
        pytest.approx(14)
    )


def test_contacts_of_a_live_queue_arrive_while_it_is_open():
    units = by_hour({(8, 9): 10.0, (20, 22): 1.0})
    with pytest.raises(InfeasibleError, match=r"helpdesk.*first Mon 20:00") as raised:
        week_of(live_service(), units)
    assert raised.value.rule == "opening_hours"
    assert [shortage.where for shortage in raised.value.shortages] == ["Mon 20:00", "Mon 21:00"]


def test_deferrable_work_may_arrive_while_closed():
    week = week_of(deferrable_service(), by_hour({(20, 22): 1.0}))
    assert week.arrivals[20] == 1
    assert not week.workable[20]


def test_a_live_queue_is_not_open_while_its_site_is_closed():
    site = site_brief(open_mask=hours_mask(range(5), 9, 18))
    with pytest.raises(InfeasibleError, match=r"Manila.*first Mon 08:00 local time") as raised:
        week_of(live_service(), by_hour({(9, 10): 1.0}), site=site)
    assert raised.value.rule == "site_hours"
    assert len(raised.value.shortages) == 5


def test_deferrable_work_is_workable_while_service_and_site_are_open():
    site = site_brief(open_mask=hours_mask(range(7), 9, 20))
    week = week_of(deferrable_service(), by_hour({(9, 10): 1.0}), site=site)
    assert np.array_equal(week.workable, hours_mask(range(5), 9, 18))


def test_opening_hours_and_arrivals_move_to_the_clock_of_the_site_together():
    """09:00 in New York (winter time on 1 March) is 22:00 in Manila."""
    service = live_service(time_zone="America/New_York")
    week = week_of(service, by_hour({(9, 10): 120.0}))
    assert np.flatnonzero(week.arrivals).tolist() == [22]
    assert np.flatnonzero(week.workable)[0] == 8 + 13
    assert week.workable.sum() == OFFICE.sum()


def test_clocks_half_an_interval_apart_need_a_finer_grid():
    for zone, minutes, fitting in (("Kolkata", 150, "15 or 30"), ("Kathmandu", 135, "15")):
        service = live_service(time_zone=f"Asia/{zone}")
        wanted = rf"interval_minutes: .*divides the {minutes} min .*: {fitting} \(found 60\)"
        with pytest.raises(BadInputError, match=wanted):
            week_of(service, by_hour({(9, 10): 1.0}))


def test_deferrable_work_keeps_rate_due_time_and_crew():
    team = team_brief("claims", workforce=workforce_terms(in_office=0.25))
    work = heads_of(deferrable_service(min_heads=3), by_hour({(9, 10): 8.0}), team=team, scale=0.5)
    assert isinstance(work, TurnaroundWork)
    assert work.arrivals[9] == 4
    assert work.units_per_head[9] == pytest.approx(5 * 0.75)
    assert work.units_per_head[20] == 0
    assert work.due_intervals == 48
    assert work.floor_heads[9] == 3
    assert work.floor_heads[20] == 0


@pytest.mark.parametrize(
    ("minutes", "turnaround_h", "intervals"),
    [(60, 1, 1), (60, 1.99, 1), (60, 48, 48), (30, 0.5, 1), (15, 0.7, 2), (15, 0.3 * 10, 12)],
)
def test_due_times_are_rounded_down_to_whole_intervals(minutes, turnaround_h, intervals):
    target = turnaround_target(turnaround_h=turnaround_h)
    assert due_intervals(target, "services[0].turnaround_h", WeekGrid(minutes)) == intervals


def test_an_hour_short_by_a_rounding_error_is_an_hour():
    target = turnaround_target(turnaround_h=math.nextafter(3.0, 0.0))
    assert due_intervals(target, "services[0].turnaround_h", HOURLY) == 3


def test_a_turnaround_below_one_interval_is_an_error_that_names_the_service():
    target = turnaround_target(turnaround_h=0.4)
    with pytest.raises(BadInputError, match=r"services\[0\]\.turnaround_h: .*found 0\.4"):
        due_intervals(target, "services[0].turnaround_h", WeekGrid(30))


def test_no_volume_needs_the_crew_only():
    heads = heads_of(live_service(min_heads=0), np.zeros(168)).heads
    assert not heads.any()
    assert ALWAYS.sum() == len(heads)


@pytest.mark.parametrize(
    "service",
    [
        live_service(target=live_target(handle_time_s=3_600_000.0)),
        deferrable_service(target=turnaround_target(units_per_head_hour=1e-5)),
    ],
    ids=["live", "deferrable"],
)
def test_work_for_more_people_than_any_site_holds_is_refused(service):
    with pytest.raises(BadInputError, match=r"volume: work for at most 20,000 people at once"):
        heads_of(service, by_hour({(9, 10): 120.0}))
