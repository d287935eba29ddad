"""Rows of the money over the term: a quote's JSON in, text by column out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.wording import MISSING, OFFERS, percent, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

MONEY = "Money over the term"
_METHODS = ("input_based", "output_based")
_EVERY = 6


def value(quote: Json) -> Rows:
    """What both offers are worth, side by side."""
    pair = [quote["term"][method] for method in _METHODS]
    currency = quote["engagement"]["currency"]
    rows = [
        (f"Total contract value, {currency}", [whole(one["tcv"]) for one in pair]),
        (f"Contract value per year, {currency}", [whole(one["acv"]) for one in pair]),
        *(
            (label, [_level(one[level]) for one in pair])
            for label, level in (
                ("Contribution: after what moves with the people", "contribution"),
                ("Gross margin: after all delivery", "gross"),
                ("Operating margin: after SG&A", "operating"),
            )
        ),
        (f"Net present value, {currency}", [whole(one["npv"]) for one in pair]),
        (f"Deepest exposure, {currency}", [_exposure(one) for one in pair]),
        ("Paid back for good", [_payback(one) for one in pair]),
    ]
    heads = [OFFERS[method] for method in _METHODS]
    return [{MONEY: label, **dict(zip(heads, cells, strict=True))} for label, cells in rows]


def exit_charges(quote: Json) -> Rows:
    """What an early end leaves open, every six months."""
    currency = quote["engagement"]["currency"]
    return [
        {
            "After month": str(one["after_month"]),
            f"Transition not recovered, {currency}": whole(one["unamortised_transition"]),
            f"Demobilisation, {currency}": whole(one["demobilisation"]),
            f"Exit charge, {currency}": whole(one["charge"]),
            f"Agreed, {currency}": whole(one["agreed"]) if one["agreed"] else MISSING,
        }
        for one in quote["term"]["exit_charges"]
        if one["after_month"] % _EVERY == 0
    ]


def _level(level: Json) -> str:
    return f"{whole(level['amount'])} ({percent(level['share'])})"


def _exposure(one: Json) -> str:
    return f"{whole(one['peak_exposure'])} in month {one['peak_exposure_month']}"


def _payback(one: Json) -> str:
    month = one["payback_month"]
    return "never" if month is None else f"from month {month}"
