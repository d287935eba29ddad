"""The staffing curve: never falling, linear between points, proportional beyond the last."""

import numpy as np
import pytest

from staffing.curve import CURVE_SCALES, StaffingCurve, curve_scales, monotone_curve

CURVE = StaffingCurve(
    scales=np.array([0.0, 1.0, 2.0]),
    hours_by_class=np.array([[40.0, 0.0], [100.0, 20.0], [180.0, 60.0]]),
    peak_heads=np.array([1.0, 4.0, 7.0]),
)


def test_hours_are_linear_between_points():
    assert CURVE.hours_at(np.array([0.0, 0.25, 1.5])).tolist() == [[40, 0], [55, 5], [140, 40]]
    assert CURVE.peak_at(np.array([0.5, 1.5])).tolist() == [2.5, 5.5]


def test_beyond_the_last_point_hours_and_seats_grow_with_volume():
    assert CURVE.hours_at(np.array([3.0])).tolist() == [[270, 90]]
    assert CURVE.total_hours_at(np.array([3.0])).tolist() == [360]
    assert CURVE.peak_at(np.array([4.0])).tolist() == [14]


def test_total_hours_are_the_sum_of_the_classes_everywhere():
    scale = np.linspace(0, 3, 31)
    assert CURVE.total_hours_at(scale) == pytest.approx(CURVE.hours_at(scale).sum(axis=1))


def test_a_point_below_a_smaller_one_takes_the_smaller_ones_hours():
    curve = monotone_curve(
        (0.0, 0.5, 1.0),
        [np.array([0.0, 0.0]), np.array([50.0, 6.0]), np.array([55.0, 0.0])],
        [0.0, 5.0, 4.0],
    )
    assert curve.hours_by_class.tolist() == [[0, 0], [50, 6], [50, 6]]
    assert curve.peak_heads.tolist() == [0, 5, 5]


def test_a_curve_that_rises_is_kept_as_solved():
    rows = [np.array([0.0, 0.0]), np.array([9.0, 1.0]), np.array([5.0, 8.0])]
    curve = monotone_curve((0.0, 0.5, 1.0), rows, [0.0, 1.0, 2.0])
    assert curve.hours_by_class.tolist() == [row.tolist() for row in rows]


def test_the_busiest_week_lies_on_the_curve():
    assert curve_scales(np.array([0.8, 1.9])) == CURVE_SCALES
    assert curve_scales(np.array([0.8, 2.0])) == CURVE_SCALES
    assert curve_scales(np.array([0.8, 3.25]))[-2:] == (2.0, 3.25)


def test_plan_volume_and_no_volume_are_always_solved():
    assert {0.0, 1.0} <= set(CURVE_SCALES)
    assert list(CURVE_SCALES) == sorted(set(CURVE_SCALES))
