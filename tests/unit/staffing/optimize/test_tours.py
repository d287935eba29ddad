"""Weeks of tours one can check by hand, and what is said when there is none."""

import re
from dataclasses import replace

import numpy as np
import pytest

from staffing.check.tours import check_tours
from staffing.errors import BadInputError, InfeasibleError, PlanCheckError
from staffing.grid import WeekGrid
from staffing.optimize.tours import Progress, plan_tours
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import first_staff
from staffing.optimize.tours.model import TourModel
from staffing.optimize.tours.neighbourhoods import Neighbourhoods
from staffing.optimize.tours.people import days_by_person, people_of
from staffing.optimize.tours.search import replan
from staffing.tours import BreakRule, TourRule, offered_groups
from tests.builders.tours import FIVE_DAYS, HOURLY, heads, week

NO_BREAKS = {"breaks": (), "weekly_hours_max": 48.0}


def days_worked(plan):
    return {tour.days: tour.count for tour in plan.tours}


def test_one_person_works_the_five_days_that_need_one():
    plan = plan_tours(week(**NO_BREAKS))
    assert [p.starts for p in plan.people] == [(8, 32, 56, 80, 104)]
    assert plan.objective == plan.bound == 40
    assert plan.gap == 0
    assert plan.reproducible


def test_a_meal_falls_where_nobody_is_missed():
    lunch_off = heads(
        *((day, 8, 11, 1) for day in range(5)), *((day, 12, 16, 1) for day in range(5))
    )
    plan = plan_tours(week(requirement=lunch_off))
    assert {taken for p in plan.people for taken in p.breaks} == {(24 * d + 11,) for d in range(5)}
    assert plan.objective == plan.bound == 35
    assert not plan.shortfall.any()


def test_two_people_stand_in_for_each_other_at_lunch_when_nobody_may_be_missing():
    plan = plan_tours(week(shortfall_price=None))
    assert plan.objective == 70
    assert len(plan.people) == 2
    assert (plan.presence[plan.presence < 2].min()) == 0
    assert not plan.shortfall.any()


def test_nobody_comes_where_a_person_costs_more_than_a_missing_head():
    plan = plan_tours(week(shortfall_price=0.5))
    assert plan.people == ()
    assert plan.objective == plan.bound == 20
    assert plan.shortfall.sum() == 40


def test_nobody_is_needed_and_nobody_comes():
    plan = plan_tours(week(requirement=np.zeros(168), shortfall_price=None))
    assert plan.people == ()
    assert plan.objective == plan.bound == plan.gap == 0


def test_seven_days_on_five_day_tours_take_seven_people_for_five_heads():
    wanted = heads(*((day, 8, 16, 5) for day in range(7)))
    plan = plan_tours(week(requirement=wanted, shortfall_price=None, **NO_BREAKS))
    assert len(plan.people) == 7
    assert plan.objective == plan.bound == 280


def test_days_off_follow_one_another_where_asked():
    rule = replace(FIVE_DAYS, consecutive_days_off=True)
    wanted = heads(*((day, 8, 16, 1) for day in (0, 1, 3, 4, 6)))
    free = plan_tours(week(requirement=wanted, shortfall_price=None, **NO_BREAKS))
    plan = plan_tours(week(requirement=wanted, tours=(rule,), shortfall_price=None, **NO_BREAKS))
    assert days_worked(free) == {(0, 1, 3, 4, 6): 1}
    assert len(plan.people) == 2
    assert all(rule.allows(frozenset(days)) for days in days_worked(plan))


def test_weekends_are_whole_or_free_where_asked():
    rule = replace(FIVE_DAYS, weekend="both_or_none")
    wanted = heads(*((day, 8, 16, 1) for day in (0, 1, 2, 3, 5)))
    plan = plan_tours(week(requirement=wanted, tours=(rule,), shortfall_price=None, **NO_BREAKS))
    assert len(plan.people) > 1
    for days in days_worked(plan):
        assert (5 in days) == (6 in days)


