"""Laws of surge plans, over random peaks, sources and limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.check.surge import check_surge_plan
from staffing.errors import InfeasibleError
from staffing.optimize.surge import surge_plan
from staffing.surge import Backlog, SurgeKind, SurgeLimits, SurgeSource
from staffing.surge.problem import at_notice
from tests.builders.surge import peak

SETTINGS = settings(max_examples=25, deadline=None)
KINDS: tuple[SurgeKind, ...] = ("overtime", "pool", "agency")


@st.composite
def problems(draw):
    """Draw a peak of a few days, one to three sources, and limits."""
    pick = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    days = draw(st.integers(2, 6))
    sources = tuple(
        SurgeSource(
            name=kind,
            kind=kind,
            heads=pick(0.0, 3.0, 12.0),
            notice_h=pick(0.0, 10.0, 24.0, 48.0, 60.0),
            hourly_cost=pick(10.0, 25.0),
            show_up=pick(0.7, 1.0),
            effectiveness=pick((1.0,), (0.5, 0.8, 1.0)),
            premium=pick(0.0, 0.5),
            premium_base=8.0,
            min_engagement_days=pick(1, 2, 4),
            standby_fee_per_head_week=5.0 * kind.startswith("pool"),
            reserved=kind == "pool",
            onboarding_cost=pick(0.0, 40.0),
            onboarding_h=pick(0.0, 10.0),
            needs_seat=pick(True, False),
            needs_training=pick(True, False),
        )
        for kind in KINDS[: draw(st.integers(1, 3))]
    )
    problem = peak(
        [pick(0.0, 16.0, 40.0, 90.0) for _ in range(days)],
        sources,
        hours_per_head=np.array([pick(8.0, 8.0, 0.0) for _ in range(days)]),
        limits=SurgeLimits(seats=pick(None, 6.0), trainer_places=pick(None, 2.0)),
        backlog=Backlog(pick(0.0, 0.4, 1.0), pick(0, 1, 3)),
        present_share=pick(0.9, 1.0),
    )
    return at_notice(problem, pick(0.0, 13.0, 24.0, 48.0))


@SETTINGS
@given(problems())
def test_every_plan_passes_its_check(problem):
    assert check_surge_plan(problem, surge_plan(problem)) == ()


@SETTINGS
@given(problems(), st.sampled_from([1.0, 7.0, 24.0, 30.0, 72.0]))
def test_more_notice_is_never_dearer(problem, more):
    later = at_notice(problem, problem.notice_h + more)
    cost = surge_plan(problem).cost.total
    assert surge_plan(later).cost.total <= cost + 1e-6 * (1 + cost)


@SETTINGS
@given(problems())
def test_more_heads_paid_only_where_reserved_or_called_are_never_dearer(problem):
    larger = replace(problem, sources=tuple(replace(s, heads=s.heads + 5) for s in problem.sources))
    cost = surge_plan(problem).cost.total
    assert surge_plan(larger).cost.total <= cost + 1e-6 * (1 + cost)


@SETTINGS
@given(problems())
def test_a_higher_price_of_shortfall_never_leaves_more_undone(problem):
    low, high = (surge_plan(replace(problem, shortfall_price=p)) for p in (30.0, 300.0))
    assert high.total_uncovered_h <= low.total_uncovered_h + 1e-4


@SETTINGS
@given(problems())
def test_forbidden_is_a_huge_price_or_refused(problem):
    priced = surge_plan(replace(problem, shortfall_price=1e5))
    forbidden = replace(problem, shortfall_price=None)
    if priced.total_uncovered_h > 1e-3:
        with pytest.raises(InfeasibleError):
            surge_plan(forbidden)
    else:
        assert surge_plan(forbidden).cost.total == pytest.approx(priced.cost.total, rel=1e-4)
