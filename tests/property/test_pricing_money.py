"""Laws of rounding and of money on the wire."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pricing.money import Money, currency_exponents, decimal_of, quantize_amount

amounts = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=8)
currencies = st.sampled_from(sorted(currency_exponents()))


@given(amounts, currencies)
def test_rounding_moves_an_amount_by_half_a_minor_unit_at_most(
    amount: Decimal, currency: str
) -> None:
    unit = Decimal(1).scaleb(-currency_exponents()[currency])
    assert abs(quantize_amount(amount, currency) - amount) <= unit / 2


@given(amounts, currencies)
def test_rounding_is_symmetric_and_happens_once(amount: Decimal, currency: str) -> None:
    rounded = quantize_amount(amount, currency)
    assert quantize_amount(-amount, currency) == -rounded
    assert quantize_amount(rounded, currency) == rounded


@given(amounts, amounts, currencies)
def test_rounding_keeps_order(one: Decimal, other: Decimal, currency: str) -> None:
    low, high = sorted((one, other))
    assert quantize_amount(low, currency) <= quantize_amount(high, currency)


@given(amounts, currencies)
def test_money_survives_json_to_the_last_digit(amount: Decimal, currency: str) -> None:
    money = Money.of(amount, currency)
    again = Money.model_validate_json(money.model_dump_json())
    assert again == money
    assert str(again) == str(money)
    assert "E" not in money.model_dump(mode="json")["amount"]


@given(st.floats(-1e15, 1e15))
def test_a_plan_quantity_keeps_its_value(quantity: float) -> None:
    assert float(decimal_of(quantity)) == quantity
