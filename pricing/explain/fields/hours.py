"""Fields of the scheduled hours behind premiums: how many, and what they are paid on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import fixed, given
from pricing.explain.place import literal

if TYPE_CHECKING:
    from pricing.explain.field import Input
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/cost.md"


def paid_hours(place: Place, calendar_class: str | None, *fields: str) -> dict[str, Input]:
    """Inputs from the paid hours of a cost line's team and year, of one class or of all."""
    own = place.around
    where = f"team={literal(own['team'])}&year={own['year']}"
    if calendar_class is not None:
        where += f"&calendar_class={literal(calendar_class)}"
    return {name: f"workings.hours[{where}].{name}" for name in fields}


FIELDS: dict[str, Entry] = {
    "workings.pay[*].year": fixed("Contract year, 1 first.", _PAGE),
    "workings.pay[*].labour_index": given(
        "Pay of an hour with variable pay and on-costs over that of the contract's first day: "
        "growth, and wages and on-costs that change, weighted by the people paid.",
        _PAGE,
    ),
    "workings.pay[*].wage_index": given(
        "Base pay of an hour over that of the contract's first day.", _PAGE
    ),
    "workings.hours[*].year": fixed("Contract year, 1 first.", _PAGE),
    "workings.hours[*].hours": given(
        "Scheduled hours of the team and contract year in this calendar class: those of the plan, "
        "on the days of the term (public holidays apart).",
        _PAGE,
    ),
    "workings.hours[*].premium": given(
        "Pay on top of the base wage for an hour of this class, as a share.", _PAGE
    ),
    "workings.hours[*].overtime_premium": given(
        "What overtime adds to an hour of this class, as a share of the base wage.", _PAGE
    ),
}
