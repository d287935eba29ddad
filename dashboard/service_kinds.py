"""A service that changes its kind, and items that are added to a form: pure changes of data."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from dashboard.entered import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = dict[str, Any]

LIVE, DEFERRABLE = "live", "deferrable"
HANDLE_TIME, SPEED = "handle_time_s", "units_per_hour"
_SECONDS = 3600
_OWN: dict[str, Json] = {
    LIVE: {"service_level": 0.8, "answer_within_s": 20},
    DEFERRABLE: {"turnaround_h": 48},
}
_ONLY: dict[str, tuple[str, ...]] = {
    LIVE: (
        *("service_level", "answer_within_s", "patience_s", "max_abandonment", "retry_share"),
        *("concurrency", "shortfall_price", "max_short_heads", "routing"),
    ),
    DEFERRABLE: ("turnaround_h", "blend"),
}


def as_channel(service: Mapping[str, Any], channel: str) -> Json:
    """A service as a live queue or as deferrable work, with what the other kind alone has gone."""
    other = DEFERRABLE if channel == LIVE else LIVE
    kept = {name: value for name, value in service.items() if name not in _ONLY[other]}
    return {**_OWN[channel], **kept, "channel": channel}


def by(service: Mapping[str, Any], measure: str) -> Json:
    """A service whose speed is stated the other way: seconds a unit, or units an hour."""
    other = SPEED if measure == HANDLE_TIME else HANDLE_TIME
    made = {name: value for name, value in service.items() if name != other}
    number = as_number(service.get(other))
    if measure not in made and number:
        made[measure] = float(f"{_SECONDS / number:.6g}")
    return made


def with_copy(items: list[Json], kind: str) -> list[Json]:
    """A list with one more item, like its last but with a name of its own."""
    made = copy.deepcopy(items)
    new: Json = copy.deepcopy(items[-1]) if items else {}
    names = {item.get("name") for item in items}
    number = len(items) + 1
    while (name := f"{kind} {number}") in names:
        number += 1
    return [*made, {**new, "name": name}]


def with_site_renamed(document: Json, old: str, new: str) -> Json:
    """An engagement whose services are delivered at a site under its new name."""
    made = copy.deepcopy(document)
    for service in made.get("services") or []:
        for part in service.get("delivery") or []:
            if part.get("site") == old:
                part["site"] = new
        if old in (service.get("candidates") or []):
            service["candidates"] = [new if n == old else n for n in service["candidates"]]
    return made


def delivery(shares: Mapping[str, float], held: list[Json] | None) -> list[Json]:
    """Where a service is delivered: sites with a share above none, in the order they had."""
    order = [part.get("site") for part in held or []]
    named = sorted(shares, key=lambda site: order.index(site) if site in order else len(order))
    return [{"site": site, "share": shares[site]} for site in named if shares[site]]
