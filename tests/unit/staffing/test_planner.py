"""The planner: one brief in, one plan out, at any number of seats that suffices."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from staffing.calendar import ContractCalendar
from staffing.check import check_plan
from staffing.demand import weekly_volumes
from staffing.errors import InfeasibleError, SolverStoppedError
from staffing.grid import WeekGrid
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.planner import plan_staffing
from tests.builders.staffing import (
    ALWAYS,
    START,
    deferrable_service,
    labour_rules,
    live_service,
    site_brief,
    staffing_brief,
    team_brief,
    volume_brief,
)

QUIET = volume_brief(units_per_year=6_000)


def seats_of(brief, seats):
    return replace(brief, sites=(site_brief(seats=seats),))


def test_volumes_of_the_plan_are_those_of_the_brief():
    service = live_service(volume=volume_brief(growth_per_year=0.3))
    plan = plan_staffing(staffing_brief(service))
    expected = weekly_volumes(service.volume, ContractCalendar(START, 3))
    assert plan.volumes[0].units_by_week == pytest.approx(expected, abs=1e-6)
    days = np.array([31, 30, 31]) / 7
    assert np.array(plan.volumes[0].units_by_month) / days == pytest.approx(
        np.full(3, expected.mean()), rel=0.03
    )


def test_a_service_shared_by_two_sites_is_planned_once():
    """60 % and 40 %: the shares of the base week add up to it."""
    sites = (site_brief(), site_brief(name="Cebu"))
    teams = (team_brief(share=0.6), team_brief(site="Cebu", share=0.4))
    brief = staffing_brief(live_service(), sites=sites, teams=teams)
    plan = plan_staffing(brief)
    by_team = [team.units_per_week for team in plan.teams]
    assert sum(by_team) == pytest.approx(plan.volumes[0].base_week_units)
    assert by_team[0] / by_team[1] == pytest.approx(1.5)
    assert check_plan(brief, plan) == ()


@pytest.mark.slow
def test_teams_come_in_the_order_of_the_brief_though_live_ones_are_seated_first():
    brief = seats_of(staffing_brief(deferrable_service(volume=QUIET), live_service()), 6)
    plan = plan_staffing(brief)
    assert [team.service for team in plan.teams] == ["claims", "helpdesk"]
    calls = np.array(plan.teams[1].roster.on_duty)
    claims = np.array(plan.teams[0].roster.on_duty)
    assert (calls + claims).max() <= 6
    assert calls.max() == 5
    assert check_plan(brief, plan) == ()


def test_seats_named_as_needed_suffice():
    brief = staffing_brief(live_service())
    with pytest.raises(InfeasibleError) as raised:
        plan_staffing(seats_of(brief, 2))
    assert raised.value.rule == "seats"
    needed = 2 + int(re.findall(r"(\d+) more would do", raised.value.detail)[0])
    enough = seats_of(brief, needed)
    assert check_plan(enough, plan_staffing(enough)) == ()
    with pytest.raises(InfeasibleError):
        plan_staffing(seats_of(brief, needed - 1))


@pytest.mark.slow
def test_seats_that_other_teams_take_are_not_counted_as_free():
    """The calls take five of nine seats; the claims need five, and are told that one is missing."""
    brief = staffing_brief(deferrable_service(), live_service())
    with pytest.raises(InfeasibleError, match=r"claims @ Manila.* 1 more would do") as raised:
        plan_staffing(seats_of(brief, 9))
    assert raised.value.rule == "seats"
    assert plan_staffing(seats_of(brief, 10)).sites[0].peak_heads == 10


@pytest.mark.parametrize(
    "service",
    [
        live_service(volume=QUIET),
        pytest.param(deferrable_service(volume=QUIET), marks=pytest.mark.slow),
    ],
    ids=["live", "deferrable"],
)
def test_a_site_with_just_the_seats_of_plan_volume_is_enough(service):
    """The curve above plan volume must not refuse what plan volume allows."""
    peak = plan_staffing(staffing_brief(service)).sites[0].peak_heads
    brief = seats_of(staffing_brief(service), peak)
    plan = plan_staffing(brief)
    assert plan.sites[0].peak_heads == peak
    assert check_plan(brief, plan) == ()


def test_weeks_that_outgrow_the_seats_are_warned_about():
    season = np.array([1.0] * 3 + [2.5] + [1.0] * 8)
    service = live_service(volume=volume_brief(seasonality=season))
    plan = plan_staffing(staffing_brief(service))
    assert plan.warnings == ()
    plan = plan_staffing(seats_of(staffing_brief(service), plan.sites[0].peak_heads))
    assert re.match(r"Manila: the busiest weeks take \d+ seats .*available", plan.warnings[0])


def test_the_busiest_week_is_a_solved_point_of_the_curve():
    season = np.array([0.5] * 3 + [6.5] + [0.5] * 8)
    brief = staffing_brief(live_service(volume=volume_brief(seasonality=season)), term_months=12)
    plan = plan_staffing(brief)
    busiest = max(plan.volumes[0].units_by_week) / plan.volumes[0].base_week_units
    assert busiest > 2
    assert plan.teams[0].curve[-1].scale == pytest.approx(busiest, abs=1e-5)


def test_a_night_shift_on_the_site_clock_serves_the_day_of_the_client():
    """Office hours in New York are 21:00 to 07:00 in Manila."""
    brief = staffing_brief(live_service(time_zone="America/New_York"))
    roster = plan_staffing(brief).teams[0].roster
    on_duty = np.array(roster.on_duty)
    needed = np.flatnonzero(roster.required_heads)
    assert sorted({int(t) % 24 for t in needed}) == [0, 1, 2, 3, 4, 5, 6, 21, 22, 23]
    assert (on_duty[needed] > 0).all()
    assert roster.paid_hours_by_class["night"] >= 4 * 8  # 22:00 to 06:00, Tuesday to Friday


@pytest.mark.parametrize("minutes", [15, 30])
def test_finer_grids_plan_the_same_work(minutes):
    grid = WeekGrid(minutes)
    opened = np.isin(grid.weekday, range(5)) & grid.window_mask(480, 1080)
    brief = staffing_brief(
        live_service(open_mask=opened),
        sites=(site_brief(open_mask=np.ones(grid.size, bool)),),
        grid=grid,
    )
    plan, hourly = plan_staffing(brief), plan_staffing(staffing_brief(live_service()))
    assert check_plan(brief, plan) == ()
    assert plan.teams[0].roster.paid_hours == pytest.approx(hourly.teams[0].roster.paid_hours)


@pytest.mark.slow
def test_the_same_brief_gives_the_same_plan_to_the_last_digit():
    brief = staffing_brief(live_service(), deferrable_service())
    assert plan_staffing(brief).model_dump_json() == plan_staffing(brief).model_dump_json()


def test_a_plan_survives_the_way_through_json():
    plan = plan_staffing(staffing_brief(live_service(open_mask=ALWAYS)))
    assert type(plan).model_validate_json(plan.model_dump_json()) == plan


def test_progress_and_log_follow_every_solve():
    steps: list[str] = []
    log = SolveLog()
    plan_staffing(staffing_brief(live_service()), progress=steps.append, log=log)
    assert steps[0] == "helpdesk @ Manila: shifts at 100% of plan volume"
    assert steps[-1] == "helpdesk @ Manila: hiring over 14 weeks"
    assert log.num_solves == len(steps)


def test_a_planning_run_out_of_time_says_so():
    with pytest.raises(SolverStoppedError, match="TimeLimit"):
        plan_staffing(staffing_brief(live_service()), limits=SolveLimits(safety_time_s=0.0))


@pytest.mark.slow
def test_stricter_labour_rules_never_lower_the_bound_on_cost():
    free = labour_rules(shift_lengths_h=(4.0, 6.0, 8.0))
    bounds = [
        plan_staffing(staffing_brief(live_service(), teams=(team_brief(labour=rules),)))
        .teams[0]
        .roster.proof
        for rules in (free, labour_rules(), labour_rules(shift_start_step_min=240))
    ]
    for loose, strict in pairwise(bounds):
        assert strict.objective >= loose.bound - 1e-6
        assert strict.bound >= loose.bound * (1 - 0.002)
