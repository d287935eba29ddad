"""Breaks, tours, rest and a priced shortfall: how they are written, and how they are refused."""

from typing import Any

import pytest

from pricing.briefing import staffing_brief, team_terms
from pricing.ratecard import RateCard
from pricing.reading import read_engagement
from staffing.brief import StaffingBrief
from staffing.brief_check import check_brief
from staffing.errors import BadInputError
from staffing.tours import BreakRule, TourRule
from tests.builders.pricing import LIVE, SITE, engagement_data

MEAL = {"name": "meal", "length_min": 30}
FIVE = {"name": "five days", "days_on": 5}


def brief_of(labour: dict[str, Any], service: dict[str, Any] | None = None) -> StaffingBrief:
    """Brief one queue at one site with these labour rules, checked as `validate` checks it."""
    data = engagement_data(
        interval_minutes=30,
        services=[LIVE | (service or {})],
        sites=[SITE | {"labour": labour}],
    )
    engagement = read_engagement(data)
    brief = staffing_brief(engagement, team_terms(engagement, RateCard(engagement)))
    check_brief(brief)
    return brief


def refused(labour: dict[str, Any], service: dict[str, Any] | None = None) -> str:
    with pytest.raises(BadInputError) as caught:
        brief_of(labour, service)
    return str(caught.value)


def test_breaks_and_tours_reach_the_planner_with_their_defaults() -> None:
    labour = brief_of({"breaks": [MEAL], "tours": [FIVE], "shift_lengths_h": [8.0, 9.0]}).teams[0]
    rules = labour.labour
    assert rules.breaks == (BreakRule("meal", 30, paid=False, centre=0.5, window_min=120),)
    assert rules.tours == (
        TourRule("five days", 5, (8.0, 9.0), consecutive_days_off=False, start_band_min=120),
    )
    assert (rules.daily_rest_h, rules.weekly_hours_max) == (11.0, 48.0)
    assert rules.paid_share(8.0) == pytest.approx(7.5 / 8)


def test_lengths_on_offer_are_those_of_the_tours_where_there_are_any() -> None:
    tours = [FIVE | {"shift_lengths_h": [10.0, 8.0]}, FIVE | {"name": "more"}]
    rules = brief_of({"tours": tours, "shift_lengths_h": [9.0], "weekly_hours_max": 60.0})
    assert rules.teams[0].labour.lengths_on_offer_h == (8.0, 9.0, 10.0)
    assert brief_of({"shift_lengths_h": [9.0]}).teams[0].labour.lengths_on_offer_h == (9.0,)


@pytest.mark.parametrize(
    ("labour", "field", "words"),
    [
        ({"breaks": [MEAL | {"length_min": 20}]}, "breaks[0].length_min", "multiple of 30 min"),
        ({"breaks": [MEAL | {"window_min": 45}]}, "breaks[0].window_min", "multiple of 30 min"),
        ({"breaks": [MEAL | {"length_min": 240}]}, "breaks[0].length_min", "at most its window"),
        ({"breaks": [MEAL | {"window_min": 600}]}, "breaks[0].window_min", "inside the shift"),
        ({"breaks": [MEAL, MEAL]}, "breaks", "a name of its own"),
        ({"breaks": [MEAL | {"centre": 1.0}]}, "breaks[0].centre", ""),
        ({"tours": [FIVE | {"days_on": 8}]}, "tours[0].days_on", ""),
        ({"tours": [FIVE | {"share_max": 0.5}]}, "tours", "add up to at least 1"),
        ({"tours": [FIVE | {"shift_lengths_h": [8.1]}]}, "tours[0].shift_lengths_h", "multiples"),
        ({"tours": [FIVE], "daily_rest_h": 17.0}, "tours", "contradicting labour rules"),
        ({"tours": [FIVE], "weekly_hours_max": 30.0}, "tours", "weekly_hours"),
    ],
)
def test_rules_that_cannot_be_meant_name_their_field(
    labour: dict[str, Any], field: str, words: str
) -> None:
    text = refused(labour)
    assert f"sites[0].labour.{field}:" in text
    assert words in text


def test_rules_no_open_hour_of_the_site_leaves_are_refused() -> None:
    data = engagement_data(
        services=[LIVE | {"opening_hours": {"mon-fri": "08:00-12:00"}}],
        sites=[
            SITE | {"labour": {"tours": [FIVE]}, "opening_hours": {"mon-fri": "08:00-12:00"}},
        ],
    )
    engagement = read_engagement(data)
    brief = staffing_brief(engagement, team_terms(engagement, RateCard(engagement)))
    with pytest.raises(
        BadInputError, match=r"sites\[0\].opening_hours: hours of the site that hold"
    ):
        check_brief(brief)


def test_limits_of_a_week_do_not_bind_shifts_that_stand_for_themselves() -> None:
    brief_of({"breaks": [MEAL], "weekly_hours_max": 5.0, "daily_rest_h": 24.0})
    assert "weekly_hours" in refused({"tours": [FIVE], "weekly_hours_max": 5.0})


def test_a_shortfall_reaches_the_planner_with_its_price_and_cap() -> None:
    service = brief_of({}, {"shortfall_price": 15, "max_short_heads": 2.0}).services[0]
    assert (service.shortfall_price, service.max_short_heads) == (15.0, 2.0)


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ({"max_short_heads": 2.0}, "shortfall_price: required beside max_short_heads"),
        ({"shortfall_price": -1}, "shortfall_price"),
        (
            {
                "shortfall_price": 9,
                "routing": "follow_the_sun",
                "delivery": [{"site": "Manila"}],
            },
            "shortfall_price: none with follow_the_sun",
        ),
    ],
)
def test_a_shortfall_that_cannot_be_meant_is_refused(service: dict[str, Any], words: str) -> None:
    assert words in refused({}, service)
