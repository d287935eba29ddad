"""A checked plan of hiring and what holds it back."""

from dataclasses import replace

import numpy as np
import pytest

from staffing import hiring_study
from staffing.errors import InfeasibleError, PlanCheckError, Violation
from staffing.hiring.plan import ShadowPrice
from staffing.hiring.problem import HiringPool, HiringProblem, OvertimeTerms, StaffGroup
from staffing.hiring_study import (
    binding_constraints,
    checked_hiring,
    cost_of_more_work,
    cost_per_productive_hour,
)

WEEKS = 4


def problem(**changes):
    """Ten people of 40 hours and 1,000 a week; the second week takes eleven."""
    pool = HiringPool(
        name="claims",
        need_h=np.array([400.0, 440.0, 400.0, 400.0]),
        hours_per_week=40.0,
        wage=1000.0,
        staff=(StaffGroup(10, 52),),
        hires_max=0.0,
        overtime=OvertimeTerms(cost_per_h=30.0, share_max=0.05),
        shortfall_price=100.0,
    )
    return HiringProblem((replace(pool, **changes),))


def priced(plan, **weeks):
    """The plan with these shadow prices, by rule."""
    return plan.model_copy(
        update={
            "shadow_prices": tuple(
                ShadowPrice(
                    rule=rule, where="claims", unit="hour", meaning="saved", by_week=by_week
                )
                for rule, by_week in weeks.items()
            )
        }
    )


def test_an_hour_of_overtime_more_saves_what_it_would_spare_of_the_shortfall():
    """Of 40 missing hours 20 may be overtime at 30; an hour more of it spares 100 - 30."""
    plan = checked_hiring(problem())
    assert plan.totals.cost == pytest.approx(40_000 + 20 * 30 + 20 * 100)
    found = {one.rule: one for one in binding_constraints(plan)}
    overtime = found["overtime_cap"]
    assert (overtime.num_weeks, overtime.first_week, overtime.most_in_week) == (1, 2, 2)
    assert overtime.most_saved == overtime.saved == pytest.approx(70)
    assert "workload" not in found


def test_one_hour_more_in_every_week_costs_overtime_or_shortfall():
    """Full weeks take overtime at 30, the second week has none left: 100."""
    plan = checked_hiring(problem(need_h=np.array([410.0, 440.0, 410.0, 410.0])))
    assert cost_of_more_work(plan, "claims") == pytest.approx((3 * 30 + 100) / 4)
    assert cost_of_more_work(plan, "other") == 0


def test_pay_per_hour_leaves_out_the_price_of_what_is_not_done():
    """40,000 of wages and 20 h of overtime at 30, over 1,640 h less the 20 missing."""
    plan = checked_hiring(problem())
    assert cost_per_productive_hour(plan, "claims") == pytest.approx((40_000 + 600) / 1_620)
    idle = checked_hiring(problem(need_h=np.zeros(WEEKS)))
    assert cost_per_productive_hour(idle, "claims") is None


def test_the_most_valuable_comes_first_and_what_saves_nothing_is_left_out():
    plan = priced(
        checked_hiring(problem()),
        limit_seats=(0.0, 5.0, 6.0, 0.0),
        limit_trainers=(0.0, 0.0, 0.0, 12.0),
        given_up=(0.0, -1.0, 0.0, 0.0),
        experienced_balance=(9.0, 9.0, 9.0, 9.0),
    )
    first, second = binding_constraints(plan)
    assert (first.rule, first.saved, first.most_in_week) == ("limit_trainers", 12, 4)
    assert (second.rule, second.saved, second.most_saved) == ("limit_seats", 11, 6)
    assert (second.first_week, second.last_week, second.num_weeks) == (2, 3, 2)


def test_contracts_nobody_has_hold_nothing_back():
    plan = priced(checked_hiring(problem()), temporary_min=(0.0, 200.0, 300.0, 0.0))
    assert binding_constraints(plan) == ()
    (pool,) = plan.pools
    hired = pool.model_copy(update={"temporary": (0.0, 1.0, 0.0, 0.0)})
    (found,) = binding_constraints(plan.model_copy(update={"pools": (hired,)}))
    assert (found.num_weeks, found.saved) == (1, 200)


def test_a_plan_that_fails_its_check_goes_no_further(monkeypatch):
    broken = Violation("workload", "claims", "made up")
    monkeypatch.setattr(hiring_study, "check_hiring_plan", lambda *_: (broken,))
    with pytest.raises(PlanCheckError, match="made up"):
        checked_hiring(problem())


def test_no_plan_is_an_error_and_steps_are_told():
    steps: list[str] = []
    with pytest.raises(InfeasibleError, match="claims"):
        checked_hiring(problem(shortfall_price=None), progress=steps.append)
    assert steps == ["hiring for 1 team over 4 weeks"]
    checked_hiring(problem(), progress=steps.append)
    assert steps[-1] == "checking the plan of hiring"
