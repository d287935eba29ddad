"""What of both bills pays people in another currency than the quote's, in sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

PAY_LINES = ("labour_", "premium_", "overtime", "surge")


def foreign_pay(quote: Json) -> dict[str, Decimal]:
    """Pay of the term by the foreign currency it is paid in, in the quote's currency, unrounded.

    Parameters
    ----------
    quote : mapping
        A vendor's quote as JSON.

    Returns
    -------
    dict of str to Decimal
        Base pay, on-costs, premiums, overtime and surge of the teams paid so; no support, which is
        stated in the quote's currency.
    """
    own, found = quote["engagement"]["currency"], dict[str, Decimal]()
    for team in (quote.get("workings") or {}).get("teams", ()):
        currency = team["pay_currency"]
        if currency in {"", own}:
            continue
        lines = team["cost_by_line"].items()
        pay = sum((Decimal(cost) for name, cost in lines if name.startswith(PAY_LINES)), Decimal(0))
        found[currency] = found.get(currency, Decimal(0)) + pay
    return found


def foreign_pay_sentences(quote: Json) -> list[str]:
    """One sentence for each foreign currency: its share of cost and of both expected bills."""
    offers = quote["offers"]
    by_hour, by_unit = (
        offers[one]["term"]["expected_bill"]["amount"] for one in ("input_based", "output_based")
    )
    cost = quote["cost"]["total"]["amount"]
    return [
        f"Pay in {currency} is {_share(pay, cost)} of delivery cost: {_share(pay, by_hour)} of the "
        f"expected input-based bill and {_share(pay, by_unit)} of the output-based one move with "
        "its exchange rate."
        for currency, pay in foreign_pay(quote).items()
        if pay
    ]


def _share(part: Decimal, whole: str) -> str:
    return f"{100 * part / Decimal(whole):.1f} %"
