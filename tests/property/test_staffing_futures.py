"""Laws of a plan for many futures, on small random problems."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.check.futures import check_futures
from staffing.optimize.workforce.two_stage.solve import TwoStageLimits
from staffing.optimize.workforce.two_stage.study import plan_futures
from tests.builders.two_stage import problem

CASES = st.fixed_dictionaries(
    {
        "pools": st.integers(1, 2),
        "scenarios": st.integers(2, 6),
        "weeks": st.integers(4, 10),
        "seed": st.integers(0, 99),
        "lead_weeks": st.integers(0, 4),
        "surge_heads": st.floats(0, 40),
        "backlog_weeks": st.floats(0, 3),
        "risk_aversion": st.floats(0, 1),
        "tail": st.floats(0, 0.95),
        "go_live_max": st.floats(0, 50),
    }
)


@given(CASES, st.sampled_from([0, 10**9]))
@settings(max_examples=15, deadline=None)
def test_plans_hold_and_values_have_their_sign(case, columns):
    asked = problem(**case)
    plan = plan_futures(asked, TwoStageLimits(direct_columns=columns))
    assert check_futures(asked, plan) == ()
    assert plan.cost.at_risk >= plan.cost.expected * (1 - 1e-9)
    assert plan.value.stochastic_solution >= 0
    assert plan.value.information >= 0
    assert plan.proof.gap <= 0.001


@given(CASES)
@settings(max_examples=10, deadline=None)
def test_without_spread_there_is_nothing_to_gain(case):
    plan = plan_futures(problem(spread=0.0, **case))
    scale = plan.proof.objective
    assert plan.value.stochastic_solution == pytest.approx(0, abs=1e-7 * scale)
    assert plan.value.information == pytest.approx(0, abs=1e-7 * scale)
    assert plan.cost.p10 == pytest.approx(plan.cost.at_risk, rel=1e-9)


@given(CASES)
@settings(max_examples=10, deadline=None)
def test_a_larger_pool_is_never_dearer_and_longer_notice_never_cheaper(case):
    at = {**case, "surge_heads": 10.0}
    objective = plan_futures(problem(**at)).proof.objective
    larger = plan_futures(problem(**at | {"surge_heads": 20.0})).proof.objective
    later = plan_futures(problem(**at, surge_notice_weeks=2)).proof.objective
    assert larger <= objective * (1 + 1e-8)
    assert later >= objective * (1 - 1e-8)


@given(CASES, st.integers(0, 99))
@settings(max_examples=10, deadline=None)
def test_risk_aversion_trades_mean_for_tail(case, seed):
    asked = case | {"seed": seed, "tail": 0.5}
    mean, averse = (plan_futures(problem(**asked | {"risk_aversion": one})) for one in (0.0, 1.0))
    assert mean.cost.expected <= averse.cost.expected * (1 + 1e-8)
    assert averse.cost.at_risk <= mean.cost.at_risk * (1 + 1e-8)
    assert np.isclose(mean.proof.objective, mean.cost.expected)
    assert np.isclose(averse.proof.objective, averse.cost.at_risk)
