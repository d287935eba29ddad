"""Fields of the workings: every cost line of a team and year from its quantities and rates.

Formulas are those of the yearly cost lines; a line that is not among them is explained as the sum
it is, with the page that says how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import Field, computed, fixed, given
from pricing.explain.fields.hours import paid_hours
from pricing.explain.place import literal
from staffing.calendar import WEEKS_PER_YEAR

if TYPE_CHECKING:
    from pricing.explain.field import Input
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"
_WEEKS_PER_YEAR = repr(WEEKS_PER_YEAR)
_WEEKLY = "wage_per_hour * (1 + variable_pay + on_cost) * contract_hours_per_week"
_HOURLY = (
    "(wage_per_hour * (1 + variable_pay + on_cost) * labour_index"
    " + {premium} * wage_per_hour * wage_index)"
)
_GROWTH = "(1 + wage_growth_per_year) ** (year - 1)"
_WEEKLY_RATES = ("wage_per_hour", "variable_pay", "on_cost", "contract_hours_per_week")
_OVERTIME = "overtime_premium"
_INDEX = {"labour_": "labour_index", "premium_": "wage_index"}
_EXTRA_HOURS = {"overtime", "surge"}

# Line: meaning, formula before wage growth, quantities of the year, rates of the team.
_LINES: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "labour_productive": (
        "Wages of weeks that do the work",
        f"(payroll_weeks - trainee_weeks - ramp_loss_weeks - idle_weeks) * {_WEEKLY}",
        ("payroll_weeks", "trainee_weeks", "ramp_loss_weeks", "idle_weeks"),
        _WEEKLY_RATES,
    ),
    "labour_training": (
        "Wages of weeks in training, those of people lost before production too",
        f"(trainee_weeks + started_hires * early_loss * training_weeks) * {_WEEKLY}",
        ("trainee_weeks", "started_hires"),
        ("early_loss", "training_weeks", *_WEEKLY_RATES),
    ),
    "labour_ramp": (
        "Wages of what new people do not yet produce",
        f"ramp_loss_weeks * {_WEEKLY}",
        ("ramp_loss_weeks",),
        _WEEKLY_RATES,
    ),
    "labour_idle": (
        "Wages of weeks nobody needs",
        f"idle_weeks * {_WEEKLY}",
        ("idle_weeks",),
        _WEEKLY_RATES,
    ),
    "surge": (
        "Hours of people called in, base pay included",
        f"surge_weeks * contract_hours_per_week * {_HOURLY.format(premium='surge_premium')}",
        ("surge_weeks",),
        ("surge_premium", *_WEEKLY_RATES),
    ),
    "recruiting": (
        "Finding the people who start",
        "started_hires * recruiting_cost",
        ("started_hires",),
        ("recruiting_cost",),
    ),
    "it": (
        "Licences and telecom per person",
        f"(payroll_weeks + surge_weeks) / {_WEEKS_PER_YEAR} * it_cost_per_fte_year",
        ("payroll_weeks", "surge_weeks"),
        ("it_cost_per_fte_year",),
    ),
}


def _cost(place: Place) -> Field:
    line = str(place.around["name"])
    if line in _SPECIAL:
        return _SPECIAL[line](place)
    kind, _, name = line.partition("_")
    if kind in _FAMILIES:
        return _FAMILIES[kind](place, name)
    if line not in _LINES:
        return given(f"Cost line {line.replace('_', ' ')} of one team and year, exact.", _PAGE)
    meaning, formula, quantities, rates = _LINES[line]
    return _line(
        place, meaning, formula, {name: name for name in quantities}, {name: name for name in rates}
    )


def _premium(place: Place, name: str) -> Field:
    return _line(
        place,
        f"Pay on top for scheduled hours of the class {name.replace('_', ' ')}",
        "sum(hours * premium) * wage_per_hour",
        {},
        {"wage_per_hour": "wage_per_hour"},
        paid_hours(place, name, "hours", "premium"),
    )


def _overtime(place: Place) -> Field:
    """At the mean rate of the year's hours; of a year without hours, at an ordinary day's."""
    rows = place.document["workings"]["hours"]
    own = place.around
    known = any((row["team"], row["year"]) == (own["team"], own["year"]) for row in rows)
    mean = "sum(hours * overtime_premium) / sum(hours)" if known else "overtime_premium"
    return _line(
        place,
        "Overtime hours, base pay included, at the rate of the days they are worked on",
        f"overtime_weeks * contract_hours_per_week * {_HOURLY.format(premium=mean)}",
        {"overtime_weeks": "overtime_weeks"},
        {name: name for name in _WEEKLY_RATES} | ({} if known else {_OVERTIME: _OVERTIME}),
        paid_hours(place, None, "hours", _OVERTIME) if known else {},
    )


def _support(place: Place, role: str) -> Field:
    return _line(
        place,
        f"Supporting role {role.replace('_', ' ')}",
        f"support_weeks * cost_per_year / {_WEEKS_PER_YEAR}",
        {"support_weeks": f"support_weeks.{literal(role)}"},
        {"cost_per_year": f"support_{literal(role)}"},
    )


def _line(
    place: Place,
    meaning: str,
    formula: str,
    quantities: dict[str, str],
    rates: dict[str, str],
    more: dict[str, Input] | None = None,
) -> Field:
    """A line from quantities of the plan's year and rates of the team, wage growth included."""
    team = "workings.teams[?team={team}]"
    site = _site(place)
    year = f"staffing.teams[?service={{service}}&site={literal(site)}].years[?year={{year}}]"
    inputs: dict[str, Input] = {name: f"{year}.{path}" for name, path in quantities.items()}
    inputs |= {name: f"{team}.rates.{path}" for name, path in rates.items()}
    inputs |= more or {}
    name = str(place.around["name"])
    if name.startswith("support_"):
        formula = f"{formula} * {_GROWTH}"
        inputs |= {
            "wage_growth_per_year": f"{team}.rates.wage_growth_per_year",
            "year": "./year",
        }
    indexes = [index for line, index in _INDEX.items() if name.startswith(line)]
    if len(indexes) == 1:
        formula = f"{formula} * {indexes[0]}"
    if name in _EXTRA_HOURS:
        indexes = ["labour_index", "wage_index"]
    inputs |= {one: f"workings.pay[?team={{team}}&year={{year}}].{one}" for one in indexes}
    meaning = f"{meaning}; one team, one year, unrounded."
    return Field(meaning, "formula", _PAGE, formula, inputs)


