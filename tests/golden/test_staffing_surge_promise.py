"""The promise, "a hundred extra people within 48 hours", on the three examples: what it takes.

The peaks are sized so that about a hundred ramped people are asked for. The ladder is the same
everywhere, in wages of the team: 10 of overtime at once, 30 cross-trained after 24 h, a pool of 120
on standby after 48 h, 100 of an agency after 72 h; 200 seats, 100 trainer places a day.
"""

import csv
from pathlib import Path

import pytest

from api.cli.loader import load_engagement
from pricing.quoting import prepare
from staffing.surge import Peak, SurgeLadder, SurgeLimits, SurgeSource
from staffing.surge_study import surge_study

TABLE = Path(__file__).with_name("staffing_surge_promise.csv")
with TABLE.open(newline="") as file:
    ROWS = list(csv.DictReader(file))
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def ladder(wage: float, base: float) -> SurgeLadder:
    """Four rungs, in wages of the team."""
    sources = (
        SurgeSource("overtime", "overtime", 10, 0, wage, premium=0.5, premium_base=base),
        SurgeSource(
            "cross-trained",
            "cross_trained",
            heads=30,
            notice_h=24,
            hourly_cost=wage,
            effectiveness=(0.7, 0.8, 0.9, 1.0),
            premium=0.15,
            premium_base=base,
            min_engagement_days=5,
            needs_seat=True,
        ),
        SurgeSource(
            "pool",
            "pool",
            heads=120,
            notice_h=48,
            hourly_cost=wage,
            show_up=0.9,
            effectiveness=(0.6, 0.7, 0.8, 0.9, 1.0),
            premium=0.25,
            premium_base=base,
            min_engagement_days=14,
            standby_fee_per_head_week=2 * wage,
            reserved=True,
            onboarding_cost=10 * wage,
            onboarding_h=4,
            needs_seat=True,
            needs_training=True,
        ),
        SurgeSource(
            "agency",
            "agency",
            heads=100,
            notice_h=72,
            hourly_cost=1.4 * wage,
            show_up=0.8,
            effectiveness=(0.5, 0.6, 0.7, 0.8),
            min_engagement_days=5,
            onboarding_cost=20 * wage,
            onboarding_h=8,
            needs_seat=True,
            needs_training=True,
        ),
    )
    limits = SurgeLimits(seats=200, trainer_places=100)
    return SurgeLadder(sources, limits, shortfall_price=6 * wage, standby_weeks=26)


@pytest.mark.parametrize("row", ROWS, ids=[row["example"] for row in ROWS])
def test_a_hundred_people_within_48_hours(row):
    _, _, brief = prepare(load_engagement(EXAMPLES / f"{row['example']}.yaml"))
    team = next(team for team in brief.teams if team.name == row["team"])
    rungs = ladder(team.hourly_cost, team.hourly_premium_base)
    peak = Peak(float(row["peak"]), notice_h=48, days=28)
    plan = surge_study(brief, team.name, peak, rungs, frontier=False).plan
    assert plan.promise.text == row["promise"]
    assert plan.base_cost_per_productive_hour is not None
    assert plan.cost_per_productive_hour is not None
    times = plan.cost_per_productive_hour / plan.base_cost_per_productive_hour
    assert times == pytest.approx(float(row["times_the_ordinary_hour"]), abs=0.005)
    there = [source.on_engagement[2] for source in plan.sources]
    assert there == pytest.approx([float(row[source.name]) for source in plan.sources], abs=0.05)
