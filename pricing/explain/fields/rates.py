"""Fields of the rates behind a team's cost, and of the steady-state formula made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import Field, computed, given
from pricing.explain.place import literal
from pricing.input_based import WEEKS_PER_RATE_CARD_YEAR
from staffing.calendar import WEEKS_PER_YEAR

if TYPE_CHECKING:
    from pricing.explain.field import Input
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"
_WEEKS_PER_YEAR = repr(WEEKS_PER_YEAR)
_WEEKLY_RATES = ("wage_per_hour", "variable_pay", "on_cost", "contract_hours_per_week")
_RESOLVED = {"wage_per_hour", "on_cost"}  # computed by the rate card from what is behind them
_PERIODS = {
    "hour": "",
    "month": f"contract_hours_per_week * {_WEEKS_PER_YEAR} / 12",
    "year": f"contract_hours_per_week * {_WEEKS_PER_YEAR}",
}


def _wage(place: Place) -> Field | None:
    """Wage per hour in the quote's currency; none where its period was not kept."""
    team = place.document["workings"]["teams"][place.taken[0]]
    period, currency = team.get("pay_period"), team.get("pay_currency")
    registered = {item["path"] for item in place.document["assumptions"]}
    wage = next((path for path in team["origins"]["wage_per_hour"] if path in registered), None)
    if period not in _PERIODS or wage is None:
        return None
    formula, inputs = "wage", {"wage": f"@{literal(wage)}"}
    if _PERIODS[period]:
        formula += f" / ({_PERIODS[period]})"
        inputs["contract_hours_per_week"] = "./contract_hours_per_week"
    if currency != place.currency():
        formula += " / fx"
        inputs["fx"] = f"fx[?currency={currency}].value"
    return Field(
        f"Wage per hour in the quote's currency, from a wage in {currency} per {period}.",
        "formula",
        "docs/models/cost.md",
        formula,
        inputs,
    )


def _instalment(place: Place) -> Field:
    registered = {item["path"]: item["value"] for item in place.document["assumptions"]}
    if "commercial.transition.cost" not in registered:
        return given("Monthly instalment of the transition: there is none.", _PAGE)
    inputs: dict[str, Input] = {
        "cost": "@commercial.transition.cost",
        "instalments": "workings.transition_months",
    }
    formula = "cost / instalments"
    if float(registered["commercial.transition.interest_per_year"]):
        rate = "interest_per_year / 12"
        inputs["interest_per_year"] = "@commercial.transition.interest_per_year"
        formula = f"cost * ({rate}) / (1 - (1 + {rate}) ** -instalments)"
    return Field("Monthly instalment of the transition.", "formula", _PAGE, formula, inputs)


def _rate(place: Place) -> Field:
    name = str(place.taken[-1])
    wage = _wage(place) if name == "wage_per_hour" else None
    if wage is not None:
        return wage
    origins = place.document["workings"]["teams"][place.taken[0]]["origins"].get(name, [])
    registered = dict.fromkeys(item["path"] for item in place.document["assumptions"])
    behind: list[Input] = [
        f"@{literal(path)}"
        for path in registered
        if any(path == one or (one[-1] == "*" and path.startswith(one[:-1])) for one in origins)
    ]
    return given(
        f"{name.replace('_', ' ').capitalize()} of the team, in the quote's currency.",
        "docs/engagement.md",
        behind[0] if len(behind) == 1 and name not in _RESOLVED else behind or None,
    )


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


def _formula_part(place: Place) -> Field:
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


FIELDS: dict[str, Entry] = {
    "workings.teams[*].rates.*": _rate,
    "workings.teams[*].formula_parts.*": _formula_part,
    "workings.transition_months": given(
        "Instalments of the transition (`commercial.transition.amortisation_months`).",
        "docs/engagement.md",
    ),
    "workings.transition_instalment": _instalment,
}
