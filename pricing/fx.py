"""Exchange rates of a quote: frozen with it, each with its date, source and type."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import PlainSerializer

from pricing.money import Currency
from pricing.reference_tables import find, provenance
from staffing.errors import BadInputError, FieldIssue
from staffing.plan import Document

if TYPE_CHECKING:
    from pricing.engagement import Engagement

_PIVOT = "EUR"
_QUALITIES = ("official", "secondary", "unsourced")


class FxRate(Document):
    """Units of `currency` for one unit of `base`, as the quote used it.

    `type` is ``stated`` for a rate of the engagement (a contract or budget rate) and ``reference``
    for one of the reference table, a daily rate; between two currencies both of which are quoted
    against the euro it is their ratio, unrounded.
    """

    base: Currency
    currency: Currency
    value: Annotated[
        Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json")
    ]
    type: Literal["stated", "reference"]
    as_of: str | None
    source: str | None
    quality: Literal["official", "secondary", "stated", "unsourced"]


def fx_rate(engagement: Engagement, currency: str) -> FxRate:
    """Rate of a currency: stated, else of the reference table.

    Raises
    ------
    BadInputError
        When neither has it.
    """
    home = engagement.currency
    stated = engagement.fx.get(currency)
    if stated is not None:
        return FxRate(
            base=home,
            currency=currency,
            value=stated.value,
            type="stated",
            as_of=stated.as_of.isoformat() if stated.as_of else None,
            source=stated.source,
            quality="unsourced" if stated.is_assumed else "stated",
        )
    rows = {}
    for code in (currency, home):
        row = find("fx", currency=code)
        if row is None:
            remedy = f"no reference rate for {code}; state how many {currency} one {home} buys"
            raise BadInputError(FieldIssue(f"fx.{currency}", "", remedy))
        rows[code] = row
    used = [row for code, row in rows.items() if code != _PIVOT] or [rows[currency]]
    origins = [provenance(row) for row in used]
    return FxRate(
        base=home,
        currency=currency,
        value=Decimal(rows[currency]["units_per_eur"]) / Decimal(rows[home]["units_per_eur"]),
        type="reference",
        as_of=min(origin.as_of for origin in origins),
        source="; ".join(dict.fromkeys(origin.source for origin in origins)),
        quality=max((origin.quality for origin in origins), key=_QUALITIES.index),
    )
