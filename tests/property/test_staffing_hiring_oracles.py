"""Least-cost hiring found another way: work moved hour by hour, and every whole plan tried."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.check.hiring import check_hiring_plan
from staffing.errors import InfeasibleError
from staffing.hiring.decisions import HiringDecisions
from staffing.hiring.plan import Proof
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringLimit,
    ReleaseTerms,
    StaffGroup,
)
from staffing.hiring.write import write_plan
from staffing.optimize.solver import SolveLimits
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.exact_simplex import ExactProgram, exact
from tests.builders.hiring import pool, term


@st.composite
def weeks_of_work(draw):
    """Work of some weeks and hours of helpers for it; some may wait, be done ahead or given up."""
    pick = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    weeks = draw(st.integers(2, 6))
    helpers = np.array([pick(0.0, 0.1, 0.25, 0.5, 1.0) for _ in range(weeks)])
    weights = np.ones(weeks)
    weights[-1] = pick(1.0, 0.5)
    waiting = BacklogTerms(
        pick(0.25, 0.5, 1.0), pick(0.5, 1.0, 1.5, 2.0, 3.0), pick(0.0, 0.125), pick(0.0, 5.0)
    )
    alone = pool(
        need_h=[pick(0.0, 7.0, 10.0, 20.0) for _ in range(weeks)],
        staff=(),
        hires_max=0.0,
        cross_trained=CrossTrainedTerms(pick(0.0, 400.0), 1.0),
        ahead_cost_per_h=pick(None, 0.0, 0.125),
        backlog=pick(None, waiting),
        shortfall_price=pick(None, 30.0),
    )
    limit = HiringLimit("cross_trained", "helpers", ("records",), helpers)
    return term(alone, limits=(limit,), week_weights=weights)


def least_cost_hour_by_hour(problem):
    """Each hour of a week's work is done in some week, or given up; in exact fractions.

    No balance of what waits or is ahead: only which hours are done when, and how long they wait.
    """
    alone, weights = problem.pools[0], problem.weights
    weeks = problem.num_weeks
    work = [(week, weights[week] * need) for week, need in enumerate(alone.need_h)]
    terms = alone.backlog or BacklogTerms(0.0, 0.0)
    if terms.opening_h:
        work.append((-1, terms.opening_h))
    program = ExactProgram()
    done_in: list[list[tuple[int, int]]] = [[] for _ in range(weeks)]
    hourly = exact(alone.cross_trained.cost_per_week) / 40
    for due, hours in work:
        moved = {}
        for week in range(weeks):
            kept = range(min(due, week), max(due, week)) if due >= 0 else range(week)
            each = terms.cost_per_h if week > due else (alone.ahead_cost_per_h or 0.0)
            if week < due and alone.ahead_cost_per_h is None:
                continue
            price = sum(exact(each) * exact(float(weights[between])) for between in kept)
            moved[week] = program.column(hourly + price)
            done_in[week].append((moved[week], 1))
        entries = [(column, 1) for column in moved.values()]
        if alone.shortfall_price is not None:
            entries.append((program.column(alone.shortfall_price), 1))
        program.row(entries, "=", float(hours))
        for week in range(max(due, 0), weeks - 1):
            share = terms.share if due >= 0 else 1.0
            age = week - due
            waits = share * min(max(terms.weeks - age, 0.0), 1.0) * hours
            late = [(column, 1) for after, column in moved.items() if after > week]
            program.row(late, "<=", float(waits))
    for week in range(weeks):
        most = exact(float(problem.limits[0].most[week])) * 40 * exact(float(weights[week]))
        program.row(done_in[week], "<=", most)
    return program.solve()


@settings(max_examples=60, deadline=None)
@given(weeks_of_work())
def test_work_ahead_waiting_and_given_up_cost_what_moving_each_hour_costs(problem):
    least = least_cost_hour_by_hour(problem)
    if least is None:
        with pytest.raises(InfeasibleError):
            plan_hiring(problem)
        return
    plan = plan_hiring(problem)
    assert check_hiring_plan(problem, plan) == ()
    assert plan.totals.cost == pytest.approx(float(least[0]), rel=1e-7, abs=1e-6)


PROOF = Proof(objective=0.0, bound=0.0, gap=0.0, stop_reason="tried all")


@settings(max_examples=3, deadline=None)
@given(
    need=st.lists(st.sampled_from([60.0, 100.0, 150.0, 190.0]), min_size=4, max_size=4),
    hire_cost=st.sampled_from([0.0, 300.0]),
    severance=st.sampled_from([0.0, 400.0]),
    early_loss=st.sampled_from([0.0, 0.25]),
)
def test_no_whole_plan_is_cheaper_than_the_one_found(need, hire_cost, severance, early_loss):
    """Every number of hires and notices of four weeks tried."""
    alone = pool(
        need_h=need,
        hire_cost=hire_cost,
        lead_weeks=1,
        ramp=(0.5,),
        attrition=(0.1, 0.0),
        early_loss=early_loss,
        nesting_h=(2.0, 4.0),
        staff=(StaffGroup(3.0, 30),),
        hires_max=2.0,
        release=ReleaseTerms(1, severance),
        shortfall_price=60.0,
    )
    problem = term(alone, whole_people=True)
    none = np.zeros((1, 4))
    costs = []
    for *hires, first, second in product(range(3), range(3), range(3), range(3), range(3)):
        decisions = HiringDecisions(
            go_live=np.zeros(1),
            hires=np.array([[*hires, 0.0]]),
            releases=np.array([[first, second, 0.0, 0.0]]),
            upskilling=np.zeros((0, 4)),
            temporary_starts=none,
            temporary=none,
            cross_trained=none,
            overtime_h=none,
            ahead_h=none,
            backlog_h=none,
            short_h=np.array([need]),
        )
        plan = write_plan(problem, decisions, (), PROOF)
        broken = {violation.rule for violation in check_hiring_plan(problem, plan)}
        if not broken - {"hiring_cost", "hiring_proof"}:  # the proof above is none
            costs.append(plan.totals.cost)
    assert len(costs) > 20
    found = plan_hiring(problem, SolveLimits(relative_gap=0.0))
    assert found.totals.cost <= min(costs) + 1e-6
    late = sum(found.pools[0].hires[3:]) + sum(found.pools[0].releases[2:])
    if late == 0:
        assert found.totals.cost == pytest.approx(min(costs))
