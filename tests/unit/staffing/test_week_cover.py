"""Heads over the cyclic week, and pay that leaves out unpaid breaks wherever they fall."""

import numpy as np
import pytest

from staffing.tours import BreakRule
from staffing.week_cover import WeekCover, heads_over_week, paid_heads
from tests.builders.staffing import HOURLY, by_hour, labour_rules

MEAL = BreakRule("meal", 60, paid=False, centre=0.5, window_min=120, shift_at_least_h=6.0)
REST = BreakRule("rest", 60, paid=True, centre=0.2, window_min=60)


def test_heads_of_a_shift_over_sunday_midnight_go_on_on_monday():
    heads = heads_over_week([(166, 4, 2.0), (0, 1, 1.0)], HOURLY)
    assert heads.tolist() == by_hour({(166, 168): 2.0, (0, 1): 3.0, (1, 2): 2.0}).tolist()


@pytest.mark.parametrize(
    ("length", "breaks", "hours"),
    [
        (8, (MEAL,), 7),
        (8, (MEAL, REST), 7),
        (8, (REST,), 8),
        (5, (MEAL,), 5),
        (8, (), 8),
    ],
)
def test_a_shift_is_paid_less_its_unpaid_breaks(length, breaks, hours):
    labour = labour_rules(breaks=breaks)
    assert labour.paid_share(float(length)) * length == pytest.approx(hours)
    paid = paid_heads([(10, length, 3.0)], labour, HOURLY)
    assert paid.sum() == pytest.approx(3 * hours)
    assert np.ptp(paid[10 : 10 + length]) == pytest.approx(0)


def test_short_is_what_those_at_work_leave_not_those_on_duty():
    cover = WeekCover(
        shifts=(),
        required=by_hour({(8, 12): 2.5}),
        on_duty=by_hour({(8, 12): 3.0}),
        at_work=by_hour({(8, 12): 3.0, (10, 11): 2.0}),
        paid=by_hour({(8, 12): 3.0}),
        objective=0.0,
        bound=0.0,
        gap=0.0,
        stop_reason="by hand",
    )
    assert cover.shortfall.tolist() == by_hour({(10, 11): 0.5}).tolist()
