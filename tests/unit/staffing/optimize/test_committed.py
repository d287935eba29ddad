"""A team whose first hires are fixed: against the plan of a quote, and cases by hand."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from staffing.brief import SurgeTerms, WorkforceTerms
from staffing.hiring.committed import CommittedTeam, WeekCosts
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce import WorkforceProblem, plan_workforce, weekly_attrition
from staffing.optimize.workforce.committed import CommittedProgram
from tests.builders.staffing import labour_rules

Array = NDArray[np.float64]
WEEKS = 30
ANNUAL = 0.6
WAGE = 40 * 4.0


def costs(weeks: int = WEEKS) -> WeekCosts:
    """Money of one full-time week: pay, a premium on overtime and on surge."""
    one = np.ones(weeks)
    return WeekCosts(
        payroll=WAGE * one,
        overtime=1.25 * WAGE * one,
        surge=1.5 * WAGE * one,
        shortfall=5 * WAGE * one,
        hire=500 * one,
    )


def team(weeks: int = WEEKS, **changes: Any) -> CommittedTeam:
    """A team of ten with overtime and a pool."""
    fields: dict[str, Any] = {
        "name": "claims @ Manila",
        "week_weights": np.ones(weeks),
        "go_live": 10.0,
        "hires": np.zeros(weeks),
        "committed_weeks": 0,
        "training_weeks": 2,
        "ramp": (0.5, 0.8),
        "weekly_attrition": weekly_attrition(ANNUAL),
        "overtime_share_max": 0.1,
        "surge_heads": 2.0,
        "surge_effectiveness": 0.8,
        "surge_min_weeks": 2,
        "held_back": np.zeros(0),
        "costs": costs(weeks),
    }
    return CommittedTeam(**(fields | changes))


def need(weeks: int = WEEKS) -> Array:
    """Ten people, and a peak in the middle."""
    return np.asarray(10 + 3 * np.exp(-(((np.arange(weeks) - weeks / 2) / 3) ** 2)))


def test_at_the_plan_s_own_need_it_costs_what_the_plan_of_a_quote_costs() -> None:
    rules = labour_rules(overtime_premium=0.25, overtime_share_max=0.1)
    terms = WorkforceTerms(
        out_of_office=0.1,
        in_office=0.1,
        annual_attrition=ANNUAL,
        early_loss=0.0,
        training_weeks=2,
        ramp=(0.5, 0.8),
        hire_cost=500.0,
        surge=SurgeTerms(pool_heads=2.0, premium=0.5, effectiveness=0.8, min_weeks=2),
    )
    hourly = WAGE / rules.contract_hours_per_week
    asked = WorkforceProblem(need(), np.ones(WEEKS), terms, rules, hourly, hourly)
    plan = plan_workforce(asked, SolveLimits(), SolveLog())
    for committed in (0, 13, WEEKS):
        fixed = team(go_live=plan.go_live, hires=plan.hires, committed_weeks=committed)
        answer = CommittedProgram(fixed).solve(need())
        # The go-live team is there: its recruiting is no decision.
        assert answer.cost + 500 * plan.go_live == pytest.approx(plan.objective, rel=1e-6)
        assert answer.parts["shortfall"].max() == pytest.approx(0, abs=1e-6)


def test_hires_of_the_committed_weeks_are_as_planned_and_later_ones_follow_need() -> None:
    planned = np.full(WEEKS, 0.3)
    fixed = team(hires=planned, committed_weeks=5)
    hires = CommittedProgram(fixed).solve(1.5 * need()).parts["hires"]
    assert hires[:5] == pytest.approx(planned[:5])
    assert hires[5:10].sum() > 1
    assert CommittedProgram(fixed).solve(0.1 * need()).parts["hires"][5:].sum() == pytest.approx(0)


def test_more_freedom_never_costs_more() -> None:
    planned = np.full(WEEKS, 0.3)
    cost = [
        CommittedProgram(team(hires=planned, committed_weeks=weeks)).solve(1.3 * need()).cost
        for weeks in (0, 5, 15, WEEKS)
    ]
    assert cost == sorted(cost)
    assert cost[0] < cost[-1]


def test_what_nobody_can_do_is_missing_at_its_price() -> None:
    alone = team(
        1, surge_heads=0.0, overtime_share_max=0.0, committed_weeks=1, weekly_attrition=0.0
    )
    answer = CommittedProgram(alone).solve(np.array([14.0]))
    assert answer.parts["shortfall"] == pytest.approx([4])
    assert answer.cost == pytest.approx(10 * WAGE + 4 * 5 * WAGE)


def test_work_that_may_wait_is_done_later_but_not_after_the_end() -> None:
    waiting = team(
        2,
        surge_heads=0.0,
        overtime_share_max=0.0,
        committed_weeks=2,
        weekly_attrition=0.0,
        held_back=np.array([0.5]),
    )
    program = CommittedProgram(waiting)
    assert program.solve(np.array([14.0, 6.0])).parts["shortfall"].sum() == pytest.approx(0)
    assert program.solve(np.array([6.0, 14.0])).parts["shortfall"] == pytest.approx([0, 4])


@pytest.mark.parametrize("held", [(), (0.3, 0.1)])
def test_every_tangent_lies_below_the_cost(held: tuple[float, ...]) -> None:
    program = CommittedProgram(team(held_back=np.array(held), committed_weeks=6))
    draw = np.random.default_rng(2)
    points = [need() * draw.uniform(0.6, 1.5) * draw.uniform(0.8, 1.2, WEEKS) for _ in range(12)]
    answers = [program.solve(point) for point in points]
    for at, answer in zip(points, answers, strict=True):
        for other, found in zip(points, answers, strict=True):
            tangent = answer.cost + answer.slope @ (other - at)
            assert tangent <= found.cost + 1e-6 * found.cost


def test_the_slope_is_the_change_of_cost_where_waiting_is_limited() -> None:
    program = CommittedProgram(team(held_back=np.array([0.3, 0.1]), committed_weeks=WEEKS))
    draw = np.random.default_rng(4)
    step = 1e-3 * draw.standard_normal(WEEKS)
    at = np.where(np.arange(WEEKS) % 2, 4.0, 18.0) * draw.uniform(0.95, 1.05, WEEKS)
    answer = program.solve(at)
    change = program.solve(at + step).cost - answer.cost
    assert answer.parts["backlog"].max() > 1
    assert change == pytest.approx(answer.slope @ step, rel=1e-3)


@given(st.floats(0.5, 1.5), st.floats(0.5, 1.5))
@settings(max_examples=12, deadline=None)
def test_cost_is_convex_in_need(first: float, second: float) -> None:
    program = CommittedProgram(team(committed_weeks=6))
    ends = [program.solve(scale * need()).cost for scale in (first, second)]
    middle = program.solve((first + second) / 2 * need()).cost
    assert middle <= sum(ends) / 2 * (1 + 1e-9)


def test_more_leavers_and_a_slower_ramp_cost_more() -> None:
    base = CommittedProgram(team())
    cost = base.solve(need()).cost
    assert base.meet(need(), team().at_rates(attrition=1.5))[0] > cost
    assert base.meet(need(), team().at_rates(ramp=1.5))[0] > cost
    assert team().at_rates(ramp=1.5).ramp == pytest.approx((0.25, 0.7))
    assert team().at_rates(ramp=9.0).ramp == pytest.approx((0.01, 0.01))
    assert base.meet(need(), team().at_rates(attrition=1.0))[0] == pytest.approx(cost)


@pytest.mark.parametrize("training_weeks", [0, 2])
@pytest.mark.parametrize("ramp", [(), (0.5, 0.8), (0.5, 0.5), (0.02, 0.03, 0.9)])
def test_a_program_at_other_rates_is_that_of_a_team_with_them(
    training_weeks: int, ramp: tuple[float, ...]
) -> None:
    planned = team(training_weeks=training_weeks, ramp=ramp, committed_weeks=6)
    base = CommittedProgram(planned)
    base.solve(need())
    for attrition, lost in ((1.5, 1.0), (0.5, 2.0), (1.0, 0.0), (2.0, 9.0)):
        moved = planned.at_rates(attrition, lost)
        alone = CommittedProgram(moved).solve(1.2 * need()).cost
        assert base.meet(1.2 * need(), moved)[0] == pytest.approx(alone, rel=1e-9)


@pytest.mark.parametrize("weeks", [50, 61, 80])
@pytest.mark.parametrize("loss", [0.85, 1.29, 1.3])
def test_a_basis_that_fits_no_more_is_given_up_and_not_the_plan(weeks: int, loss: float) -> None:
    """A team that doubles within a year, of people who begin at a third: the simplex gave up."""
    growing = 10 * 2 ** (np.arange(weeks) / 52)
    slow = team(
        weeks,
        go_live=11.7,
        training_weeks=6,
        ramp=(0.3, 0.5, 0.7, 0.9),
        weekly_attrition=0.0115,
        surge_heads=5.0,
        surge_min_weeks=4,
    )
    at = slow.at_rates(ramp=loss)
    program = CommittedProgram(slow)
    program.solve(growing)
    cost, _ = program.meet(growing, at)
    assert cost == pytest.approx(CommittedProgram(at).solve(growing).cost, rel=1e-9)
