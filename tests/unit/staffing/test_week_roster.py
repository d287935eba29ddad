"""The roster of a plan: breaks by person add up to breaks by interval, each under its rule."""

from collections import Counter

import pytest

from staffing.planner import plan_staffing
from staffing.tours import BreakRule
from tests.builders.staffing import labour_rules, live_service, staffing_brief, team_brief

MEAL = BreakRule("meal", length_min=60, paid=False, centre=0.6, window_min=120, shift_at_least_h=8)
REST = BreakRule("rest", length_min=60, paid=True, centre=0.25, window_min=60)


@pytest.fixture(scope="module")
def roster():
    labour = labour_rules(shift_lengths_h=(4.0, 8.0), breaks=(MEAL, REST))
    team = team_brief(labour=labour)
    plan = plan_staffing(staffing_brief(live_service(), teams=(team,)))
    return plan.teams[0].roster


def test_people_take_the_breaks_the_roster_counts_rule_by_rule(roster):
    taken: Counter[tuple[str, int]] = Counter()
    for line in roster.people:
        for shift in line.shifts:
            for rule, start in zip(shift.break_rules, shift.breaks, strict=True):
                taken[rule, start] += line.people
    assert taken == {(line.rule, line.start_interval): line.heads for line in roster.breaks}
    assert {rule for rule, _ in taken} == {"meal", "rest"}


def test_a_shift_too_short_for_a_break_does_not_name_it(roster):
    named = {shift.length_h: shift.break_rules for line in roster.people for shift in line.shifts}
    assert named == {4.0: ("rest",), 8.0: ("meal", "rest")}


def test_unpaid_breaks_are_no_paid_hours_and_all_breaks_no_work(roster):
    eights = sum(line.heads for line in roster.shifts if line.length_h == 8)
    assert sum(roster.on_duty) - roster.paid_hours == pytest.approx(eights)
    shifts = sum(line.heads for line in roster.shifts)
    assert sum(roster.on_duty) - sum(roster.at_work) == eights + shifts
