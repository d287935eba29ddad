"""Laws of the hiring plan over needs and terms."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.calendar import WEEKS_PER_YEAR
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce import plan_workforce
from tests.builders.staffing import labour_rules, surge_terms, workforce_problem, workforce_terms

TERMS = st.builds(
    workforce_terms,
    annual_attrition=st.floats(0, 1.5),
    early_loss=st.floats(0, 0.5),
    training_weeks=st.integers(0, 4),
    ramp=st.lists(st.floats(0.2, 1), max_size=4).map(tuple),
    hire_cost=st.floats(0, 3000),
    surge=st.builds(
        surge_terms,
        pool_heads=st.floats(0, 6),
        premium=st.floats(0, 1),
        effectiveness=st.floats(0.3, 1),
        min_weeks=st.integers(1, 5),
    ),
)
NEEDS = st.lists(st.floats(0, 40), min_size=1, max_size=12)
CAPS = st.floats(0, 0.3)


def plan(needed, terms, cap, **changes):
    problem = workforce_problem(
        needed, terms=terms, labour=labour_rules(overtime_share_max=cap), **changes
    )
    return plan_workforce(problem, SolveLimits(), SolveLog())


@settings(max_examples=40)
@given(NEEDS, TERMS, CAPS)
def test_every_limit_holds_and_everyone_is_accounted_for(needed, terms, cap):
    result = plan(needed, terms, cap)
    served = result.productive + result.overtime + terms.surge.effectiveness * result.surge
    assert (served >= np.array(needed) - 1e-5).all()
    assert (result.overtime <= cap * result.productive + 1e-5).all()
    assert (result.surge <= terms.surge.pool_heads + 1e-5).all()
    stay = 1 - terms.annual_attrition / WEEKS_PER_YEAR
    assert np.allclose(result.payroll[1:], stay * result.payroll[:-1] + result.hires[1:], atol=1e-5)
    assert (result.payroll >= result.productive - 1e-5).all()
    for week in range(len(needed)):
        engaged = result.surge_starts[max(0, week - terms.surge.min_weeks + 1) : week + 1].sum()
        assert np.isclose(result.surge[week], engaged, atol=1e-5)


@settings(max_examples=25)
@given(NEEDS, TERMS, CAPS, st.floats(1, 2))
def test_more_need_never_costs_less_and_costs_scale_with_wages(needed, terms, cap, factor):
    base = plan(needed, terms, cap).objective
    more = plan([n * factor for n in needed], terms, cap).objective
    assert more >= base * (1 - 1e-7) - 1e-4
    dearer = workforce_terms(**(vars(terms) | {"hire_cost": terms.hire_cost * factor}))
    rates = {"hourly_cost": 8.0 * factor, "hourly_premium_base": 6.0 * factor}
    assert np.isclose(plan(needed, dearer, cap, **rates).objective, base * factor, rtol=1e-6)
