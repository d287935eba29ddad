"""Money is exact, carries its currency, and is rounded half away from zero."""

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from pricing.money import (
    Money,
    currency_exponents,
    decimal_of,
    exponent,
    quantize_amount,
    quantize_unit_price,
)


def test_a_float_is_never_an_amount() -> None:
    with pytest.raises(ValidationError, match="never a float"):
        Money(amount=1.5, currency="USD")


def test_a_number_in_json_is_refused_where_a_string_is_due() -> None:
    with pytest.raises(ValidationError, match="never a float"):
        Money.model_validate_json('{"amount": 1.5, "currency": "USD"}')


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_an_amount_is_finite(amount: str) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Money(amount=Decimal(amount), currency="USD")


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("2.675", "USD", "2.68"),
        ("-2.675", "USD", "-2.68"),
        ("10.005", "USD", "10.01"),
        ("-10.005", "USD", "-10.01"),
        ("10.015", "USD", "10.02"),
        ("2.6749999", "USD", "2.67"),
        ("0.5", "JPY", "1"),
        ("-0.5", "JPY", "-1"),
        ("1.5", "JPY", "2"),
        ("2.5", "JPY", "3"),
        ("1.0005", "KWD", "1.001"),
        ("-1.0005", "KWD", "-1.001"),
    ],
)
def test_halves_go_away_from_zero_at_the_currency_s_exponent(
    amount: str, currency: str, rounded: str
) -> None:
    assert str(quantize_amount(Decimal(amount), currency)) == rounded


def test_a_credit_note_mirrors_its_invoice() -> None:
    for cents in range(-200, 200):
        amount = Decimal(cents) / 1000
        assert quantize_amount(-amount, "USD") == -quantize_amount(amount, "USD")


@pytest.mark.parametrize(
    ("currency", "digits"), [("JPY", 0), ("KRW", 0), ("USD", 2), ("EUR", 2), ("KWD", 3), ("TND", 3)]
)
def test_minor_units_follow_iso_4217(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


def test_every_currency_code_has_three_capitals_and_a_sensible_exponent() -> None:
    for code, digits in currency_exponents().items():
        assert len(code) == 3
        assert code.isalpha()
        assert code.isupper()
        assert 0 <= digits <= 4


@pytest.mark.parametrize(
    ("price", "places", "rounded"),
    [("0.28385", 4, "0.2839"), ("-0.28385", 4, "-0.2839"), ("0.28384999", 4, "0.2838")],
)
def test_unit_prices_round_half_away_from_zero_at_their_places(
    price: str, places: int, rounded: str
) -> None:
    assert str(quantize_unit_price(Decimal(price), places)) == rounded


def test_an_amount_is_written_as_a_string_with_all_its_places() -> None:
    written = Money.of(Decimal("1234.5"), "USD").model_dump(mode="json")
    assert written == {"amount": "1234.50", "currency": "USD"}


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [("1E+3", "JPY", "1000"), ("1E+3", "USD", "1000.00"), ("0", "KWD", "0.000")],
)
def test_an_amount_is_never_written_with_an_exponent(
    amount: str, currency: str, written: str
) -> None:
    assert Money.of(Decimal(amount), currency).model_dump(mode="json")["amount"] == written


@pytest.mark.parametrize("amount", ["0.00", "1234.50", "-0.01", "123456789012345678.90"])
def test_money_survives_json(amount: str) -> None:
    money = Money(amount=Decimal(amount), currency="USD")
    again = Money.model_validate_json(money.model_dump_json())
    assert again == money
    assert json.loads(again.model_dump_json())["amount"] == amount


def test_a_unit_price_keeps_more_places_than_an_amount() -> None:
    assert str(Money.unit_price(Decimal("0.28391"), "USD", 4).amount) == "0.2839"
    assert str(Money.unit_price(Decimal("161.00876"), "JPY", 4).amount) == "161.0088"


def test_money_names_its_currency_when_shown() -> None:
    assert str(Money.of(Decimal("1234.5"), "USD")) == "1,234.50 USD"


def test_a_plan_quantity_becomes_the_decimal_it_is_written_as() -> None:
    assert decimal_of(0.1) == Decimal("0.1")
    assert decimal_of(1e-07) == Decimal("0.0000001")
    assert decimal_of(3) == Decimal(3)
