"""A week of tours that cannot be meant is refused, and the message names the field."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.tours import BreakRule, TourRule, offered_groups
from tests.builders.tours import FIVE_DAYS, MEAL, week

REST = BreakRule("rest", length_min=60, paid=True, centre=0.3, window_min=60)


def one_wrong(value, at=7):
    series = np.ones(168)
    series[at] = value
    return series


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("requirement", {"requirement": np.ones(167)}),
        ("requirement[7]", {"requirement": one_wrong(-1)}),
        ("requirement[7]", {"requirement": one_wrong(np.nan)}),
        ("open_mask", {"open_mask": np.ones(7, dtype=bool)}),
        ("cost_by_interval[7]", {"cost_by_interval": one_wrong(-0.5)}),
        ("seats_left[7]", {"seats_left": one_wrong(np.inf)}),
        ("start_step_min", {"start_step_min": 45}),
        ("start_step_min", {"start_step_min": 0}),
        ("shortfall_price", {"shortfall_price": -1.0}),
        ("worst_interval_price", {"worst_interval_price": np.inf}),
        ("worst_interval_cap", {"worst_interval_cap": -1.0}),
        ("seat_price", {"seat_price": -1.0}),
        ("daily_rest_h", {"daily_rest_h": 25.0}),
        ("weekly_hours_max", {"weekly_hours_max": 0.0}),
        ("breaks[0].length_min", {"breaks": (replace(MEAL, length_min=45),)}),
        ("breaks[0].length_min", {"breaks": (replace(MEAL, length_min=180),)}),
        ("breaks[0].window_min", {"breaks": (replace(MEAL, window_min=90),)}),
        ("breaks[0].window_min", {"breaks": (replace(MEAL, window_min=600),)}),
        ("breaks[0].centre", {"breaks": (replace(MEAL, centre=1.0),)}),
        ("breaks[0].window_min", {"breaks": (replace(MEAL, centre=0.05),)}),
        ("breaks", {"breaks": (MEAL, replace(REST, name="meal"))}),
        ("breaks[0].window_min", {"breaks": (MEAL, replace(REST, centre=0.45))}),
        ("tours", {"tours": ()}),
        ("tours", {"tours": (FIVE_DAYS, FIVE_DAYS)}),
        ("tours", {"tours": (replace(FIVE_DAYS, share_max=0.5),)}),
        ("tours[0].days_on", {"tours": (replace(FIVE_DAYS, days_on=8),)}),
        ("tours[0].share_max", {"tours": (replace(FIVE_DAYS, share_max=0.0),)}),
        ("tours[0].start_band_min", {"tours": (replace(FIVE_DAYS, start_band_min=90),)}),
        ("tours[0].shift_lengths_h", {"tours": (replace(FIVE_DAYS, shift_lengths_h=()),)}),
        ("tours[0].shift_lengths_h", {"tours": (replace(FIVE_DAYS, shift_lengths_h=(7.5,)),)}),
    ],
)
def test_bad_input_names_its_field(field, changed):
    with pytest.raises(BadInputError) as caught:
        week(**changed)
    assert caught.value.issues[0].path == field


@pytest.mark.parametrize(
    ("field", "changed", "words"),
    [
        ("tours", {"daily_rest_h": 16.0}, "daily_rest"),
        ("tours", {"weekly_hours_max": 34.0}, "weekly_hours"),
        ("open_mask", {"open_mask": np.zeros(168, dtype=bool)}, "at least one shift"),
    ],
)
def test_rules_that_leave_no_shift_contradict_each_other(field, changed, words):
    with pytest.raises(BadInputError, match=words) as caught:
        offered_groups(week(**changed))
    assert caught.value.issues[0].path == field


def test_groups_are_bands_of_starts_by_length_that_rest_allows():
    rule = replace(FIVE_DAYS, shift_lengths_h=(8.0, 12.0))
    groups = offered_groups(week(tours=(rule,), weekly_hours_max=99.0))
    assert {(g.band_start, g.length) for g in groups} == {
        (band, length) for band in range(0, 24, 2) for length in (8, 12)
    }
    tight = offered_groups(week(tours=(rule,), weekly_hours_max=99.0, daily_rest_h=11.5))
    assert {g.length for g in tight} == {8}
    assert groups[0].starts[:4].tolist() == [0, 1, 24, 25]


def test_a_window_off_the_grid_moves_to_the_nearer_end_of_the_shift():
    early, late = replace(MEAL, centre=0.25), replace(MEAL, centre=0.75)
    assert early.opens_after(10 * 60, 60) == 1
    assert late.opens_after(10 * 60, 60) == 7
    assert MEAL.opens_after(9 * 60, 60) == 3


@pytest.mark.parametrize("days_on", range(1, 8))
@pytest.mark.parametrize("consecutive", [False, True])
def test_every_rule_leaves_days_to_work(days_on, consecutive):
    rule = TourRule("any", days_on, (6.0,), consecutive, 60, "both_or_none")
    patterns = rule.day_patterns()
    assert patterns
    for days in patterns:
        assert len(days) == days_on
        assert (5 in days) == (6 in days)
