"""Assumptions under the names people call them by, instead of where a file keeps them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dashboard.wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]

TARGET_MARGIN = "commercial.target_margin"
_NAMES = {
    "handle_time_s": "handling time, s",
    "units_per_hour": "units per handling hour",
    "target_margin": "target margin on price",
    "floor_margin": "floor margin on price",
}
_SHARES = {"target_margin", "floor_margin"}
_OF_A_LIST = re.compile(r"(services|sites)\[(\d+)\]\.(.+)")


def assumption(row: Json, quote: Json) -> dict[str, Any]:
    """Return what moved of an assumption, named in words; what is a share is read as percent.

    Parameters
    ----------
    row : mapping
        One of a difference's ``assumptions``; its ``name`` is a field's path.
    quote : mapping
        The quote the path belongs to, which knows what its services and sites are called.
    """
    path = row["name"]
    last = path.rpartition(".")[2]
    return {
        **row,
        "name": _owner(path, quote) + _NAMES.get(last, words(last)),
        "kind": "share" if last in _SHARES else row["kind"],
    }


def _owner(path: str, quote: Json) -> str:
    """``claims: `` where the path belongs to one service or site."""
    found = _OF_A_LIST.fullmatch(path)
    if found is None:
        return ""
    staffing, index = quote["staffing"], int(found[2])
    name = (
        staffing["volumes"][index]["service"]
        if found[1] == "services"
        else staffing["sites"][index]["site"]
    )
    return f"{name}: "
