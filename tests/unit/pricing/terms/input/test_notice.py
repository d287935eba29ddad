from datetime import date
from decimal import Decimal

import pytest

from pricing.terms.input.notice import OrderChange, effective_orders

STARTS = [date(2027, month, 1) for month in range(1, 7)]
PLANNED = [Decimal(10)] * 6
NOTICE = {"up_days": 30, "down_days": 60}


def orders(*changes, **notice):
    asked = [OrderChange(date.fromisoformat(day), Decimal(fte)) for day, fte in changes]
    return [int(n) for n in effective_orders(PLANNED, STARTS, asked, **(NOTICE | notice))]


def test_without_changes_the_planned_orders_hold():
    assert orders() == [10] * 6


def test_more_people_come_after_the_notice_for_ramp_up():
    assert orders(("2027-01-10", 12)) == [10, 10, 12, 12, 12, 12]
    assert orders(("2027-01-10", 12), up_days=0) == [10, 12, 12, 12, 12, 12]


def test_notice_that_ends_on_the_first_of_a_month_is_in_time():
    assert orders(("2027-01-02", 12), up_days=30) == [10, 12, 12, 12, 12, 12]
    assert orders(("2027-01-02", 12), up_days=31) == [10, 10, 12, 12, 12, 12]


def test_fewer_people_are_paid_for_until_the_notice_for_ramp_down_is_over():
    assert orders(("2027-01-02", 8)) == [10, 10, 10, 8, 8, 8]


def test_a_later_request_overrides_an_earlier_one_from_its_own_month_on():
    assert orders(("2027-01-02", 8), ("2027-03-15", 11)) == [10, 10, 10, 8, 11, 11]


def test_requests_count_in_the_order_of_their_days():
    assert orders(("2027-03-15", 11), ("2027-01-02", 8)) == [10, 10, 10, 8, 11, 11]


def test_a_request_too_late_for_the_term_changes_nothing():
    assert orders(("2027-05-20", 2)) == [10] * 6


def test_negative_notice_or_orders_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        orders(up_days=-1)
    with pytest.raises(ValueError, match="0 or more"):
        orders(("2027-01-02", -1))
