"""The check of a plan for many futures passes ours and sees every rule broken."""

import numpy as np
import pytest

from staffing.check.futures import check_futures
from staffing.optimize.workforce.two_stage.solve import TwoStageLimits
from staffing.optimize.workforce.two_stage.study import MOST_PATHS, plan_futures
from tests.builders.two_stage import problem

ASKED = problem(pools=2, scenarios=12, weeks=16, surge_notice_weeks=2, go_live_max=20.0, tail=0.8)
PLAN = plan_futures(ASKED)


def rules(plan):
    """Return the names of the rules a plan breaks."""
    return {violation.rule for violation in check_futures(ASKED, plan)}


@pytest.mark.parametrize("columns", [0, 10**9])
def test_our_plans_hold(columns):
    plan = plan_futures(ASKED, TwoStageLimits(direct_columns=columns))
    assert check_futures(ASKED, plan) == ()


def test_short_weeks_backlog_by_age_and_many_scenarios_hold():
    asked = problem(pools=1, scenarios=60, backlog_weeks=1.5, surge_heads=5.0)
    asked.week_weights[-1] = 0.4
    plan = plan_futures(asked)
    assert len(plan.paths) == MOST_PATHS
    assert check_futures(asked, plan) == ()


def test_plans_for_scenarios_of_unequal_probability_hold():
    asked = problem(scenarios=5, weeks=12, tail=0.6)
    asked = asked.with_demand(asked.demand, np.array([0.4, 0.1, 0.1, 0.15, 0.25]))
    plan = plan_futures(asked)
    assert check_futures(asked, plan) == ()
    equal = [one.model_copy(update={"probability": 0.2}) for one in plan.scenarios]
    found = check_futures(asked, plan.model_copy(update={"scenarios": tuple(equal)}))
    assert {one.rule for one in found} == {"futures_figures"}


def with_pool(**changes):
    """Return the plan with other figures of its first pool."""
    first = PLAN.pools[0].model_copy(update=changes)
    return PLAN.model_copy(update={"pools": (first, *PLAN.pools[1:])})


def with_path(name, week, added):
    """Return the plan with a figure of its first path moved."""
    path = PLAN.paths[0]
    series = [list(weeks) for weeks in getattr(path, name)]
    series[0][week] += added
    moved = path.model_copy(update={name: tuple(tuple(weeks) for weeks in series)})
    return PLAN.model_copy(update={"paths": (moved, *PLAN.paths[1:])})


def other(part, **changes):
    """Return the plan with other figures of one of its parts."""
    return PLAN.model_copy(update={part: getattr(PLAN, part).model_copy(update=changes)})


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (with_pool(staff=PLAN.pools[0].staff[:-1]), "futures_figures"),
        (with_pool(existing=25.0), "futures_figures"),
        (with_pool(go_live=25.0), "hires_max"),
        (with_pool(hires=(16.0, *PLAN.pools[0].hires[1:])), "hires_max"),
        (with_pool(staff=(99.0, *PLAN.pools[0].staff[1:])), "headcount_balance"),
        (other("cost", hiring=PLAN.cost.hiring + 1), "hiring_cost"),
        (with_pool(demand_p90=PLAN.pools[0].demand_p50), "futures_measures"),
        (with_path("demand", 3, 5.0), "futures_figures"),
        (with_path("demand", 3, 500.0), "workload"),
        (with_path("surge_starts", 5, 1.0), "futures_totals"),
        (with_path("overtime", 3, 50.0), "overtime_cap"),
        (with_path("surge_starts", 1, 1.0), "surge_notice"),
        (with_path("surge_starts", 5, 100.0), "surge_pool"),
        (with_path("backlog", 15, 1.0), "backlog_limit"),
        (with_path("shortfall", 3, 1.0), "recourse_cost"),
        (other("cost", p90=PLAN.cost.p90 * 1.01), "futures_measures"),
        (other("cost", at_risk=PLAN.cost.at_risk * 1.01), "futures_measures"),
        (other("proof", lower_bound=PLAN.proof.objective * 1.1), "futures_proof"),
        (other("value", information=PLAN.value.information + 1), "futures_proof"),
        (PLAN.model_copy(update={"tail": 0.9}), "futures_figures"),
        (PLAN.model_copy(update={"service_p10": 0.5}), "futures_measures"),
        (other("value", mean_plan=PLAN.proof.objective * 0.9), "futures_proof"),
    ],
)
def test_a_broken_rule_is_named(broken, rule):
    assert rule in rules(broken)


def test_people_called_off_count_for_no_more_than_they_do():
    """A tenth of a person on overtime less is missed where somebody called off works beside it."""
    asked = problem(scenarios=4, weeks=12, surge_min_weeks=2, overtime_share_max=0.05, tail=0.5)
    plan = plan_futures(asked)
    number, week = next(
        (number, week)
        for number, path in enumerate(plan.paths)
        for week in range(12)
        if sum(path.surge_starts[0][max(0, week - 1) : week + 1]) > 1
        and path.overtime[0][week] > 0.1
    )
    path = plan.paths[number]
    less = [hours - 0.1 * (at == week) for at, hours in enumerate(path.overtime[0])]
    moved = path.model_copy(update={"overtime": (tuple(less),)})
    paths = (*plan.paths[:number], moved, *plan.paths[number + 1 :])
    found = check_futures(asked, plan.model_copy(update={"paths": paths}))
    assert any(one.rule == "workload" and f"week {week + 1}" in one.where for one in found)
