from decimal import Decimal

import pytest

from pricing.terms.input.premium_hours import overtime_price, surcharge


def test_an_overtime_hour_is_billed_whole():
    assert overtime_price(Decimal(10), Decimal("1.25")) == Decimal("12.5")


def test_a_night_hour_is_already_in_the_order_so_only_the_surcharge_is_added():
    assert surcharge(Decimal(10), Decimal("1.1")) == 1
    assert surcharge(Decimal(10), Decimal(1)) == 0


@pytest.mark.parametrize("rule", [overtime_price, surcharge])
def test_a_multiplier_below_one_is_refused(rule):
    with pytest.raises(ValueError, match="1 or more"):
        rule(Decimal(10), Decimal("0.9"))
