"""Whatever the brief, our own plan passes the independent check or the error names a rule."""

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from staffing.check import check_plan
from staffing.errors import InfeasibleError
from staffing.planner import plan_staffing
from tests.builders.staffing import (
    ALWAYS,
    OFFICE,
    deferrable_service,
    hours_mask,
    labour_rules,
    live_service,
    live_target,
    premium_rules,
    site_brief,
    staffing_brief,
    surge_terms,
    team_brief,
    turnaround_target,
    volume_brief,
    workforce_terms,
)

ZONES = st.sampled_from(["Asia/Manila", "America/New_York", "Europe/London"])
OPEN = st.sampled_from([ALWAYS, OFFICE, hours_mask([5, 6], 12, 24), hours_mask(range(7), 20, 4)])
VOLUMES = st.builds(
    volume_brief,
    units_per_year=st.floats(500, 60_000),
    seasonality=st.none() | st.just(np.array([1, 1, 0.5, 2.5, 0.5, 1, 1, 1, 1, 1, 1, 0.5])),
    growth_per_year=st.floats(-0.5, 1),
)
LIVE = st.builds(
    live_service,
    time_zone=ZONES,
    open_mask=OPEN,
    volume=VOLUMES,
    min_heads=st.integers(0, 2),
    target=st.builds(
        live_target, handle_time_s=st.floats(60, 900), service_level=st.floats(0.5, 0.95)
    ),
)
DEFERRABLE = st.builds(
    deferrable_service,
    time_zone=ZONES,
    open_mask=OPEN,
    volume=VOLUMES,
    min_heads=st.integers(0, 1),
    target=st.builds(turnaround_target, turnaround_h=st.floats(4, 300)),
)
LABOUR = st.builds(
    labour_rules,
    shift_lengths_h=st.sampled_from([(8.0,), (4.0, 8.0), (6.0, 9.0)]),
    shift_start_step_min=st.sampled_from([60, 120]),
    overtime_share_max=st.floats(0, 0.2),
    premiums=st.builds(premium_rules, stacking=st.sampled_from(["additive", "multiplicative"])),
)
WORKFORCE = st.builds(
    workforce_terms,
    in_office=st.floats(0, 0.4),
    annual_attrition=st.floats(0, 1),
    training_weeks=st.integers(0, 5),
    surge=st.builds(
        surge_terms, pool_heads=st.sampled_from([0.0, 3.0]), min_weeks=st.integers(1, 4)
    ),
)


def planned(brief):
    """Return the plan and no rule, or no plan and the rule that forbids it."""
    try:
        return plan_staffing(brief), None
    except InfeasibleError as error:
        return None, error.rule


@pytest.mark.slow
@settings(max_examples=20)
@given(
    st.one_of(st.tuples(LIVE), st.tuples(DEFERRABLE), st.tuples(LIVE, DEFERRABLE)),
    LABOUR,
    WORKFORCE,
    st.sampled_from([None, 2, 8]),
    st.integers(1, 3),
)
def test_every_plan_passes_the_check(services, labour, workforce, seats, months):
    brief = staffing_brief(
        *services,
        teams=tuple(team_brief(s.name, labour=labour, workforce=workforce) for s in services),
        sites=(site_brief(seats=seats),),
        term_months=months,
    )
    plan, rule = planned(brief)
    event(f"refused for {rule}" if rule else "planned")
    if plan:
        assert check_plan(brief, plan) == ()
    else:
        assert rule == "turnaround" or (rule == "seats" and seats is not None)