def test_a_share_keeps_the_cheaper_kind_of_week_rare():
    long = TourRule("four days", 4, (10.0,), consecutive_days_off=False, start_band_min=120)
    wanted = heads(*((day, 8, 18, 6) for day in range(4)))
    free = plan_tours(week(requirement=wanted, tours=(FIVE_DAYS, long), **NO_BREAKS))
    held = plan_tours(
        week(requirement=wanted, tours=(FIVE_DAYS, replace(long, share_max=0.5)), **NO_BREAKS)
    )
    assert {tour.rule for tour in free.tours} == {"four days"}
    count = {"four days": 0, "five days": 0}
    for tour in held.tours:
        count[tour.rule] += tour.count
    assert 0 < count["four days"] <= count["five days"]
    assert held.bound > free.objective


def test_part_of_a_head_is_missed_in_part():
    wanted = 2.5 * (week().requirement > 0)
    plan = plan_tours(week(requirement=wanted, shortfall_price=1.5, **NO_BREAKS))
    assert len(plan.people) == 2  # the third would cost 40 and save 20 half hours at 1.5
    assert plan.objective == plan.bound == 80 + 0.5 * 40 * 1.5
    hard = plan_tours(week(requirement=wanted, shortfall_price=None, **NO_BREAKS))
    assert len(hard.people) == 3


def test_a_night_shift_takes_its_break_after_midnight_on_sunday_too():
    nights = heads(*((day, 20, 24, 1) for day in range(7)), *((day, 25, 28, 1) for day in range(7)))
    plan = plan_tours(
        week(
            requirement=nights,
            tours=(replace(FIVE_DAYS, days_on=7),),
            daily_rest_h=11.0,
            weekly_hours_max=60.0,
            shortfall_price=None,
        )
    )
    assert [p.starts for p in plan.people] == [tuple(24 * day + 20 for day in range(7))]
    assert plan.people[0].breaks[6] == (0,)
    assert plan.objective == 49
    assert plan.bound == pytest.approx(49)


def test_no_interval_is_shorter_than_the_cap():
    wanted = heads(*((day, 8, 16, 3) for day in range(5)))
    cheap = plan_tours(week(requirement=wanted, shortfall_price=0.5, **NO_BREAKS))
    capped = plan_tours(
        week(requirement=wanted, shortfall_price=0.5, worst_interval_cap=1.0, **NO_BREAKS)
    )
    assert cheap.shortfall.max() == 3
    assert capped.shortfall.max() == 1
    assert len(capped.people) == 2


def test_the_largest_shortfall_and_seats_are_paid_once():
    wanted = heads(*((day, 8, 16, 3) for day in range(5)))
    problem = week(requirement=wanted, worst_interval_price=7.0, seat_price=9.0, **NO_BREAKS)
    plan = plan_tours(problem)
    assert plan.objective == plan.bound == 3 * 40 + 3 * 9
    few = plan_tours(replace(problem, seats_left=np.full(168, 2.0)))
    assert few.objective == few.bound == 2 * 40 + 2 * 9 + 6 * 40 + 7


def test_rests_on_a_quarter_hour_grid_are_placed_with_the_meal():
    grid = WeekGrid(15)
    breaks = (
        BreakRule("meal", 30, paid=False, centre=0.5, window_min=120),
        BreakRule("first rest", 15, paid=True, centre=0.25, window_min=75, shift_at_least_h=7.0),
        BreakRule("second rest", 15, paid=True, centre=0.75, window_min=75, shift_at_least_h=7.0),
    )
    open_mask = grid.window_mask(8 * 60, 18 * 60)
    problem = week(
        grid=grid,
        requirement=6.0 * open_mask,
        open_mask=open_mask,
        breaks=breaks,
        tours=(replace(FIVE_DAYS, shift_lengths_h=(6.0, 8.0)),),
        cost_by_interval=np.ones(grid.size),
        shortfall_price=None,
    )
    plan = plan_tours(problem)
    assert {(p.length, len(taken)) for p in plan.people for taken in p.breaks} <= {(24, 1), (32, 3)}
    assert check_tours(problem, plan) == ()


