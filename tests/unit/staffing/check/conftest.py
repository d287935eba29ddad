"""A complete brief and its plan, made once, in which every kind of work and team occurs."""

import numpy as np
import pytest

from staffing.brief import Blend
from staffing.planner import plan_staffing
from tests.builders.staffing import (
    ALWAYS,
    deferrable_service,
    hours_mask,
    labour_rules,
    live_service,
    site_brief,
    staffing_brief,
    surge_terms,
    team_brief,
    turnaround_target,
    volume_brief,
    workforce_terms,
)

DAYTIME = hours_mask(range(7), 6, 22)
SEASON = np.array([1.0, 1.0, 1.0, 1.6, 1.0, 0.9, 0.9, 0.8, 1.0, 1.0, 1.0, 1.0])


@pytest.fixture(scope="session")
def whole_brief():
    """Build calls and claims at one site, and an emergency line that follows the sun.

    Calls and claims share seats and have a season, training, attrition, overtime, surge and
    support; the claims use idle time of the calls.
    """
    workforce = workforce_terms(surge=surge_terms(pool_heads=2.0))
    labour = labour_rules(shift_lengths_h=(6.0, 8.0), shift_start_step_min=120)
    return staffing_brief(
        live_service(volume=volume_brief(seasonality=SEASON / SEASON.mean())),
        deferrable_service(
            min_heads=1,
            target=turnaround_target(blend=Blend("helpdesk", 0.1)),
            volume=volume_brief(growth_per_year=0.2),
        ),
        live_service(
            name="emergency",
            time_zone="UTC",
            open_mask=ALWAYS,
            follow_the_sun=True,
            volume=volume_brief(units_per_year=10_000.0),
        ),
        teams=(
            team_brief("helpdesk", workforce=workforce, labour=labour),
            team_brief("claims", workforce=workforce, labour=labour),
            team_brief("emergency", site="Boston"),
            team_brief("emergency", site="Sydney"),
        ),
        sites=(
            site_brief(seats=14, open_mask=hours_mask(range(6), 6, 20)),
            site_brief(name="Boston", time_zone="America/New_York", open_mask=DAYTIME),
            site_brief(name="Sydney", time_zone="Australia/Sydney", open_mask=DAYTIME),
        ),
        term_months=14,
    )


@pytest.fixture(scope="session")
def plan(whole_brief):
    return plan_staffing(whole_brief)
