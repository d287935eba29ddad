"""Another volume with the people of the plan: they stay, and the labour of it is convex."""

from itertools import pairwise

import pytest

from staffing.futures_problem import TeamStart
from staffing.planner import plan_staffing
from staffing.short_run import ShortRun
from tests.builders.staffing import (
    deferrable_service,
    staffing_brief,
    surge_terms,
    team_brief,
    volume_brief,
    workforce_terms,
)

SHARES = (-0.2, -0.1, 0.0, 0.1, 0.2)
TEAM = team_brief("claims", workforce=workforce_terms(surge=surge_terms(pool_heads=5.0)))
BRIEF = staffing_brief(
    deferrable_service(volume=volume_brief(units_per_year=150_000.0)), teams=(TEAM,)
)


@pytest.fixture(scope="module")
def plan():
    return plan_staffing(BRIEF)


@pytest.fixture(scope="module")
def steps(plan):
    return ShortRun(BRIEF, plan, {TEAM.name: TeamStart()}).steps("claims", SHARES)


def test_nobody_is_hired_or_leaves_beyond_the_plan(plan, steps):
    for step in steps:
        for own, planned in zip(step.plan.teams, plan.teams, strict=True):
            assert own.workforce.payroll == planned.workforce.payroll
            assert own.workforce.hires == planned.workforce.hires


def test_no_change_costs_nothing(steps):
    assert steps[2].labour == steps[2].low == steps[2].high == 0
    assert (steps[2].overtime, steps[2].surge, steps[2].not_done) == (0, 0, 0)


def test_labour_rises_ever_faster_with_volume(steps):
    labour = [step.labour for step in steps]
    rises = [high - low for low, high in pairwise(labour)]
    assert rises == sorted(rises)
    assert rises[0] >= -1e-6


def test_dual_values_at_both_ends_enclose_the_labour_of_a_step(steps):
    for step in steps:
        slack = 1e-6 * (1 + abs(step.labour))
        assert step.low - slack <= step.labour <= step.high + slack


def test_what_is_worked_covers_what_is_needed_but_what_is_not_done(steps):
    for step in steps:
        weeks = step.plan.teams[0].workforce
        short = sum(
            max(0.0, needed - own - over - 0.8 * called)
            for needed, own, over, called in zip(
                weeks.needed, weeks.productive, weeks.overtime, weeks.surge, strict=True
            )
        )
        priced = step.not_done_cost / (5 * TEAM.hourly_cost * 40)
        assert short == pytest.approx(priced, abs=0.01)


def test_more_work_takes_more_overtime_and_call_off(steps):
    assert steps[-1].overtime + steps[-1].surge + steps[-1].not_done > 0
    assert steps[-1].overtime >= steps[3].overtime >= 0


def test_a_peak_seen_later_costs_no_less(plan):
    spikes = ShortRun(BRIEF, plan, {TEAM.name: TeamStart()}).spikes()
    costs = [spike.cost for spike in sorted(spikes, key=lambda spike: spike.notice_weeks)]
    assert costs == sorted(costs, reverse=True)
