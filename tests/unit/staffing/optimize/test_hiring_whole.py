"""Whole people over a long term: made whole some weeks at a time, and what is proven of it."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.hiring import check_hiring_plan
from staffing.hiring.problem import HiringLimit, ReleaseTerms
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce.hiring import plan_hiring
from staffing.optimize.workforce.hiring_solve import HiringEngine
from tests.builders.hiring import pool, term

WEEKS = 22


def season(**changes):
    """Twenty-two weeks around 400 hours, with hires of six weeks' notice in classes of three."""
    week = np.arange(WEEKS)
    people = pool(
        need_h=400 + 3 * week + 60 * np.sin(week / 4),
        hire_cost=800.0,
        lead_weeks=3,
        ramp=(0.5,),
        attrition=(0.02, 0.01),
        class_size=3,
        release=ReleaseTerms(2, 1500.0),
        **changes,
    )
    room = HiringLimit("trainers", "trainer", ("records",), 1.0)
    return term(people, limits=(room,), whole_people=True)


@pytest.mark.parametrize("gap", [0.01, 0.0001])
def test_a_long_term_is_whole_within_the_gap_that_is_proven(gap):
    """With the wide gap some weeks at a time are enough; the narrow one takes all at once."""
    problem, log = season(), SolveLog()
    plan = plan_hiring(problem, SolveLimits(relative_gap=gap), log)
    assert check_hiring_plan(problem, plan) == ()
    assert plan.proof.gap <= gap
    assert plan.reproducible
    relaxed = plan_hiring(replace(problem, whole_people=False)).totals.cost
    assert plan.relaxed_cost == pytest.approx(relaxed)
    assert relaxed - 1e-6 <= plan.proof.bound <= plan.totals.cost + 1e-6
    exact = plan_hiring(problem, SolveLimits(relative_gap=0.0, max_nodes=20_000)).totals.cost
    assert plan.proof.bound - 1e-6 <= exact <= plan.totals.cost + 1e-6


def test_where_some_weeks_at_a_time_lead_nowhere_all_are_tried_at_once(monkeypatch):
    """All work must be done, and no window finds anything within its limits."""
    strict = season(shortfall_price=None, go_live_max=6.0, go_live_cost=3000.0)
    usual = plan_hiring(strict)
    monkeypatch.setattr(HiringEngine, "_week_by_week", lambda *_: None)
    direct = plan_hiring(strict)
    assert check_hiring_plan(strict, usual) == check_hiring_plan(strict, direct) == ()
    assert direct.totals.cost == pytest.approx(usual.totals.cost, rel=0.002)
