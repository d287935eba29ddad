"""Figures and names as a person reads them. Nothing is computed here; amounts stay decimals."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from dashboard.number_format import localised

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

OFFERS = {"input_based": "Input-based", "output_based": "Output-based", "equal": "Neither"}
MISSING = "–"
_WITHOUT_CENTS = 100_000
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!$~<>|:&])")


def plain(text: str) -> str:
    """Escape text so that no sign of it is taken as Markdown; numbers in the browser's language."""
    return _MARKDOWN.sub(r"\\\1", localised(text))


def amount(money: Json) -> str:
    """``1,595.86``: every digit there is, the currency being named elsewhere."""
    return f"{Decimal(money['amount']):,f}"


def whole(money: Json) -> str:
    """``355,877``: without minor units, where a figure is read and not booked."""
    return f"{Decimal(money['amount']):,.0f}"


def percent(share: float | str | Decimal) -> str:
    """``18.0 %``."""
    return f"{Decimal(str(share)):.1%}".replace("%", " %")


def number(value: float | str) -> str:
    """``25,300.5``: at most two decimals, none that are zero."""
    text = f"{Decimal(str(value)):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_up(value: float | str) -> str:
    """``17`` for 16.75: of what is only had whole."""
    return f"{Decimal(str(value)).to_integral_value(ROUND_CEILING):,f}"


def moved(figure: Json, part: str) -> str:
    """Write the ``before``, ``after`` or ``change`` of a figure; a change has a sign."""
    value = Decimal(figure[part])
    sign = "+" if part == "change" and value > 0 else ""
    if figure["kind"] == "share":
        text = percent(value).replace("%", "points") if part == "change" else percent(value)
    elif figure["kind"] == "number":
        text = number(figure[part])
    elif max(abs(Decimal(figure["before"])), abs(Decimal(figure["after"]))) >= _WITHOUT_CENTS:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,f}"
    return text.removeprefix("-") if is_zero(text) else sign + text


def is_zero(text: str) -> bool:
    """Whether a written figure shows nothing but zeros."""
    return not re.search("[1-9]", text)


def moved_share(figure: Json) -> str:
    """Change over before, ``+20.0 %``; a share moves in points and has none."""
    share = figure["change_share"]
    if share is None or figure["kind"] == "share":
        return MISSING
    return f"{'+' if share > 0 else ''}{percent(share)}"


def words(name: str) -> str:
    """``support_team_leader`` as ``support team leader``."""
    return name.replace("_", " ")


def sentence(text: str) -> str:
    """Begin with a capital and end with a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def field_place(pointer: str) -> str:
    """``services, item 1: turnaround_h`` of the JSON pointer ``/services/0/turnaround_h``."""
    if not pointer:
        return "the whole document"
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/")]
    *way, last = [f"item {int(step) + 1}" if step.isdigit() else step for step in steps]
    return f"{', '.join(way)}: {last}" if way else last


def moment(timestamp: str) -> str:
    """``2027-01-04 09:30`` of an ISO time in UTC."""
    return timestamp[:16].replace("T", " ")


def volume(value: float) -> str:
    """``25,300``: a volume as it is spoken of."""
    return f"{value:,.0f}"


def volume_unit(comparison: Json) -> str:
    """What volume is counted in, ``claims``."""
    return str(comparison["volume_unit"]).replace(" per month", "")
