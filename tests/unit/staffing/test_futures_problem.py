"""The question of hiring under uncertain demand is that of the teams' own plan."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError
from staffing.futures_problem import Risk, TeamStart, futures_problem, needed_people
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce import plan_workforce
from staffing.optimize.workforce.two_stage.direct import DirectProgram
from staffing.planner import plan_staffing
from tests.builders.staffing import (
    deferrable_service,
    live_service,
    staffing_brief,
    surge_terms,
    team_brief,
    volume_brief,
    workforce_problem,
    workforce_terms,
)

SEASON = np.array([1.0] * 4 + [1.5] * 2 + [1.0] * 6)
TERMS = workforce_terms(surge=surge_terms(pool_heads=3.0))
BRIEF = staffing_brief(
    live_service(volume=volume_brief(seasonality=SEASON)),
    deferrable_service(volume=volume_brief(seasonality=SEASON)),
    teams=tuple(team_brief(name, workforce=TERMS) for name in ("helpdesk", "claims")),
    term_months=6,
)
CALENDAR = ContractCalendar(BRIEF.start, BRIEF.term_months)
STARTS = dict.fromkeys(("helpdesk @ Manila", "claims @ Manila"), TeamStart())


@pytest.fixture(scope="module")
def plan():
    return plan_staffing(BRIEF)


def scale_of(plan):
    return np.array([np.array(v.units_by_week) / v.base_week_units for v in plan.volumes])


def posed(needed, starts=STARTS, brief=BRIEF, risk=None):
    """Pose scenarios of equal probability."""
    chance = np.full(len(needed), 1 / len(needed))
    return futures_problem(brief, CALENDAR, needed, chance, starts, risk or Risk())


def test_need_at_the_forecast_is_that_of_the_plan(plan):
    needed = needed_people(BRIEF, plan, scale_of(plan)[None])
    own = np.array([team.workforce.needed for team in plan.teams]).T
    assert needed[0] == pytest.approx(own, abs=1e-5)


def test_one_certain_future_costs_what_the_team_s_own_plan_does(plan):
    """One team, nothing waits, nothing may be short: the deterministic plan of the quote."""
    needed = needed_people(BRIEF, plan, scale_of(plan)[None])[:, :, :1]
    own = workforce_problem(needed[0, :, 0], week_weights=CALENDAR.week_weights, terms=TERMS)
    brief = replace(BRIEF, teams=BRIEF.teams[:1])
    wanted = plan_workforce(own, SolveLimits(), SolveLog()).objective
    problem = posed(needed, brief=brief)
    # The quote may call people off for the first week: its term begins with what it knows.
    pools = (replace(problem.pools[0], surge_notice_weeks=0),)
    found = DirectProgram(replace(problem, pools=pools)).solve().objective
    assert found == pytest.approx(wanted, rel=1e-6)


def test_teams_of_a_site_share_those_who_can_be_called_off(plan):
    problem = posed(needed_people(BRIEF, plan, scale_of(plan)[None]))
    assert problem.surge_group == (0, 0)
    assert problem.surge_heads == (6.0,)


def test_pay_by_the_week_is_that_of_the_brief(plan):
    pool = posed(needed_people(BRIEF, plan, scale_of(plan)[None])).pools[1]
    assert pool.weekly_wage == 8 * 40
    assert pool.surge_weekly_cost == (8 + 0.25 * 6) * 40
    assert pool.overtime_cost == (8 + 0.5 * 6) * 40
    assert pool.hire_cost == pytest.approx(500 / 0.9)
    assert pool.shortfall_price == 5 * 320
    assert (pool.existing, pool.go_live_max, pool.backlog_weeks) == (0, np.inf, 48 / 168)


def test_stated_terms_of_a_site_are_kept(plan):
    start = TeamStart(existing=7.0, shortfall_price=50.0, backlog_share=0.4)
    needed = needed_people(BRIEF, plan, scale_of(plan)[None])
    live, claims = posed(needed, dict.fromkeys(STARTS, start)).pools
    assert (claims.existing, claims.go_live_max, claims.deferrable_share) == (7.0, 0.0, 0.4)
    assert claims.shortfall_price == pytest.approx(50 * 40 * 0.9 * 0.8)
    assert not live.held_back().any()
    assert claims.held_back() == pytest.approx([0.4 * 48 / 168])


def test_a_ramp_that_falls_is_refused(plan):
    terms = workforce_terms(ramp=(0.8, 0.5))
    brief = replace(BRIEF, teams=tuple(replace(team, workforce=terms) for team in BRIEF.teams))
    with pytest.raises(BadInputError, match=r"ramp: shares that never fall"):
        posed(needed_people(BRIEF, plan, scale_of(plan)[None]), brief=brief)
