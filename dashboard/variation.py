"""A variation as people enter it, in percent, and as the API takes it and gives it back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.assumption_names import TARGET_MARGIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Json = Mapping[str, Any]

_HUNDRED = 100
_PLACES = 6
_PERCENT_PLACES = 3


def variation(volume: float, productivity: float, margin: float | None) -> dict[str, Any]:
    """Write percent as the factors and the share the API takes; what is not moved is left out.

    Parameters
    ----------
    volume, productivity : float
        Change, percent.
    margin : float or None
        New target margin on price, percent; None leaves it as quoted.
    """
    moved: dict[str, Any] = {}
    if volume:
        moved["volume_factor"] = round(1 + volume / _HUNDRED, _PLACES)
    if productivity:
        moved["productivity_factor"] = round(1 + productivity / _HUNDRED, _PLACES)
    if margin is not None:
        moved["target_margin"] = str(Decimal(str(margin)) / _HUNDRED)
    return moved


def entered(moved: Iterable[Json], quoted_margin: float | None) -> dict[str, float | None]:
    """Tell from what moved between two quotes what had been entered.

    Parameters
    ----------
    moved : iterable of mapping
        A difference's ``assumptions``: ``name``, ``before`` and ``after``.
    quoted_margin : float or None
        Target margin of the quote in hand, percent.

    Returns
    -------
    dict
        ``volume`` and ``productivity`` as changes, ``margin`` as it is, percent.
    """
    found: dict[str, float | None] = {"volume": 0.0, "productivity": 0.0, "margin": quoted_margin}
    for row in moved:
        before, after = Decimal(row["before"]), Decimal(row["after"])
        name = row["name"]
        if name.endswith(": units per week") and before:
            found["volume"] = _change(after / before)
        elif name.endswith(".units_per_hour") and before:
            found["productivity"] = _change(after / before)
        elif name.endswith(".handle_time_s") and after:
            found["productivity"] = _change(before / after)
        elif name == TARGET_MARGIN:
            found["margin"] = in_percent(after)
    return found


def in_percent(share: Decimal) -> float:
    """``18.0`` for a share of 0.18."""
    return float(round(_HUNDRED * share, _PERCENT_PLACES))


def _change(factor: Decimal) -> float:
    return in_percent(factor - 1)
