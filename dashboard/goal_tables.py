"""What a goal seek found, as rows and sentences; nothing is computed here."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.wording import OFFERS, percent, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

_SENSE = {"expected": "expected, over all futures", "p10": "in nine of ten futures"}


def prices(found: Json) -> Rows:
    """Each price as quoted and as needed, with the margin at either."""
    measure = found["measure"]
    return [
        {
            "Offer": OFFERS[offer["method"]],
            "Price of": price["name"],
            f"Quoted, {found['currency']}": f"{Decimal(price['quoted']):,f}",
            f"Needed, {found['currency']}": f"{Decimal(price['needed']):,f}",
            "Change": f"{percent(Decimal(str(offer['level'])) - 1)}",
            "Margin as quoted": percent(offer["as_quoted"][measure]),
            "Margin then": percent(offer["as_needed"][measure]),
        }
        for offer in found["offers"]
        for price in offer["prices"]
    ]


def asked(found: Json) -> str:
    """What was sought."""
    return (
        f"Prices at which {percent(found['margin'])} of the price is left "
        f"{_SENSE[found['measure']]} ({found['draws']:,} drawn)."
    )


def equal(found: Json) -> str:
    """At which productivity both offers cost the client the same."""
    told = found["productivity"]
    low, high = (percent(one) for one in told["searched"])
    if told["share"] is None:
        return f"Between {low} and {high} of planned productivity one offer is always cheaper."
    currency = found["currency"]
    return (
        f"Both offers are equal at {percent(told['share'])} of planned productivity: a month at "
        f"plan volume then costs {whole(told['input_bill'])} {currency} input-based and "
        f"{whole(told['output_bill'])} {currency} output-based. Just below, one more step of "
        f"people is ordered and input-based costs {whole(told['input_bill_below'])} {currency}."
    )
