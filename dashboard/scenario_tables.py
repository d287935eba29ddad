"""Rows of the comparison of scenarios: what changed, and what it did, as text."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.wording import MISSING, is_zero, number, percent, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

FAVOURABLE, UNFAVOURABLE = "✓", "✗"
_COLOURS = {True: "blue", False: "orange"}
_SIGNS = {True: FAVOURABLE, False: UNFAVOURABLE}
_WITHOUT_CENTS = 1_000
_DELETED = "not there"


def input_rows(comparison: Json) -> Rows:
    """List what the scenarios change, one column each; what a scenario leaves is empty."""
    versions = comparison["versions"]
    rows = []
    for one in comparison["inputs"]:
        row = {"Field": one["label"], "Base": _input(one["base"])}
        for version in versions[1:]:
            moved = version["id"] in one["scenarios"]
            row[version["name"]] = _input(one["scenarios"][version["id"]]) if moved else ""
        rows.append(row)
    return rows


def _input(value: str | None) -> str:
    return _DELETED if value is None else value


def figure_rows(comparison: Json, side: str, *, in_percent: bool) -> Rows:
    """List what the changes did, as Markdown: an arrow, the change, and ✓ or ✗ for the side.

    Parameters
    ----------
    side : {"vendor", "client"}
        For whom a change is favourable.
    in_percent : bool
        Whether changes are over the base's value; shares move in points in any case.
    """
    names = {one["id"]: one["name"] for one in comparison["versions"]}
    rows = []
    for one in comparison["figures"]:
        unit = f", {comparison['currency']}" if one["kind"] == "money" else ""
        row = {"Figure": plain(one["label"] + unit), "Base": value_text(one["base"], one["kind"])}
        for moved in one["scenarios"]:
            name = plain(names[moved["scenario"]])
            row[name] = _moved(moved, one["kind"], side, in_percent=in_percent)
        rows.append(row)
    return rows


def value_text(value: str | None, kind: str) -> str:
    """Write a figure as it is read."""
    if value is None:
        return MISSING
    if kind == "share":
        return percent(value)
    if kind == "number":
        return number(value)
    amount = Decimal(value)
    return f"{amount:,.0f}" if abs(amount) >= _WITHOUT_CENTS else f"{amount:,.2f}"


def _moved(figure: Json, kind: str, side: str, *, in_percent: bool) -> str:
    value, change = value_text(figure["value"], kind), figure["change"]
    if change is None:
        return value
    moved = Decimal(change)
    said = _change(figure, kind, moved, in_percent=in_percent)
    if not moved or is_zero(said):
        return f"{value} ="
    good = figure["favourable"][side]
    arrow = "▲" if moved > 0 else "▼"
    if good is None:
        return f"{value} {arrow} {said}"
    return f"{value} :{_COLOURS[good]}[{arrow} {said} {_SIGNS[good]}]"


def _change(figure: Json, kind: str, moved: Decimal, *, in_percent: bool) -> str:
    sign = "+" if moved > 0 else "-"
    if kind == "share":
        return f"{sign}{abs(100 * moved):.2f} points"
    if in_percent and figure["change_share"] is not None:
        return f"{sign}{percent(abs(figure['change_share']))}"
    return f"{sign}{value_text(str(abs(moved)), kind)}"


def standing_words(version: Json) -> str:
    """``Stale: the base has changed`` for a version whose result does not hold."""
    if version["state"] == "stale":
        return f"Stale: {'; '.join(version['stale_because'])}"
    return {"priced": "Priced", "not_priced": "Not priced yet"}[version["state"]]
