"""What one more of a quantity costs: the transition, paid once, is no part of it."""

from typing import Any

import pytest

from pricing.risk.rates import team_rates
from tests.builders.explained import small_plan
from tests.builders.pricing import DEFERRABLE, LIVE, engagement, terms_of

TRANSITION: dict[str, Any] = {
    "commercial.transition": {"cost": 90_000, "amortisation_months": 15},
}


def rates(changes: dict[str, Any]):
    document = engagement(changes, services=[DEFERRABLE, LIVE], term_months=18)
    return team_rates(document, terms_of(document), small_plan())


def test_one_more_week_moves_no_transition_from_team_to_team() -> None:
    """It did: by weeks of both teams at once, the smaller one seemed to pay for the other."""
    without, with_one = rates({}), rates(TRANSITION)
    for team, found in with_one.items():
        for quantity, cost in found.per_unit.items():
            assert cost == pytest.approx(without[team].per_unit[quantity]), quantity
    planned = sum(found.planned.sum() for found in with_one.values())
    plain = sum(found.planned.sum() for found in without.values())
    assert planned - plain == pytest.approx(90_000 * 1.05)  # with its contingency
