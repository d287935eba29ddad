"""Candidate shifts: what the labour rules allow, and nothing else."""

import numpy as np

from staffing.grid import WeekGrid
from staffing.shifts import WeekShift, shift_catalogue
from tests.builders.staffing import ALWAYS, HOURLY, hours_mask, labour_rules


def test_a_sunday_night_shift_runs_into_monday():
    shift = WeekShift(start=6 * 24 + 22, length=8)
    assert [HOURLY.label(int(t)) for t in shift.covers(HOURLY)] == [
        "Sun 22:00",
        "Sun 23:00",
        *(f"Mon {hour:02d}:00" for hour in range(6)),
    ]


def test_round_the_clock_every_start_has_every_length():
    rules = labour_rules(shift_lengths_h=(8.0, 10.0), shift_start_step_min=120)
    catalogue = shift_catalogue(rules, HOURLY, ALWAYS, ALWAYS)
    assert len(catalogue) == 7 * 12 * 2
    assert {shift.start % 2 for shift in catalogue} == {0}
    assert {shift.length for shift in catalogue} == {8, 10}


def test_a_shift_lies_wholly_inside_site_hours():
    """Open 08:00 to 18:00 on Monday: three starts of eight hours fit, no night shift does."""
    catalogue = shift_catalogue(labour_rules(), HOURLY, hours_mask([0], 8, 18), ALWAYS)
    assert [shift.start for shift in catalogue] == [8, 9, 10]


def test_a_shift_touches_wanted_time():
    wanted = hours_mask([2], 12, 13)
    starts = [s.start - 48 for s in shift_catalogue(labour_rules(), HOURLY, ALWAYS, wanted)]
    assert starts == list(range(5, 13))


def test_no_shift_fits_hours_shorter_than_the_shortest_length():
    assert shift_catalogue(labour_rules(), HOURLY, hours_mask([0], 8, 15), ALWAYS) == ()


def test_equal_lengths_are_listed_once_and_in_order():
    rules = labour_rules(shift_lengths_h=(6.0, 4.5, 6.0))
    grid = WeekGrid(30)
    catalogue = shift_catalogue(rules, grid, np.ones(grid.size, bool), np.ones(grid.size, bool))
    assert [shift.length for shift in catalogue[:4]] == [9, 12, 9, 12]
    assert [shift.start for shift in catalogue[:4]] == [0, 0, 2, 2]


def test_of_given_starts_no_other_is_offered():
    rules = labour_rules(shift_start_step_min=120, shift_starts_min=(22 * 60, 6 * 60, 14 * 60))
    catalogue = shift_catalogue(rules, HOURLY, ALWAYS, ALWAYS)
    assert {shift.start % 24 for shift in catalogue} == {6, 14, 22}
    assert len(catalogue) == 7 * 3
