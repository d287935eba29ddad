"""A complete brief and its plan, made once, in which every kind of work and team occurs."""

import numpy as np
import pytest

from staffing.brief import Blend
from staffing.planner import plan_staffing
from staffing.tours import BreakRule, TourRule
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
TOURS_AND_MEALS = labour_rules(
    breaks=(BreakRule("meal", 60, paid=False, centre=0.5, window_min=120),),
    tours=(
        TourRule(
            "five days",
            days_on=5,
            shift_lengths_h=(8.0, 9.0),
            consecutive_days_off=True,
            start_band_min=120,
        ),
        TourRule(
            "part time",
            days_on=3,
            shift_lengths_h=(6.0,),
            consecutive_days_off=False,
            start_band_min=120,
            share_max=0.5,
        ),
    ),
    daily_rest_h=11.0,
    weekly_hours_max=48.0,
)


@pytest.fixture(scope="session")
def whole_brief():
    """Build calls and claims at one site, and an emergency line that follows the sun.

    Calls and claims share seats and have a season, training, attrition, overtime, surge and
    support; the claims use idle time of the calls. Chats are answered on tours with meals, and may
    be short at a price.
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
        live_service(
            name="chat",
            shortfall_price=6.0,
            max_short_heads=2.5,
            volume=volume_brief(units_per_year=150_000.0),
        ),
        teams=(
            team_brief("helpdesk", workforce=workforce, labour=labour),
            team_brief("claims", workforce=workforce, labour=labour),
            team_brief("emergency", site="Boston"),
            team_brief("emergency", site="Sydney"),
            team_brief("chat", site="Cebu", labour=TOURS_AND_MEALS),
        ),
        sites=(
            site_brief(seats=14, open_mask=hours_mask(range(6), 6, 20)),
            site_brief(name="Boston", time_zone="America/New_York", open_mask=DAYTIME),
            site_brief(name="Sydney", time_zone="Australia/Sydney", open_mask=DAYTIME),
            site_brief(name="Cebu", open_mask=DAYTIME),
        ),
        term_months=14,
    )


@pytest.fixture(scope="session")
def plan(whole_brief):
    return plan_staffing(whole_brief)
