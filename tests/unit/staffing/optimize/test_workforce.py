"""Hiring over the weeks of a term: hand cases, steady states, and limits that hold."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.calendar import WEEKS_PER_YEAR
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce import plan_workforce, ramp_increments, weekly_attrition
from tests.builders.staffing import (
    labour_rules,
    surge_terms,
    workforce_problem,
    workforce_terms,
)

NO_OVERTIME = labour_rules(overtime_share_max=0.0)
READY_AT_ONCE = workforce_terms(training_weeks=0, ramp=())


def plan(problem):
    return plan_workforce(problem, SolveLimits(), SolveLog())


def cost(problem, result):
    """Add the model's cost up week by week: 40 h at 8.00, premiums on 6.00."""
    terms, labour = problem.terms, problem.labour
    total = terms.hire_cost / (1 - terms.early_loss) * (result.go_live + result.hires.sum())
    for week, weight in enumerate(problem.week_weights):
        total += weight * 40 * 8.0 * result.payroll[week]
        total += weight * 40 * (8.0 + 6.0 * labour.overtime_premium) * result.overtime[week]
        total += weight * 40 * (8.0 + 6.0 * terms.surge.premium) * result.surge[week]
    return total


def spike(weeks=20, at=10, base=10.0, peak=14.0):
    needed = np.full(weeks, base)
    needed[at] = peak
    return needed


def test_weekly_attrition_is_the_yearly_rate_by_weeks():
    assert weekly_attrition(0.521786) == pytest.approx(0.01, rel=1e-5)


def test_ramp_increments_by_hand():
    """Two weeks of training, then 50 %, 75 % and full; 1 % leave a week."""
    terms = workforce_terms(annual_attrition=0.01 * WEEKS_PER_YEAR, ramp=(0.5, 0.75))
    by_hand = [0.99**2 * 0.5, 0.99**3 * 0.25, 0.99**4 * 0.25]
    assert ramp_increments(terms) == pytest.approx(by_hand)


def test_without_training_and_ramp_a_hire_is_productive_at_once():
    assert ramp_increments(READY_AT_ONCE) == pytest.approx([1.0])


def test_a_level_need_without_attrition_takes_the_go_live_team_only():
    """Ten people for four weeks: 10 x 500 / 0.9 to start them, 10 x 4 x 320 to pay them."""
    terms = workforce_terms(annual_attrition=0.0)
    result = plan(workforce_problem([10.0] * 4, terms=terms, labour=NO_OVERTIME))
    assert result.go_live == pytest.approx(10)
    assert result.hires == pytest.approx(np.zeros(4))
    assert result.objective == pytest.approx(10 * 500 / 0.9 + 10 * 4 * 320)


def test_a_step_is_hired_for_ahead_of_its_training():
    """Four more from week 6 on, two weeks of training, no ramp: they start in week 4."""
    terms = workforce_terms(annual_attrition=0.0, ramp=())
    needed = [10.0] * 6 + [14.0] * 30
    result = plan(workforce_problem(needed, terms=terms, labour=NO_OVERTIME))
    assert np.flatnonzero(result.hires > 1e-6).tolist() == [4]
    assert result.hires[4] == pytest.approx(4)
    assert result.payroll[3:7] == pytest.approx([10, 14, 14, 14])
    assert result.productive[3:7] == pytest.approx([10, 10, 10, 14])


def test_productivity_follows_the_ramp_week_by_week():
    """Every path of hires is followed person by person and compared with the balance."""
    terms = workforce_terms(annual_attrition=1.0, training_weeks=1, ramp=(0.4, 0.6, 0.9))
    needed = 10 + 5 * np.sin(np.arange(30) / 3)
    result = plan(workforce_problem(needed, terms=terms, labour=NO_OVERTIME))
    stay = 1 - 1.0 / WEEKS_PER_YEAR
    productivity = [0.0, 0.4, 0.6, 0.9]
    for week in range(30):
        people = result.go_live * stay**week
        for start in range(week + 1):
            age = week - start
            share = productivity[age] if age < len(productivity) else 1.0
            people += result.hires[start] * stay**age * share
        assert result.productive[week] == pytest.approx(people, abs=1e-6)
    assert result.hires.sum() > 1


@pytest.mark.parametrize("annual", [0.2, 0.6, 1.2])
def test_in_a_steady_state_hires_per_person_and_year_are_the_attrition(annual):
    """Without training and ramp, hires per person-year are A; started ones A / (1 - early loss)."""
    terms = workforce_terms(annual_attrition=annual, training_weeks=0, ramp=(), early_loss=0.25)
    result = plan(workforce_problem([50.0] * 105, terms=terms, labour=NO_OVERTIME))
    hires = result.hires[1:].sum() / (50 * 104 / WEEKS_PER_YEAR)
    assert hires == pytest.approx(annual, rel=1e-6)
    assert result.productive == pytest.approx(np.full(105, 50.0))
    started = result.objective - 320 * result.payroll.sum()
    assert started == pytest.approx(500 / 0.75 * (50 + result.hires.sum()))


