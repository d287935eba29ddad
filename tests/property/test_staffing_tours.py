"""Laws of weeks of tours, against every week a person can work."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.check.tours import check_tours
from staffing.errors import InfeasibleError
from staffing.optimize.tours import plan_tours
from staffing.tours import BreakRule, TourRule
from tests.builders.tours import MEAL, hours, least_cost, week

REST = BreakRule("rest", length_min=60, paid=True, centre=0.2, window_min=60, shift_at_least_h=6)
SOLVES = settings(max_examples=30)
DAYS = ((0, 8, 15), (1, 8, 15), (6, 20, 27))


@st.composite
def problems(draw, *, hard=None):
    """Draw a site open two days and a Sunday night, few enough weeks to list them all."""
    open_mask = np.zeros(168, dtype=bool)
    requirement = np.zeros(168)
    for day, first, last in DAYS:
        open_mask[hours(day, first, last)] = True
        halves = draw(st.lists(st.integers(0, 7), min_size=last - first, max_size=last - first))
        requirement[hours(day, first, last)] = np.array(halves) / 2
    weekend = draw(st.sampled_from(["any", "both_or_none"]))
    two_days = TourRule("two days", 2, (5.0,), draw(st.booleans()), 60, weekend)
    one_day = TourRule("one day", 1, (6.0,), consecutive_days_off=False, start_band_min=120)
    one_day = replace(one_day, share_max=draw(st.sampled_from([0.25, 0.5, 1.0])))
    if hard is None:
        hard = draw(st.booleans())
    return week(
        requirement=requirement,
        open_mask=open_mask,
        breaks=draw(st.sampled_from([(), (MEAL,), (MEAL, REST)])),
        tours=(two_days, one_day),
        cost_by_interval=np.where(np.arange(168) % 24 < 6, 1.25, 1.0),
        shortfall_price=None if hard else draw(st.sampled_from([0.5, 2.0, 6.0])),
        worst_interval_price=draw(st.sampled_from([0.0, 3.0])),
        worst_interval_cap=draw(st.sampled_from([None, 1.0, 2.0])),
        seat_price=draw(st.sampled_from([0.0, 1.5])),
        seats_left=draw(st.sampled_from([None, np.full(168, 3.0), np.full(168, 9.0)])),
    )


def planned(problem):
    """The quick plan, or None when there is none."""
    try:
        return plan_tours(problem)
    except InfeasibleError:
        return None


@SOLVES
@given(problems())
def test_the_optimum_lies_between_bound_and_plan(problem):
    plan, optimum = planned(problem), least_cost(problem)
    if plan is None:
        assert optimum is None
        return
    assert optimum is not None
    assert plan.bound <= optimum + 1e-6
    assert plan.objective >= optimum - 1e-6
    assert check_tours(problem, plan) == ()


@SOLVES
@given(problems(), st.sampled_from(DAYS), st.integers(1, 4))
def test_more_demand_is_never_proven_cheaper(problem, spot, more):
    raised = problem.requirement.copy()
    raised[hours(*spot)] += more / 2
    before, after = planned(problem), planned(replace(problem, requirement=raised))
    if before is None:
        assert after is None
    elif after is not None:
        assert after.bound >= before.bound - 1e-6


@SOLVES
@given(problems(hard=False))
def test_a_stricter_rule_is_never_proven_cheaper(problem):
    free = replace(problem, worst_interval_cap=None, seats_left=None)
    strict = planned(problem)
    loose = planned(free)
    assert loose is not None
    if strict is not None:
        assert strict.bound >= loose.bound - 1e-6


@SOLVES
@given(problems(hard=False), st.sampled_from([0.5, 3.0, 40.0]))
def test_prices_in_another_currency_scale_the_bound(problem, rate):
    dearer = replace(
        problem,
        cost_by_interval=rate * problem.cost_by_interval,
        shortfall_price=rate * problem.shortfall_price,
        worst_interval_price=rate * problem.worst_interval_price,
        seat_price=rate * problem.seat_price,
    )
    before, after = planned(problem), planned(dearer)
    if before is None:
        assert after is None
        return
    assert after.bound == pytest.approx(rate * before.bound, rel=1e-6, abs=1e-6)


@SOLVES
@given(problems())
def test_the_same_question_has_the_same_answer(problem):
    first, second = planned(problem), planned(problem)
    if first is None:
        assert second is None
        return
    assert first.reproducible
    assert first.people == second.people
    assert (first.objective, first.bound) == (second.objective, second.bound)
