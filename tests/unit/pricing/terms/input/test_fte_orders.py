from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.terms.input.fte_orders import in_steps, short_of_minimum


def test_an_order_between_steps_is_rounded_up():
    assert in_steps(Decimal("7.3"), Decimal("0.5")) == Decimal("7.5")


def test_an_order_on_a_step_stays():
    assert in_steps(Decimal("7.5"), Decimal("0.5")) == Decimal("7.5")
    assert in_steps(Decimal(0), Decimal(1)) == 0


@given(st.decimals("0", "1000", places=3), st.decimals("0.01", "10", places=2))
def test_rounding_adds_less_than_a_step(ordered, step):
    assert 0 <= in_steps(ordered, step) - ordered < step


@pytest.mark.parametrize(("ordered", "step"), [(Decimal(-1), Decimal(1)), (Decimal(1), Decimal(0))])
def test_negative_orders_and_steps_of_zero_are_refused(ordered, step):
    with pytest.raises(ValueError, match="0 or more"):
        in_steps(ordered, step)


def test_below_the_minimum_the_rest_is_missing():
    assert short_of_minimum(Decimal(3), Decimal(5)) == 2


def test_at_the_minimum_nothing_is_missing():
    assert short_of_minimum(Decimal(5), Decimal(5)) == 0
    assert short_of_minimum(Decimal(9), Decimal(5)) == 0