def test_training_and_ramp_raise_the_hires_of_a_steady_state():
    """Each hire brings less than one: those who leave in training and ramp are hired twice."""
    terms = workforce_terms(annual_attrition=0.8)
    result = plan(workforce_problem([50.0] * 120, terms=terms, labour=NO_OVERTIME))
    leaving = 50 * 0.8 / WEEKS_PER_YEAR
    middle = result.hires[20:100].mean()
    assert middle == pytest.approx(leaving / ramp_increments(terms).sum(), rel=0.01)
    assert middle > leaving


def test_overtime_never_exceeds_its_share_of_the_team():
    needed = 10 + np.arange(20.0) % 5
    result = plan(workforce_problem(needed, labour=labour_rules(overtime_share_max=0.07)))
    assert (result.overtime <= 0.07 * result.productive + 1e-7).all()
    assert result.overtime.max() > 0.3


def test_a_short_peak_is_met_by_surge_when_that_is_cheaper_than_hiring():
    """Four more people for one week: five on call at 80 %, instead of four hired for good."""
    terms = workforce_terms(annual_attrition=0.0)
    pool = replace(terms, surge=surge_terms(pool_heads=10.0, min_weeks=1))
    result = plan(workforce_problem(spike(), terms=pool, labour=NO_OVERTIME))
    alone = plan(workforce_problem(spike(), terms=terms, labour=NO_OVERTIME))
    assert result.surge == pytest.approx(5.0 * (np.arange(20) == 10))
    assert result.productive == pytest.approx(np.full(20, 10.0))
    assert not alone.surge.any()
    assert alone.productive[10] == pytest.approx(14)
    assert result.objective < alone.objective - 1000


def test_surge_is_not_called_for_a_lasting_need():
    terms = workforce_terms(annual_attrition=0.0, surge=surge_terms(pool_heads=10.0))
    result = plan(workforce_problem([10.0] * 60, terms=terms))
    assert result.surge == pytest.approx(np.zeros(60))


def test_a_call_off_lasts_its_shortest_engagement():
    terms = workforce_terms(surge=surge_terms(pool_heads=10.0, min_weeks=3))
    result = plan(workforce_problem(spike(), terms=terms, labour=NO_OVERTIME))
    assert result.surge_starts.sum() > 1
    for week in range(20):
        engaged = result.surge_starts[max(0, week - 2) : week + 1].sum()
        assert result.surge[week] == pytest.approx(engaged, abs=1e-7)
    assert np.count_nonzero(result.surge > 1e-6) >= 3


def test_the_pool_is_never_exceeded():
    terms = workforce_terms(surge=surge_terms(pool_heads=1.5, min_weeks=2))
    result = plan(workforce_problem(spike(peak=30), terms=terms, labour=NO_OVERTIME))
    assert result.surge.max() == pytest.approx(1.5)


def test_need_is_met_in_every_week():
    needed = 10 + 8 * np.cos(np.arange(40) / 4)
    terms = workforce_terms(surge=surge_terms(pool_heads=2.0))
    result = plan(workforce_problem(needed, terms=terms))
    served = result.productive + result.overtime + 0.8 * result.surge
    assert (served >= needed - 1e-6).all()


def test_a_hire_of_day_one_without_training_belongs_to_the_go_live_team():
    result = plan(workforce_problem([10.0, 10.0, 12.0], terms=READY_AT_ONCE, labour=NO_OVERTIME))
    assert result.hires[0] == 0
    assert result.payroll[0] == pytest.approx(result.go_live)


@pytest.mark.parametrize("training", [0, 2])
def test_the_objective_is_the_cost_added_up_by_hand(training):
    weights = np.ones(30)
    weights[-1] = 3 / 7
    terms = workforce_terms(training_weeks=training, surge=surge_terms(pool_heads=3.0))
    needed = 10 + 4 * (np.arange(30) % 9 == 4)
    problem = workforce_problem(needed, terms=terms, week_weights=weights)
    result = plan(problem)
    assert result.overtime.sum() > 0
    assert result.objective == pytest.approx(cost(problem, result))


def test_more_freedom_never_costs_more():
    pool = workforce_terms(surge=surge_terms(pool_heads=4.0, min_weeks=1))
    tight = plan(workforce_problem(spike(), labour=NO_OVERTIME)).objective
    overtime = plan(workforce_problem(spike())).objective
    both = plan(workforce_problem(spike(), terms=pool)).objective
    assert both <= overtime + 1e-6
    assert overtime < tight
