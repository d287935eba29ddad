"""More or harder work never costs less, from the document to the total, solver included."""

import json
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from pricing.quote import Quote
from pricing.quoting import quote
from tests.builders.pricing import LIVE, engagement

pytestmark = [pytest.mark.integration, pytest.mark.slow]

# Each shift plan may be this far from its optimum, and so may the one it is compared with.
PROVEN_GAP = 0.005


@cache
def _priced(live: bool, changes: str) -> Quote:
    services = {"services": [LIVE]} if live else {}
    return quote(engagement(json.loads(changes), **services))


def total(live: bool, changes: dict[str, Any]) -> float:
    """Total cost of the small engagement, deferrable or live, with these changes."""
    return float(_priced(live, json.dumps(changes)).cost.total.amount)


def assert_never_falls(live: bool, changes: list[dict[str, Any]]) -> None:
    """Costs in this order never fall by more than what the solver left unproven, and rise."""
    costs = [total(live, change) for change in changes]
    for lower, higher in pairwise(costs):
        assert higher >= lower * (1 - PROVEN_GAP), costs
    assert costs[-1] > costs[0], costs


@pytest.mark.parametrize("live", [False, True], ids=["deferrable", "live"])
def test_more_volume_never_costs_less(live: bool) -> None:
    path = "services[0].volume.units_per_year"
    assert_never_falls(live, [{path: units} for units in (30_000, 60_000, 66_000, 240_000)])


@pytest.mark.parametrize("live", [False, True], ids=["deferrable", "live"])
def test_a_higher_wage_never_costs_less(live: bool) -> None:
    role = "contact_centre_agent" if live else "claims_processor"
    path = f"sites[0].wages.{role}.value"
    assert_never_falls(live, [{path: wage} for wage in (4, 4.4, 8)])


# Monday morning is busy.
UNEVEN = [
    3.0 if hour in {8, 9} else 1.0 if 8 <= hour % 24 < 18 and hour < 120 else 0.0
    for hour in range(168)
]


def test_a_tighter_turnaround_never_costs_less() -> None:
    volume = {"services[0].volume.units_per_year": 200_000}
    hours = (72, 24, 15, 2, 1)
    assert_never_falls(
        False,
        [
            volume | {"services[0].turnaround_h": tat, "services[0].volume.profile": UNEVEN}
            for tat in hours
        ],
    )


def test_a_tighter_service_level_never_costs_less() -> None:
    path = "services[0].service_level"
    assert_never_falls(True, [{path: level} for level in (0.5, 0.8, 0.9, 0.99)])


def test_a_shorter_waiting_time_never_costs_less() -> None:
    path = "services[0].answer_within_s"
    assert_never_falls(True, [{path: seconds} for seconds in (120, 20, 0)])


@pytest.mark.parametrize("live", [False, True], ids=["deferrable", "live"])
@pytest.mark.parametrize("part", ["in_office", "out_of_office"])
def test_more_shrinkage_never_costs_less(live: bool, part: str) -> None:
    assert_never_falls(live, [{f"shrinkage.{part}": share} for share in (0.05, 0.10, 0.30)])


def test_more_attrition_never_costs_less() -> None:
    """Over half a year, with nobody on call, leavers are hired for."""
    base = {"term_months": 6, "services[0].volume.units_per_year": 240_000}
    levels = (0, 0.3, 0.9)
    assert_never_falls(False, [base | {"attrition.annual": level} for level in levels])


def test_a_lower_occupancy_cap_never_costs_less() -> None:
    busy = {"services[0].volume.units_per_year": 1_000_000}
    assert_never_falls(True, [busy | {"occupancy_cap": cap} for cap in (0.95, 0.85, 0.5)])


def test_lower_utilisation_never_costs_less() -> None:
    assert_never_falls(False, [{"utilisation": share} for share in (1, 0.9, 0.6)])


def test_faster_work_never_costs_more() -> None:
    path = "services[0].units_per_hour"
    assert_never_falls(False, [{path: speed} for speed in (20, 10, 5)])
