"""Every rule of a week of tours: one that holds, and one broken in each way."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.tours import check_tours
from staffing.tours import BreakRule, TourRule
from tests.builders.tours import FIVE_DAYS, MEAL, heads, hours, person, plan, week

MORNINGS = [24 * day + 8 for day in range(5)]
GOOD = person(MORNINGS, [4])
REST = BreakRule("rest", length_min=60, paid=True, centre=0.2, window_min=60)


def rules(problem, *people, **changed):
    found = check_tours(problem, replace(plan(problem, people), **changed))
    return sorted({violation.rule for violation in found})


def closed(day, first, last):
    mask = np.ones(168, dtype=bool)
    mask[hours(day, first, last)] = False
    return mask


def test_a_good_week_breaks_no_rule():
    assert rules(week(), GOOD) == []


def test_the_figures_of_a_week_are_those_one_counts_by_hand():
    written = plan(week(), [GOOD], bound=30.0)
    assert written.paid_hours == 35
    assert written.labour_cost == 35
    assert written.objective == 35 + 6 * 5  # five meals, an hour short each
    assert written.gap == pytest.approx(35 / 65)
    assert written.presence[hours(0, 8, 17)].tolist() == [1, 1, 1, 1, 0, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("broken", "changed"),
    [
        (["days_on"], person(MORNINGS[:4], [4])),
        (["daily_rest", "days_on"], person([8, 9, *MORNINGS[1:4]], [4])),
        (["break_window"], person(MORNINGS, [2])),
        (["break_window"], person(MORNINGS, [5])),
        (["band"], person([start + 2 for start in MORNINGS], [4])),
        (["band"], person([*MORNINGS[:4], MORNINGS[4] - 1], [4])),
        (["band"], person([start - 1 for start in MORNINGS], [4], band=7)),
        (["shift_length"], person(MORNINGS, [3], length=7)),
    ],
)
def test_each_rule_of_a_person_is_broken_by_one_change(broken, changed):
    assert rules(week(), changed) == broken


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("break_window", person(MORNINGS, [])),
        ("break_window", person(MORNINGS, [1, 4])),
        ("break_window", replace(GOOD, breaks=GOOD.breaks[:4])),
        ("break_window", replace(GOOD, breaks=((500,), *GOOD.breaks[1:]))),
        ("shift_length", person(MORNINGS, [4], length=0)),
        ("shift_length", person(MORNINGS, [4], length=200)),
        ("tour_rule", person(MORNINGS, [4], rule="six days")),
        ("shift_start", person([], [])),
        ("shift_start", replace(GOOD, starts=(8, 32, 56, 80, 168))),
    ],
)
def test_people_that_make_no_sense_are_named_and_crash_nothing(rule, changed):
    assert rule in rules(week(), GOOD, people=(changed,))


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        ("daily_rest", {"daily_rest_h": 16.0}, {"daily_rest_h": 16.5}),
        ("weekly_hours", {"weekly_hours_max": 35.0}, {"weekly_hours_max": 34.0}),
        (
            "day_pattern",
            {"tours": (replace(FIVE_DAYS, consecutive_days_off=True),)},
            {"tours": (replace(FIVE_DAYS, consecutive_days_off=True),), "turn": 2},
        ),
        (
            "day_pattern",
            {"tours": (replace(FIVE_DAYS, weekend="both_or_none"),)},
            {"tours": (replace(FIVE_DAYS, weekend="both_or_none"),), "turn": 1},
        ),
        ("shift_in_opening", {"open_mask": closed(0, 7, 8)}, {"open_mask": closed(0, 15, 16)}),
        ("shift_start", {"start_step_min": 240}, {"start_step_min": 720}),
        ("shift_start", {"starts_min": (0, 480)}, {"starts_min": (0, 540)}),
        (
            "cover",
            {"shortfall_price": None, "requirement": heads((0, 8, 12, 1))},
            {"shortfall_price": None},
        ),
        ("worst_interval", {"worst_interval_cap": 1.0}, {"worst_interval_cap": 0.5}),
        ("seats", {"seats_left": np.ones(168)}, {"seats_left": np.zeros(168)}),
        (
            "share",
            {"tours": (FIVE_DAYS,)},
            {"tours": (replace(FIVE_DAYS, share_max=0.5), replace(FIVE_DAYS, name="other"))},
        ),
    ],
)
def test_each_rule_of_the_problem_holds_just_within_and_breaks_just_beyond(rule, kept, broken):
    assert rules(week(**kept), GOOD) == []
    turn = broken.pop("turn", 0)
    days = {0: (0, 1, 2, 3, 4), 1: (1, 2, 3, 4, 5), 2: (0, 1, 2, 4, 5)}[turn]
    works = person([24 * day + 8 for day in days], [4])
    assert rules(week(**broken), works) == [rule]


def test_rest_from_sunday_to_monday_counts():
    late = TourRule("seven", 7, (8.0,), consecutive_days_off=False, start_band_min=1440)
    problem = week(tours=(late,), weekly_hours_max=50.0)
    nights = [24 * day + 14 for day in range(7)]
    assert rules(problem, person(nights, [4], rule="seven", band=0)) == []
    early_monday = [8, *nights[1:]]
    assert rules(problem, person(early_monday, [4], rule="seven", band=0)) == ["daily_rest"]


def test_a_shift_and_its_break_run_over_midnight_into_monday():
    problem = week(tours=(replace(FIVE_DAYS, days_on=1),), requirement=heads((6, 22, 30, 1)))
    sunday_night = person([24 * 6 + 22], [4], band=22)
    assert rules(problem, sunday_night) == []
    assert plan(problem, [sunday_night]).presence[:6].tolist() == [1, 1, 0, 1, 1, 1]


def test_two_breaks_at_once_are_found_even_where_each_is_in_its_window():
    problem = week(breaks=(MEAL, REST))
    assert rules(problem, person(MORNINGS, [4, 1])) == []
    object.__setattr__(problem, "breaks", (MEAL, replace(REST, centre=0.5)))  # it refuses this
    assert rules(problem, person(MORNINGS, [4, 3])) == []
    assert rules(problem, person(MORNINGS, [3, 3])) == ["break_overlap"]


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        ("presence", {"presence": np.zeros(168)}),
        ("shortfall", {"shortfall": np.zeros(168)}),
        ("figures", {"presence": np.zeros(7)}),
        ("figures", {"bound": float("nan")}),
        ("counts", {"shifts": ()}),
        ("counts", {"tours": ()}),
        ("counts", {"breaks": ()}),
        ("cost", {"paid_hours": 36.0}),
        ("cost", {"labour_cost": 36.0}),
        ("cost", {"objective": 64.0, "gap": 1.0}),
        ("bound", {"bound": 66.0, "gap": 0.0}),
        ("bound", {"bound": -1.0, "gap": 66 / 65}),
        ("bound", {"gap": 0.5}),
    ],
)
def test_each_figure_is_held_to_the_people(rule, changed):
    assert rules(week(), GOOD, **changed) == [rule]
