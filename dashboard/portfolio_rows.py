"""Rows of the portfolio: sums, quotes, events, changes of rate cards; nothing is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.wording import MISSING, OFFERS, moment, percent, whole, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

_QUIET = {"state", "version"}


def standing_rows(standing: Sequence[Json]) -> Rows:
    """Sums by currency and state."""
    return [
        {
            "State": words(one["state"]),
            "Currency": one["currency"],
            "Quotes": f"{one['count']:,}",
            "Value": whole(one["value"]),
            "Expected profit": whole(one["profit"]),
            "Margin at risk": whole(one["margin_at_risk"]),
        }
        for one in standing
    ]


def quote_rows(quotes: Sequence[Json]) -> Rows:
    """One row for each quote that is added up."""
    return [
        {
            "Number": f"{one['number']}, revision {one['revision']}",
            "Quote": one["name"],
            "Client": one["client"],
            "State": words(one["state"]),
            "Counted": OFFERS[one["method"]].lower(),
            "Value": f"{whole(one['value'])} {one['value']['currency']}",
            "Expected profit": whole(one["profit"]),
            "Margin at risk": whole(one["margin_at_risk"]),
            "Expires in": _days(one["days_left"]),
        }
        for one in quotes
    ]


def _days(left: int | None) -> str:
    if left is None:
        return ""
    if left < 1:
        return "today" if left == 0 else "over"
    return f"{left} day{'s' if left > 1 else ''}"


def event_rows(events: Sequence[Json]) -> Rows:
    """What happened to a quote, oldest first, with who did it and what it changed."""
    return [
        {
            "When, UTC": moment(one["at"]),
            "What": words(one["type"].removeprefix("quote.")),
            "Who": one["actor_name"],
            "Role": one["actor_role"],
            "From": words((one["before"] or {}).get("state", MISSING)),
            "To": words((one["after"] or {}).get("state", MISSING)),
            "Also changed": ", ".join(_changed(one)),
            "Request": one["request_id"] or "",
        }
        for one in events
    ]


def _changed(event: Json) -> list[str]:
    before, after = event["before"], event["after"] or {}
    if before is None:
        return []
    names = (name for name in after if name not in _QUIET and after[name] != before.get(name))
    return [words(name) for name in names]


def version_rows(versions: Sequence[Json]) -> Rows:
    """Versions of a rate card, newest first."""
    return [
        {
            "Version": str(one["version"]),
            "When, UTC": moment(one["created_at"]),
            "Who": one["created_by"],
            "Why": one["note"],
        }
        for one in versions
    ]


def change_rows(changes: Sequence[Json]) -> Rows:
    """What a version of a rate card changed; amounts with the change in per cent."""
    return [
        {
            "Table": words(one["table"]),
            "Row": one["key"],
            "From day": one["since"] or "",
            "Change": one["change"],
            "Before": _values(one["before"]),
            "After": _values(one["after"]),
            "By": _by(one),
        }
        for one in changes
    ]


def _values(row: Mapping[str, str]) -> str:
    return ", ".join(f"{words(name)} {value}" for name, value in row.items())


def _by(change: Json) -> str:
    """Write the relative change of the one number that changed."""
    shares = []
    for name, before in change["before"].items():
        try:
            old, new = float(before), float(change["after"][name])
        except (KeyError, ValueError):
            continue
        if old:
            shares.append(f"{'+' if new >= old else ''}{percent(round(new / old - 1, 4))}")
    return shares[0] if len(shares) == 1 else ""
