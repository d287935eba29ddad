"""A month's actuals: rows to edit from a quote, and what was edited as the API takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]

SERVICE, CLASS, TEAM, MEASURE = "Service", "Class", "Team", "Measure"
PLANNED, UNITS, ORDERED = "Planned", "Units", "FTE ordered"
_ASKED = {
    "accuracy": ("errors", "Errors"),
    "finished_in_time": ("in_time", "In time, share"),
    "collections": ("collections", "Collected"),
    "forecast_lock": ("forecast", "Forecast"),
}
_HOURS = {
    "overtime_hours": "Overtime, h",
    "night_hours": "Night, h",
    "holiday_hours": "Holiday, h",
    "training_hours": "Training, h",
    "break_hours": "Breaks, h",
    "client_downtime_hours": "Client down, h",
    "filled_fte": "Places filled",
}
_PLACES = 6


def service_rows(quote: Json, month: int) -> Rows:
    """One row for each service, or each of its complexity classes, with the planned units."""
    rows = []
    for volume in quote["staffing"]["volumes"]:
        name, planned = volume["service"], volume["units_by_month"][month - 1]
        terms = service_terms(quote, name)
        asked = {label: None for term, (_, label) in _ASKED.items() if terms.get(term)}
        classes = _classes(quote, name)
        for one in classes or [{"name": None, "share": "1"}]:
            units = round(planned * float(one["share"]), _PLACES)
            own = asked if one is (classes or [one])[0] else dict.fromkeys(asked)
            row = {SERVICE: name, CLASS: one["name"], PLANNED: units, UNITS: units}
            rows.append({**row, **own})
    shown = {key for row in rows for key in row}
    return [{key: row.get(key) for key in _ordered(shown)} for row in rows]


def team_rows(quote: Json, month: int) -> Rows:
    """One row for each team, with the planned order and hours that are priced apart."""
    orders = quote["offers"]["input_based"]["ordered_fte_by_month"]
    return [
        {
            TEAM: team,
            PLANNED: float(months[month - 1]),
            ORDERED: float(months[month - 1]),
            **dict.fromkeys(_HOURS.values()),
        }
        for team, months in orders.items()
    ]


def measure_rows(quote: Json) -> Rows:
    """One row for each measure that is credited when missed."""
    credits = terms_of(quote).get("sla_credits") or {"measures": []}
    return [
        {MEASURE: one["name"], "Target": one["target"], "Result": None}
        for one in credits["measures"]
    ]


def terms_of(quote: Json) -> Json:
    """The contract of a quote; empty where it has none."""
    agreement: Json = quote.get("agreement") or {}
    found: Json = agreement.get("terms") or {}
    return found


def service_terms(quote: Json, service: str) -> Json:
    """Terms of a service; empty where the contract is silent."""
    output = terms_of(quote).get("output_based") or {"services": []}
    found = (one for one in output["services"] if one["service"] == service)
    return next(found, {})


def actuals(month: int, days: int | None, services: Rows, teams: Rows, measures: Rows) -> Json:
    """What the tables say beyond the plan, as `POST /v1/quotes/{id}/invoices` takes it."""
    made: dict[str, Any] = {"month": month}
    if days is not None:
        made["days"] = days
    made["services"] = _services(services)
    made["teams"] = {row[TEAM]: found for row in teams if (found := _team(row))}
    made["sla"] = {row[MEASURE]: row["Result"] for row in measures if row["Result"] is not None}
    return {name: value for name, value in made.items() if value or name == "days"}


def _services(rows: Rows) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in dict.fromkeys(row[SERVICE] for row in rows):
        own = [row for row in rows if row[SERVICE] == name]
        stated: dict[str, Any] = {
            field: _text(field, own[0].get(label))
            for field, label in _ASKED.values()
            if own[0].get(label) not in {None, ""}
        }
        if any(row[UNITS] is not None and row[UNITS] != row[PLANNED] for row in own):
            if own[0].get(CLASS):
                stated["classes"] = {row[CLASS]: row[UNITS] or 0 for row in own}
            else:
                stated["units"] = own[0][UNITS]
        if stated:
            found[name] = stated
    return found


def _text(field: str, value: object) -> object:
    """Money goes as text, which is never rounded on the way."""
    return str(value).replace(",", "").strip() if field == "collections" else value


def _team(row: Json) -> dict[str, Any]:
    stated = {field: row[label] for field, label in _HOURS.items() if row.get(label) is not None}
    if row[ORDERED] is not None and row[ORDERED] != row[PLANNED]:
        stated["ordered_fte"] = row[ORDERED]
    return stated


def _classes(quote: Json, service: str) -> Sequence[Json]:
    agreement: Json = quote.get("agreement") or {"services": []}
    found = (one["classes"] for one in agreement["services"] if one["service"] == service)
    classes: Sequence[Json] = next(found, [])
    return classes


def _ordered(shown: set[str]) -> list[str]:
    order = [SERVICE, CLASS, PLANNED, UNITS, *(label for _, label in _ASKED.values())]
    return [label for label in order if label in shown]
