from decimal import Decimal

import pytest

from pricing.terms.input.billable import hours_not_billed


def test_hours_that_are_billable_stay_on_the_bill():
    assert hours_not_billed(Decimal(40), Decimal(1)) == 0


def test_hours_that_are_not_billable_come_off():
    assert hours_not_billed(Decimal(40), Decimal(0)) == 40
    assert hours_not_billed(Decimal(40), Decimal("0.25")) == 30


@pytest.mark.parametrize(
    ("hours", "share"),
    [(Decimal(-1), Decimal(1)), (Decimal(1), Decimal("1.1")), (Decimal(1), Decimal("-0.1"))],
)
def test_negative_hours_and_shares_beyond_one_are_refused(hours, share):
    with pytest.raises(ValueError, match="0"):
        hours_not_billed(hours, share)
