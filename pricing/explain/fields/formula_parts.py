"""Fields of the steady-state formula: the parts a plan is reconciled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import Field, computed
from pricing.explain.place import literal
from pricing.input_based import WEEKS_PER_RATE_CARD_YEAR
from staffing.calendar import WEEKS_PER_YEAR

if TYPE_CHECKING:
    from pricing.explain.place import Place

_PAGE = "docs/models/price.md"
_WEEKS_PER_YEAR = repr(WEEKS_PER_YEAR)
_WEEKLY_RATES = ("wage_per_hour", "variable_pay", "on_cost", "contract_hours_per_week")
_LABOUR = (
    f"wage_per_hour * contract_hours_per_week * {_WEEKS_PER_YEAR} * (1 + variable_pay + on_cost)"
)
_HIRES = "annual_attrition / (1 - early_loss)"
_PARTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "labour": ("Labour of an FTE-year", _LABOUR, _WEEKLY_RATES),
    "backfill": (
        "Replacing those who leave",
        f"{_HIRES} * (recruiting_cost + (training_weeks + ramp_loss_weeks) * ({_LABOUR}) / "
        f"{WEEKS_PER_RATE_CARD_YEAR})",
        (
            "annual_attrition",
            "early_loss",
            "recruiting_cost",
            "training_weeks",
            "ramp_loss_weeks",
            *_WEEKLY_RATES,
        ),
    ),
    "seats": (
        "Seat of an FTE-year",
        "seat_cost_per_year / shifts_per_seat",
        ("seat_cost_per_year", "shifts_per_seat"),
    ),
    "it": (
        "Licences and telecom of an FTE-year",
        "it_cost_per_fte_year",
        ("it_cost_per_fte_year",),
    ),
}


def formula_part(place: Place) -> Field:
    """A part of the steady-state cost of an FTE-year, from the rates of the team."""
    part = str(place.taken[1])
    team = f"workings.teams[{place.taken[0]}].rates"
    if part == "support":
        roles = [
            name.removeprefix("span_")
            for name in place.at(("workings", "teams", place.taken[0], "rates"))
            if name.startswith("span_")
        ]
        return computed(
            "Supporting roles of an FTE-year by their spans.",
            "sum(cost_per_year / span)",
            _PAGE,
            cost_per_year=[f"{team}.support_{literal(role)}" for role in roles],
            span=[f"{team}.span_{literal(role)}" for role in roles],
        )
    if part == "transition":
        return computed(
            "Transition recovered over the term, per needed FTE-year.",
            "12 * instalment * instalments / (sum(needed_fte) / months) / months",
            _PAGE,
            instalment="workings.transition_instalment",
            instalments="workings.transition_months",
            needed_fte="staffing.teams[*].needed_fte_by_month[*]",
            months="engagement.term_months",
        )
    meaning, formula, rates = _PARTS[part]
    meaning = f"{meaning}, by the steady-state formula."
    return Field(meaning, "formula", _PAGE, formula, {name: f"{team}.{name}" for name in rates})
