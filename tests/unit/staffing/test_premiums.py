"""Which hour pays which multiple of the base wage."""

import numpy as np
import pytest

from staffing.grid import WeekGrid
from staffing.premiums import PREMIUM_CLASSES
from tests.builders.staffing import HOURLY, labour_rules, premium_rules, team_brief


def class_at(day, hour, rules=None, grid=HOURLY):
    index = (rules or premium_rules()).class_by_interval(grid)[day * grid.per_day + hour]
    return PREMIUM_CLASSES[index]


@pytest.mark.parametrize(
    ("day", "hour", "name"),
    [
        (0, 0, "night"),
        (0, 5, "night"),
        (0, 6, "ordinary"),
        (4, 21, "ordinary"),
        (4, 22, "night"),
        (5, 0, "night_saturday"),
        (5, 12, "saturday"),
        (5, 23, "night_saturday"),
        (6, 3, "night_sunday"),
        (6, 12, "sunday"),
        (6, 23, "night_sunday"),
    ],
)
def test_class_by_clock_and_day(day, hour, name):
    assert class_at(day, hour) == name


def test_night_premiums_stack_on_the_weekend_by_adding():
    by_class = dict(zip(PREMIUM_CLASSES, premium_rules().multipliers, strict=True))
    assert by_class == pytest.approx(
        {
            "ordinary": 1.0,
            "night": 1.1,
            "saturday": 1.3,
            "night_saturday": 1.4,
            "sunday": 1.5,
            "night_sunday": 1.6,
        }
    )


def test_night_premiums_stack_on_the_weekend_by_multiplying():
    by_class = premium_rules(stacking="multiplicative").multipliers
    assert by_class == pytest.approx([1.0, 1.1, 1.3, 1.3 * 1.1, 1.5, 1.5 * 1.1])


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_week_has_as_many_hours_of_each_class_on_every_grid(minutes):
    grid = WeekGrid(minutes)
    hours = np.bincount(premium_rules().class_by_interval(grid), minlength=6) * grid.interval_h
    assert hours.tolist() == [5 * 16, 5 * 8, 16, 8, 16, 8]


def test_the_premium_is_paid_on_the_base_wage_and_not_on_the_on_costs():
    """8.00 with on-costs, base wage 6.00, Sunday night plus 60 %: 8.00 + 3.60."""
    cost = team_brief().cost_by_interval(HOURLY)
    assert cost[6 * 24 + 2] == pytest.approx(11.6)
    assert cost[0 * 24 + 12] == pytest.approx(8.0)


def test_no_premiums_cost_the_same_at_any_hour():
    flat = premium_rules(night=0.0, saturday=0.0, sunday=0.0)
    team = team_brief(labour=labour_rules(premiums=flat))
    assert (team.cost_by_interval(HOURLY) == 8.0).all()
