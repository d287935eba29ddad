"""Prices of people that a contract keeps from falling below the floor of their role."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place


def not_below_floor(place: Place, field: Field) -> Field:
    """Explain an FTE-month price that may have been lifted; without a floor, as before."""
    floor = _role_floor(place)
    if floor is None:
        return field
    return replace(
        field,
        meaning=f"{field.meaning} It is not below the floor of the role.",
        formula=f"max({field.formula}, role_floor)",
        inputs={**field.inputs, "role_floor": floor},
    )


def _role_floor(place: Place) -> str | None:
    """Where the contract states a floor price of the people's role, if it does."""
    agreement = place.document.get("agreement") or {"teams": [], "terms": {}}
    team = f"{place.around['service']} @ {place.around['site']}"
    role = next((one["role"] for one in agreement["teams"] if one["team"] == team), None)
    stated = (agreement["terms"].get("input_based") or {}).get("floor_prices", [])
    found = (at for at, one in enumerate(stated) if one["role"] == role)
    at = next(found, None)
    return None if at is None else f"agreement.terms.input_based.floor_prices[{at}].fte_month"
