"""A complete brief and its plan, made once: two teams share the seats of one site."""

import numpy as np
import pytest

from staffing.planner import plan_staffing
from tests.builders.staffing import (
    deferrable_service,
    hours_mask,
    labour_rules,
    live_service,
    site_brief,
    staffing_brief,
    surge_terms,
    team_brief,
    volume_brief,
    workforce_terms,
)

SEASON = np.array([1.0, 1.0, 1.0, 1.6, 1.0, 0.9, 0.9, 0.8, 1.0, 1.0, 1.0, 1.0])


@pytest.fixture(scope="session")
def two_teams():
    """Build calls and claims with a season, training, attrition, overtime, surge and support."""
    workforce = workforce_terms(surge=surge_terms(pool_heads=2.0))
    labour = labour_rules(shift_lengths_h=(6.0, 8.0), shift_start_step_min=120)
    return staffing_brief(
        live_service(volume=volume_brief(seasonality=SEASON / SEASON.mean())),
        deferrable_service(min_heads=1, volume=volume_brief(growth_per_year=0.2)),
        teams=tuple(
            team_brief(name, workforce=workforce, labour=labour) for name in ("helpdesk", "claims")
        ),
        sites=(site_brief(seats=14, open_mask=hours_mask(range(6), 6, 20)),),
        term_months=14,
    )


@pytest.fixture(scope="session")
def plan(two_teams):
    return plan_staffing(two_teams)