def infeasible(**changes):
    with pytest.raises(InfeasibleError) as caught:
        plan_tours(week(**{"shortfall_price": None, **NO_BREAKS, **changes}))
    return caught.value


@pytest.mark.parametrize(
    ("rule", "short", "changed"),
    [
        ("seats", 2, {"seats_left": np.full(168, 3.0)}),
        ("shift_in_opening", 5, {"open_mask": HOURLY.window_mask(9 * 60, 20 * 60)}),
    ],
)
def test_a_hard_cover_that_cannot_be_says_where_how_many_and_why(rule, short, changed):
    wanted = heads(*((day, 8, 16, 5) for day in range(5)))
    error = infeasible(requirement=wanted, **changed)
    assert error.rule == rule
    assert f"would have to give: {rule} (a week then costs " in error.detail
    assert (error.shortages[0].where, error.shortages[0].heads) == ("Mon 08:00", short)


@pytest.mark.parametrize(
    ("rules", "days_on", "limits"),
    [
        ("weekly_hours", 1, {"weekly_hours_max": 11.0}),
        ("daily_rest", 2, {"daily_rest_h": 13.0}),
        ("daily_rest, weekly_hours", 2, {"daily_rest_h": 13.0, "weekly_hours_max": 23.0}),
    ],
)
def test_labour_rules_that_leave_only_short_shifts_are_named(rules, days_on, limits):
    """At 05:00 there is only who came at midnight for 12 h: shifts begin at noon and midnight."""
    error = infeasible(
        requirement=heads((1, 5, 6, 4)),
        start_step_min=720,
        tours=(TourRule("rule", days_on, (3.0, 12.0), False, 60),),
        **limits,
    )
    told = re.findall(r"(\w+) \(a week then costs (\d+)\)", error.detail)
    assert {name for name, _ in told} - {"shift_length"} == ({rules} if "," not in rules else set())
    assert [int(cost) for _, cost in told] == sorted(int(cost) for _, cost in told)
    assert [(s.where, s.heads) for s in error.shortages] == [("Tue 05:00", 4)]


def test_a_share_that_forbids_the_cover_is_named():
    """Of two people, who have one seat, one would have to work the long shift."""
    short = TourRule("short", 7, (3.0,), False, 60)
    error = infeasible(
        requirement=heads(*((day, 5, 6, 1) for day in range(7))),
        start_step_min=720,
        tours=(short, replace(short, name="long", shift_lengths_h=(12.0,), share_max=0.3)),
        seats_left=np.ones(168),
        weekly_hours_max=99.0,
    )
    assert re.search(r"would have to give: .*share \(a week then costs \d+\)", error.detail)
    assert "seats (a week then costs" in error.detail


def test_a_cap_on_the_shortfall_that_seats_forbid_names_both():
    wanted = heads(*((day, 8, 16, 5) for day in range(5)))
    problem = week(requirement=wanted, worst_interval_cap=1.0, seats_left=np.full(168, 3.0))
    with pytest.raises(InfeasibleError, match=r"seats .* or worst_interval"):
        plan_tours(problem)


@pytest.mark.parametrize(
    ("field", "arguments"),
    [("effort", {"effort": "fast"}), ("seed", {"seed": -1}), ("time_s", {"time_s": 0.0})],
)
def test_bad_arguments_are_named(field, arguments):
    with pytest.raises(BadInputError) as caught:
        plan_tours(week(), **arguments)
    assert caught.value.issues[0].path == field


def test_a_plan_that_breaks_a_rule_is_never_handed_out(monkeypatch):
    def lazy(*arguments):
        people = people_of(*arguments)
        return tuple(replace(p, starts=p.starts[:4], breaks=p.breaks[:4]) for p in people)

    monkeypatch.setattr("staffing.optimize.tours.week.people_of", lazy)
    with pytest.raises(PlanCheckError, match="days_on"):
        plan_tours(week())


