"""Small peaks and ladders for tests."""

from dataclasses import replace

import numpy as np

from staffing.surge import Backlog, SurgeLimits, SurgeProblem, SurgeSource

OVERTIME = SurgeSource("overtime", "overtime", heads=4, notice_h=0, hourly_cost=30.0)
POOL = SurgeSource(
    "pool",
    "pool",
    heads=20,
    notice_h=48,
    hourly_cost=20.0,
    show_up=0.8,
    effectiveness=(0.5, 0.75, 1.0),
    premium=0.25,
    premium_base=16.0,
    min_engagement_days=3,
    standby_fee_per_head_week=10.0,
    reserved=True,
    onboarding_cost=100.0,
    onboarding_h=2.0,
    needs_seat=True,
    needs_training=True,
)
AGENCY = SurgeSource(
    "agency",
    "agency",
    heads=50,
    notice_h=72,
    hourly_cost=40.0,
    min_engagement_days=2,
    needs_seat=True,
    needs_licence=True,
    needs_access=True,
)


def peak(
    need_h: object = (80.0,) * 7,
    sources: tuple[SurgeSource, ...] = (OVERTIME, POOL, AGENCY),
    **changes: object,
) -> SurgeProblem:
    """A week of 8-hour days from the call on; shortfall costs 100 an hour unless told."""
    need = np.asarray(need_h, dtype=float)
    problem = SurgeProblem(
        name="team",
        need_h=need,
        hours_per_head=np.full(len(need), 8.0),
        sources=sources,
        shortfall_price=100.0,
        standby_weeks=4.0,
    )
    return replace(problem, **changes)  # type: ignore[arg-type]


def full_peak() -> SurgeProblem:
    """A fortnight in which every rule has a say."""
    return peak(
        need_h=(0.0, 0.0, *(120.0, 130.0, 110.0, 125.0, 115.0, 0.0, 0.0), *(90.0,) * 5),
        hours_per_head=np.array([8.0, 8.0, 8.0, 8.0, 8.0, 0.0, 0.0] * 2),
        first_day_h=12.0,
        lead_days=2,
        limits=SurgeLimits(seats=12.0, licences=8.0, trainer_places=6.0, access_per_day=5.0),
        backlog=Backlog(0.5, 2),
        seats_per_head=0.8,
        present_share=0.9,
        base_hourly_cost=25.0,
    )
