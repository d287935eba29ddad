from decimal import Decimal

from pricing.terms.input.floor_price import at_least_floor


def test_a_price_below_the_floor_is_lifted():
    assert at_least_floor(Decimal(9), Decimal(10)) == 10


def test_a_price_above_the_floor_stays():
    assert at_least_floor(Decimal(11), Decimal(10)) == 11


def test_without_a_floor_the_price_stays():
    assert at_least_floor(Decimal(9), None) == 9