def test_the_search_tells_what_it_does():
    seen: list[Progress] = []
    plan = plan_tours(week(), log=seen.append)
    assert [event.stage for event in seen] == ["relaxation", "dive", "moves", "plan"]
    assert seen[-1].objective == plan.objective
    assert all(event.solver_s <= event.elapsed_s for event in seen)


@pytest.mark.parametrize(
    "heads_by_day", [[3, 3, 3, 3, 3, 0, 0], [3, 2, 2, 2, 2, 2, 2], [3, 3, 2, 2, 1, 2, 2]]
)
def test_days_are_shared_out_evenly(heads_by_day):
    shared = days_by_person(heads_by_day, 3)
    assert [len(set(days)) for days in shared] == [5, 5, 5]
    assert [sum(day in days for days in shared) for day in range(7)] == heads_by_day


def test_a_thorough_search_is_never_worse_and_says_that_the_clock_ended_it():
    rule = replace(FIVE_DAYS, weekend="both_or_none")
    wanted = heads(*((day, 8, 16, 1) for day in (0, 1, 2, 3, 5)))
    problem = week(requirement=wanted, tours=(rule,), shortfall_price=None, **NO_BREAKS)
    quick, thorough = plan_tours(problem), plan_tours(problem, "thorough", time_s=2.0)
    assert thorough.objective <= quick.objective
    assert thorough.bound == quick.bound
    assert not thorough.reproducible
    assert thorough.stop_reason == "time"


def test_a_thorough_search_ends_at_once_when_nothing_is_left_to_gain():
    plan = plan_tours(week(**NO_BREAKS), "thorough", time_s=600.0)
    assert plan.stop_reason == "gap closed"
    assert plan.objective == plan.bound == 40


def test_a_part_planned_anew_keeps_everybody_else():
    wanted = heads(*((day, 8, 16, 3) for day in range(6)))
    problem = week(requirement=wanted)
    model = TourModel(problem, offered_groups(problem))
    engine = Engine(model.matrix, model.integers)
    relaxed = engine.solve()
    assert relaxed is not None
    staff = first_staff(model, engine, relaxed, seed=0)
    monday = Neighbourhoods(model, relaxed, seed=0).days(staff.point.values, np.array([0]))
    again = replan(model, engine, staff.point.values, monday, time_s=60.0)
    assert again is not None
    assert again.objective <= staff.point.objective + 1e-6
    others = np.setdiff1d(model.people, monday)
    assert again.values[others] == pytest.approx(staff.point.values[others])


def test_given_starts_are_the_only_ones_and_cost_no_less():
    """Work from 8 to 16 o'clock: starting at 9 leaves an hour a day short, from 8 none."""
    free = plan_tours(week(), effort="quick")
    given = plan_tours(week(start_step_min=60, starts_min=(9 * 60, 21 * 60)), effort="quick")
    assert {start % 24 for person in given.people for start in person.starts} == {9}
    assert not list(check_tours(week(starts_min=(9 * 60, 21 * 60)), given))
    assert given.objective > free.objective


def test_annealed_weeks_keep_to_given_starts_too():
    problem = week(
        requirement=heads(*((day, 6, 22, 8) for day in range(7))),
        start_step_min=120,
        starts_min=(6 * 60, 14 * 60),
    )
    found = plan_tours(problem, effort="thorough", time_s=4.0)
    assert {start % 24 for person in found.people for start in person.starts} == {6, 14}
    assert not list(check_tours(problem, found))


@pytest.mark.parametrize("starts", [(30,), (1440,), (-60,)])
def test_a_given_start_off_the_step_or_the_day_is_refused(starts):
    with pytest.raises(BadInputError, match="starts_min"):
        week(starts_min=starts)
