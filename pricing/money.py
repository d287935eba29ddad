"""Money: Decimal amounts of one ISO 4217 currency, rounded once, half away from zero.

Build-ups keep full precision. `quantize_amount` (currency exponent) and `quantize_unit_price`
(4 to 6 places) are the only two places where money is rounded, but for prices that are the lowest
to hold something, which are rounded up; see ``docs/decisions/0001-money-and-rounding.md``.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, field_serializer, field_validator
from pydantic_core import PydanticCustomError

from pricing.reference_tables import rows
from staffing.plan import Document


@cache
def currency_exponents() -> dict[str, int]:
    """Minor-unit digits by ISO 4217 code."""
    return {row["code"]: int(row["exponent"]) for row in rows("currencies")}


def _known_currency(code: str) -> str:
    if code not in currency_exponents():
        raise PydanticCustomError("currency", "an ISO 4217 currency code, e.g. USD or EUR")
    return code


Currency = Annotated[
    str, Field(json_schema_extra={"pattern": "^[A-Z]{3}$"}), AfterValidator(_known_currency)
]


def exponent(currency: str) -> int:
    """Digits after the decimal point of a currency's amounts."""
    return currency_exponents()[currency]


def quantize_amount(amount: Decimal, currency: str) -> Decimal:
    """Round to the currency's minor unit, half away from zero."""
    return amount.quantize(Decimal(1).scaleb(-exponent(currency)), rounding=ROUND_HALF_UP)


def quantize_unit_price(price: Decimal, places: int) -> Decimal:
    """Round a unit price to its agreed places, half away from zero."""
    return price.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def amount_up(amount: Decimal, currency: str) -> Decimal:
    """Round up to the currency's minor unit: of a price that is the lowest to hold something."""
    return amount.quantize(Decimal(1).scaleb(-exponent(currency)), rounding=ROUND_CEILING)


def unit_price_up(price: Decimal, places: int) -> Decimal:
    """Round a unit price up to its agreed places; see `amount_up`."""
    return price.quantize(Decimal(1).scaleb(-places), rounding=ROUND_CEILING)


class Money(Document):
    """An amount and its currency; on the wire the amount is a string, never a float."""

    amount: Decimal
    currency: str

    @field_validator("amount", mode="before")
    @classmethod
    def _no_float(cls, value: object) -> object:
        if isinstance(value, float):
            raise ValueError("money is never a float: give a string or a Decimal")  # noqa: TRY004 (pydantic turns ValueError into a field error)
        return value

    @field_serializer("amount")
    def _plain(self, amount: Decimal) -> str:
        return f"{amount:f}"

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Money:
        """Round an amount to its currency and wrap it."""
        return cls(amount=quantize_amount(amount, currency), currency=currency)

    @classmethod
    def unit_price(cls, price: Decimal, currency: str, places: int) -> Money:
        """Round a unit price to its places and wrap it."""
        return cls(amount=quantize_unit_price(price, places), currency=currency)

    def __str__(self) -> str:
        """``1,234.50 USD``."""
        return f"{self.amount:,f} {self.currency}"


def decimal_of(quantity: float) -> Decimal:
    """Turn a plan quantity into an exact Decimal by its shortest decimal text."""
    return Decimal(repr(float(quantity)))
