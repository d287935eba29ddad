"""Clock windows by day become open intervals of a cyclic week."""

import pytest

from pricing.opening_hours import days_of, minutes, open_mask
from staffing.errors import BadInputError
from staffing.grid import WeekGrid

HOURLY = WeekGrid(60)


def open_hours(hours: object, grid: WeekGrid = HOURLY) -> list[int]:
    """Numbers of the open intervals, Monday 00:00 first."""
    return [int(i) for i in open_mask(hours, grid).nonzero()[0]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clock", "after_midnight"), [("00:00", 0), ("08:30", 510), ("24:00", 1440)]
)
def test_a_clock_time_is_minutes_after_midnight(clock: str, after_midnight: int) -> None:
    assert minutes(clock) == after_midnight


def test_round_the_clock_is_every_interval() -> None:
    assert open_mask("24x7", WeekGrid(15)).sum() == 672


def test_a_window_is_open_from_its_start_until_before_its_end() -> None:
    assert open_hours({"mon": "08:00-10:00"}) == [8, 9]


def test_a_window_may_run_past_midnight_into_the_next_day() -> None:
    assert open_hours({"mon": "22:00-02:00"}) == [22, 23, 24, 25]


def test_a_window_of_sunday_night_runs_into_monday() -> None:
    assert open_hours({"sun": "22:00-02:00"}) == [0, 1, 166, 167]


def test_a_day_ends_at_24_00() -> None:
    assert open_hours({"tue": "20:00-24:00"}) == [44, 45, 46, 47]


@pytest.mark.parametrize("window", ["00:00-24:00", "00:00-00:00"])
def test_a_whole_day_is_24_hours(window: str) -> None:
    assert open_hours({"wed": window}) == list(range(48, 72))


def test_a_window_that_ends_when_it_starts_lasts_a_day() -> None:
    assert open_hours({"mon": "10:00-10:00"}) == list(range(10, 34))


def test_a_range_of_days_repeats_the_window() -> None:
    assert len(open_hours({"mon-fri": "09:00-17:00"})) == 40


def test_a_range_may_run_over_the_weekend() -> None:
    assert days_of("fri-mon") == [4, 5, 6, 0]
    assert open_hours({"sat-sun": "00:00-01:00"}) == [120, 144]


def test_a_range_of_one_day_is_that_day() -> None:
    assert days_of("wed") == days_of("wed-wed") == [2]


def test_closed_adds_nothing() -> None:
    assert open_hours({"mon": "closed"}) == []
    assert open_hours({"mon-fri": "closed", "mon": "08:00-09:00"}) == [8]


def test_windows_add_up_and_never_take_away() -> None:
    assert open_hours({"mon": "08:00-10:00", "mon-tue": "09:00-11:00"}) == [8, 9, 10, 33, 34]


@pytest.mark.parametrize(
    ("window", "nearest"),
    [
        ("08:30-10:00", "08:00 or 09:00 instead of 08:30"),
        ("08:00-09:15", "09:00 or 10:00 instead of 09:15"),
        ("00:00-23:59", "23:00 or 24:00 instead of 23:59"),
        ("08:10-09:15", "08:00 or 09:00 instead of 08:10, 09:00 or 10:00 instead of 09:15"),
    ],
)
def test_a_window_off_the_grid_is_refused_and_not_moved(window: str, nearest: str) -> None:
    with pytest.raises(BadInputError) as caught:
        open_mask({"mon": window}, HOURLY, "sites[0].opening_hours")
    (issue,) = caught.value.issues
    assert issue.path == "sites[0].opening_hours.mon"
    assert issue.value == repr(window)
    assert issue.accepted.endswith(f"the grid of 60 minutes (interval_minutes): {nearest}")


def test_a_finer_grid_takes_the_same_window() -> None:
    assert open_hours({"mon": "08:30-09:15"}, WeekGrid(15)) == [34, 35, 36]