def _seats(place: Place) -> Field:
    first = 12 * (int(place.around["year"]) - 1)
    length = min(12, int(place.document["engagement"]["term_months"]) - first)
    return _line(
        place,
        "Seats for the most people on duty at once, trainees included",
        f"seats * seat_cost_per_year * {length} / 12",
        {"seats": "seats"},
        {"seat_cost_per_year": "seat_cost_per_year"},
    )


def _transition(place: Place) -> Field:
    before = 12 * (int(place.around["year"]) - 1)
    months = f"max(0, min(instalments - {before}, 12))"
    return computed(
        "Instalments of the one-off cost of going live, split by payroll; one team, one year.",
        f"sum(own_payroll_weeks) / sum(payroll_weeks) * instalment * {months}",
        _PAGE,
        own_payroll_weeks=f"staffing.teams[?service={{service}}&site={literal(_site(place))}]"
        ".years[*].payroll_weeks",
        payroll_weeks="staffing.teams[*].years[*].payroll_weeks",
        instalment="workings.transition_instalment",
        instalments="workings.transition_months",
    )


def _line_of_term(place: Place) -> Field:
    team, line = place.at(place.steps[:3])["team"], str(place.taken[1])
    return computed(
        f"{line.replace('_', ' ').capitalize()} of the team over the term, unrounded.",
        "sum(years)",
        _PAGE,
        years=f"workings.costs[team={literal(team)}&name={literal(line)}].amount",
    )


def _site(place: Place) -> str:
    teams = place.document["workings"]["teams"]
    return str(next(team["site"] for team in teams if team["team"] == place.around["team"]))


def _contingency(place: Place) -> Field:
    own = place.around
    lines: list[Input] = [
        f"workings.costs[{index}].amount"
        for index, line in enumerate(place.document["workings"]["costs"])
        if (line["team"], line["year"]) == (own["team"], own["year"])
        and line["name"] != own["name"]
    ]
    return computed(
        "Margin for what is neither planned nor simulated, on all other lines of the team's year.",
        "contingency * sum(lines)",
        _PAGE,
        contingency="@commercial.contingency",
        lines=lines,
    )


def _intercompany(place: Place) -> Field:
    own, site = place.around, _site(place)
    lines: list[Input] = [
        f"workings.costs[{index}].amount"
        for index, line in enumerate(place.document["workings"]["costs"])
        if (line["team"], line["year"]) == (own["team"], own["year"])
        and line["name"] not in {own["name"], "transition", "contingency"}
    ]
    return computed(
        f"Mark-up of the delivery entity ({site}) on the cost it bears; one team, one year.",
        "intercompany_markup * sum(lines)",
        "docs/models/cost.md",
        intercompany_markup="workings.teams[?team={team}].rates.intercompany_markup",
        lines=lines,
    )


_SPECIAL = {
    "contingency": _contingency,
    "intercompany_markup": _intercompany,
    "transition": _transition,
    "seats": _seats,
    "overtime": _overtime,
}
_FAMILIES = {"premium": _premium, "support": _support}


FIELDS: dict[str, Entry] = {
    "workings.costs[*].amount": _cost,
    "workings.teams[*].cost": computed(
        "Cost of the team over the term, contingency included, before SG&A, financing and margin.",
        "sum(cost_by_line)",
        _PAGE,
        cost_by_line="./cost_by_line.*",
    ),
    "workings.teams[*].cost_by_line.*": _line_of_term,
    "workings.costs[*].year": fixed("Contract year, 1 first.", _PAGE),
    "workings.fte_step": given(
        "Smallest step in which the client orders full-time equivalents "
        "(`commercial.fte_step` of the engagement).",
        "docs/engagement.md",
    ),
    "workings.unit_price_places": given(
        "Places of a unit price (`commercial.unit_price_places` of the engagement).",
        "docs/engagement.md",
    ),
    "workings.withholding": given(
        "Withholding tax that the vendor bears, a share of the bill "
        "(`commercial.tax.withholding_rate`); 0 where the client does.",
        "docs/engagement.md",
    ),
}
