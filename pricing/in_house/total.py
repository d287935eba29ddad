"""Total of the in-house side: people by year, then lines by year, Decimal at full precision.

``people = max(units / (units per FTE-month x months x utilisation), opening hours)``: every service
is staffed on its own (no pooling), by people who are idle for what the client's utilisation says,
without shift premiums. Lines follow ``docs/models/comparison.md`` (total cost of ownership).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pricing.in_house.document import InHouseCosts, InHouseLine, InHouseTeam
from pricing.money import Money, decimal_of, quantize_amount
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.engagement import Engagement
    from pricing.in_house.terms import InHouseTerms, TeamTerms
    from staffing.plan import StaffingPlan

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))
_FTE_PLACES = 2
LINES = (
    "pay",
    "burden",
    "idle_capacity",
    "recruiting",
    "training",
    "management",
    "software",
    "facilities",
)
FORMULA = (
    "people = units / (units one person makes in a month of uninterrupted work x months x "
    "utilisation); a live queue has at least those who keep it open. Services do not share "
    "people, fractions are part-time, nights and weekends are paid like days."
)


def people_needed(team: TeamTerms, units: Decimal, months: int) -> tuple[Decimal, bool]:
    """Full-time equivalents a service asks for over some months, and whether hours decide it.

    Parameters
    ----------
    team : TeamTerms
        One service as the client would staff it.
    units : Decimal
        Good units in these months.
    months : int
        1 or more.
    """
    by_work = units / (team.units_per_month * months * team.utilisation)
    return max(by_work, team.least), team.least > by_work


def team_lines(
    people: Decimal,
    busy: Decimal,
    pay_per_year: Decimal,
    rates: Mapping[str, Decimal],
    training_weeks: int,
) -> dict[str, Decimal]:
    """Lines of one service for a full year.

    Parameters
    ----------
    people, busy : Decimal
        Full-time equivalents paid, and the part of them the work alone would take.
    pay_per_year : Decimal
        Base pay of one full-time equivalent.
    rates : mapping
        ``burden``, ``attrition`` and the others of `OWN_RATES`.
    training_weeks : int
        Paid before a hire produces.
    """
    loaded_each = pay_per_year * (1 + rates["burden"])
    loaded = people * loaded_each
    hires = people * rates["attrition"]
    at_work = min(busy, people)
    return {
        "pay": at_work * pay_per_year,
        "burden": at_work * pay_per_year * rates["burden"],
        "idle_capacity": (people - at_work) * loaded_each,
        "recruiting": hires * rates["recruiting"] * pay_per_year,
        "training": hires * training_weeks * loaded_each / _WEEKS_PER_YEAR,
        **{name: loaded * rates[name] for name in ("management", "software", "facilities")},
    }


def in_house_costs(
    engagement: Engagement, terms: InHouseTerms | None, plan: StaffingPlan
) -> InHouseCosts | None:
    """What the work of an engagement takes in-house over the term, if the engagement asks.

    Parameters
    ----------
    engagement : Engagement
        For term and currency.
    terms : InHouseTerms or None
        Resolved section; None gives None.
    plan : StaffingPlan
        For the volumes only: nothing of the vendor's people is used.
    """
    if terms is None:
        return None
    lengths = _year_months(engagement.term_months)
    currency = engagement.currency
    exact: dict[str, list[Decimal]] = {name: [Decimal(0)] * len(lengths) for name in LINES}
    teams = []
    for team, volume in zip(terms.teams, plan.volumes, strict=True):
        units = [decimal_of(u) for u in volume.units_by_month]
        by_year = [
            sum(units[12 * year : 12 * year + months], Decimal(0))
            for year, months in enumerate(lengths)
        ]
        made, shown = _years_of(team, terms, by_year, lengths, currency)
        teams.append(shown)
        for name in LINES:
            for year, amount in enumerate(made[name]):
                exact[name][year] += amount
    lines = tuple(_line(name, exact[name], currency) for name in LINES if any(exact[name]))
    years = tuple(
        Money.of(sum((line.by_year[year].amount for line in lines), Decimal(0)), currency)
        for year in range(len(lengths))
    )
    return InHouseCosts(
        country=terms.country,
        hours_per_week=terms.hours_per_week,
        formula=FORMULA,
        teams=tuple(teams),
        lines=lines,
        total=Money.of(sum((one.amount for one in years), Decimal(0)), currency),
        total_by_year=years,
        outsourcing=dict(terms.outsourcing),
        assumptions=terms.assumptions,
        unsourced_pay=tuple(t.service for t in terms.teams if t.pay.quality == "unsourced"),
    )


def _year_months(term_months: int) -> list[int]:
    """Months of every contract year, the last one possibly partial."""
    return [
        min(MONTHS_PER_YEAR, term_months - start)
        for start in range(0, term_months, MONTHS_PER_YEAR)
    ]


def _years_of(
    team: TeamTerms,
    terms: InHouseTerms,
    units_by_year: list[Decimal],
    lengths: list[int],
    currency: str,
) -> tuple[dict[str, list[Decimal]], InHouseTeam]:
    """Lines of one service by year, unrounded, and how they are shown."""
    made: dict[str, list[Decimal]] = {name: [] for name in LINES}
    needs, people_by_year, hours_decide = [], [], False
    monthly = [units / months for units, months in zip(units_by_year, lengths, strict=True)]
    for year, (units, months) in enumerate(zip(units_by_year, lengths, strict=True)):
        need, by_hours = people_needed(team, units, months)
        hours_decide = hours_decide or by_hours
        people = need
        if team.people is not None:
            growth = monthly[year] / monthly[0] if monthly[0] else Decimal(1)
            people = team.people * growth
        pay = team.pay.per_hour * terms.hours_per_week * _WEEKS_PER_YEAR
        pay *= (1 + terms.rates["pay_growth"]) ** year
        busy = units / (team.units_per_month * months)
        length = Decimal(months) / MONTHS_PER_YEAR
        for name, amount in team_lines(
            people, busy, pay, terms.rates, terms.training_weeks
        ).items():
            made[name].append(amount * length)
        needs.append(need)
        people_by_year.append(people)
    origin: Literal["workload", "opening hours", "stated"] = "workload"
    if team.people is not None:
        origin = "stated"
    elif hours_decide:
        origin = "opening hours"
    return made, InHouseTeam(
        service=team.service,
        role=team.role,
        utilisation=float(team.utilisation),
        people_from=origin,
        need_by_year=tuple(round(float(n), _FTE_PLACES) for n in needs),
        people_by_year=tuple(round(float(n), _FTE_PLACES) for n in people_by_year),
        pay_per_hour=Money.of(team.pay.per_hour, currency),
        pay_source=team.pay.source,
        pay_as_of=team.pay.as_of,
        pay_quality=team.pay.quality,
    )


def _line(name: str, years: list[Decimal], currency: str) -> InHouseLine:
    by_year = tuple(Money.of(quantize_amount(amount, currency), currency) for amount in years)
    total = sum((one.amount for one in by_year), Decimal(0))
    return InHouseLine(name=name, amount=Money.of(total, currency), by_year=by_year)
