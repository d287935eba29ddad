"""Hiring over four weeks, worked out by hand in the data file."""

from pathlib import Path

import pytest
import yaml

from staffing.check.hiring import check_hiring_plan
from staffing.hiring.problem import OvertimeTerms
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.hiring import pool, term

BY_HAND = yaml.safe_load(Path(__file__).with_name("staffing_hiring_term.yaml").read_text())
PROBLEM = term(
    pool(
        need_h=(400, 400, 400, 440),
        lead_weeks=2,
        ramp=(0.5,),
        early_loss=0.2,
        nesting_h=(2.0, 2.0),
        training_wage=600.0,
        hire_cost=500.0,
        overtime=OvertimeTerms(40.0, 0.05),
        shortfall_price=None,
    )
)


@pytest.fixture(scope="module")
def plan():
    return plan_hiring(PROBLEM)


def test_people_and_hours_are_those_worked_out_by_hand(plan):
    assert check_hiring_plan(PROBLEM, plan) == ()
    assert plan.pools[0].hires == pytest.approx((BY_HAND["x"], 0, 0, 0), abs=1e-6)
    for name, expected in BY_HAND["by_week"].items():
        assert getattr(plan.pools[0], name) == pytest.approx(expected, abs=1e-6), name


def test_cost_is_that_worked_out_by_hand(plan):
    costs = {part: cost for part, cost in plan.totals.cost_by_part.items() if cost}
    assert costs == pytest.approx(BY_HAND["cost"], abs=0.005)
    assert plan.totals.cost == pytest.approx(BY_HAND["total"], abs=0.005)


def test_an_hour_more_costs_what_was_worked_out_by_hand(plan):
    need = next(price for price in plan.shadow_prices if price.rule == "need")
    assert need.by_week[3] == pytest.approx(BY_HAND["need_price_of_week_4"], abs=0.005)
