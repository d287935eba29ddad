"""A planned team read at other volumes: as planned at its own, and close to a plan made anew."""

from dataclasses import replace

import pytest

from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.planner import plan_staffing
from staffing.team_at_volume import plan_at_volume
from tests.builders.staffing import (
    deferrable_service,
    live_service,
    staffing_brief,
    volume_brief,
)

BRIEF = staffing_brief(live_service(), deferrable_service())


@pytest.fixture(scope="module")
def plan():
    return plan_staffing(BRIEF)


def at(plan, factors, brief=BRIEF):
    return plan_at_volume(brief, plan, factors, SolveLimits(), SolveLog())


def test_at_its_own_volume_a_plan_is_what_it_was(plan):
    nearly = at(plan, {"helpdesk": 1 + 1e-12})
    assert nearly.teams[0].years == plan.teams[0].years
    assert nearly.teams[0].workforce == plan.teams[0].workforce
    assert at(plan, {}) == plan


def test_only_the_service_that_moves_moves(plan):
    more = at(plan, {"helpdesk": 1.5})
    assert more.teams[1] == plan.teams[1]
    assert more.volumes[1] == plan.volumes[1]
    assert more.teams[0].roster == plan.teams[0].roster
    units = [week * 1.5 for week in plan.volumes[0].units_by_week]
    assert more.volumes[0].units_by_week == pytest.approx(units, abs=1e-5)


def test_more_work_takes_more_people_and_less_work_fewer(plan):
    weeks = [
        at(plan, {"claims": factor}).teams[1].years[0].payroll_weeks
        for factor in (0.5, 0.75, 1.0, 1.25, 1.5)
    ]
    assert weeks == sorted(weeks)
    assert weeks[0] < weeks[-1]


def test_at_a_solved_point_it_is_the_plan_of_that_volume(plan):
    """Volumes are flat here, so 1.25 of the plan is a point of its curve and a plan's own week."""
    bigger = replace(
        BRIEF, services=tuple(replace(s, volume=volume_brief(scale=1.25)) for s in BRIEF.services)
    )
    anew = plan_staffing(bigger)
    read = at(plan, {"helpdesk": 1.25, "claims": 1.25})
    for own, found in zip(read.teams, anew.teams, strict=True):
        assert own.workforce.needed == pytest.approx(found.workforce.needed, rel=0.005)
        assert own.years[0].payroll_weeks == pytest.approx(found.years[0].payroll_weeks, rel=0.005)
        assert own.years[0].seats == pytest.approx(found.years[0].seats, abs=1)
