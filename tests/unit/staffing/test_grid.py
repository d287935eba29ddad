"""The cyclic week: labels, clock windows, and moves between time zones."""

from datetime import date

import numpy as np
import pytest

from staffing.grid import WeekGrid, zone_offset_min

SUMMER, WINTER = date(2027, 7, 1), date(2027, 1, 5)


def labels(grid, mask):
    return [grid.label(int(t)) for t in np.flatnonzero(mask)]


@pytest.mark.parametrize(("minutes", "per_day"), [(15, 96), (30, 48), (60, 24)])
def test_a_week_has_seven_equal_days(minutes, per_day):
    grid = WeekGrid(minutes)
    assert (grid.per_day, grid.size) == (per_day, 7 * per_day)
    assert grid.size * grid.interval_h == 168
    assert np.bincount(grid.weekday).tolist() == [per_day] * 7


def test_labels_name_day_and_clock():
    grid = WeekGrid(30)
    assert grid.label(0) == "Mon 00:00"
    assert grid.label(17) == "Mon 08:30"
    assert grid.label(335) == "Sun 23:30"


def test_after_sunday_night_comes_monday():
    assert WeekGrid(30).label(336) == "Mon 00:00"
    assert WeekGrid(30).label(-1) == "Sun 23:30"


def test_a_window_past_midnight_marks_both_ends_of_every_day():
    grid = WeekGrid(60)
    night = grid.window_mask(22 * 60, 6 * 60)
    assert night.sum() == 7 * 8
    assert labels(grid, night)[:8] == [f"Mon {h:02d}:00" for h in (0, 1, 2, 3, 4, 5, 22, 23)]


def test_a_window_to_midnight_and_the_whole_day():
    grid = WeekGrid(60)
    assert labels(grid, grid.window_mask(22 * 60, 1440))[:2] == ["Mon 22:00", "Mon 23:00"]
    assert grid.window_mask(22 * 60, 1440).sum() == 14
    assert grid.window_mask(0, 1440).all()


@pytest.mark.parametrize("clock", [0, 480, 1440])
def test_equal_ends_are_an_empty_window(clock):
    assert not WeekGrid(15).window_mask(clock, clock).any()


def test_a_window_and_its_complement_share_the_day():
    grid = WeekGrid(15)
    one, other = grid.window_mask(22 * 60, 6 * 60), grid.window_mask(6 * 60, 22 * 60)
    assert (one ^ other).all()


@pytest.mark.parametrize(
    ("behind", "ahead", "on", "minutes"),
    [
        ("UTC", "Asia/Kolkata", WINTER, 330),
        ("UTC", "Asia/Kathmandu", WINTER, 345),
        ("America/New_York", "Asia/Manila", WINTER, 13 * 60),
        ("America/New_York", "Asia/Manila", SUMMER, 12 * 60),
        ("Asia/Manila", "America/New_York", SUMMER, -12 * 60),
        ("Europe/London", "Europe/London", SUMMER, 0),
    ],
)
def test_offsets_are_those_of_the_day_asked_for(behind, ahead, on, minutes):
    assert zone_offset_min(behind, ahead, on) == minutes


def test_moving_east_moves_work_later_on_the_clock():
    """Monday 09:00 in New York is Monday 22:00 in Manila in winter."""
    grid = WeekGrid(60)
    week = np.zeros(grid.size)
    week[9] = 1
    assert labels(grid, grid.shift_to_zone(week, 13 * 60)) == ["Mon 22:00"]
    assert labels(grid, grid.shift_to_zone(week, -13 * 60)) == ["Sun 20:00"]


def test_sunday_evening_in_new_york_is_monday_in_manila():
    grid = WeekGrid(60)
    week = np.zeros(grid.size)
    week[6 * 24 + 20] = 1
    assert labels(grid, grid.shift_to_zone(week, 13 * 60)) == ["Mon 09:00"]


def test_half_an_hour_of_india_fits_a_half_hour_grid_only():
    week = np.arange(336.0)
    assert WeekGrid(30).shift_to_zone(week, 330)[11] == 0
    with pytest.raises(ValueError, match="330 min is off a 60 min grid"):
        WeekGrid(60).shift_to_zone(np.arange(168.0), 330)


@pytest.mark.parametrize("offset", [345, -345])
def test_three_quarters_of_nepal_fit_a_quarter_hour_grid_only(offset):
    with pytest.raises(ValueError, match="off a 30 min grid"):
        WeekGrid(30).shift_to_zone(np.arange(336.0), offset)
    moved = WeekGrid(15).shift_to_zone(np.arange(672.0), offset)
    assert moved[offset // 15] == 0


def test_a_move_and_its_return_change_nothing():
    grid, week = WeekGrid(30), np.random.default_rng(1).random(336)
    assert np.array_equal(grid.shift_to_zone(grid.shift_to_zone(week, 330), -330), week)
