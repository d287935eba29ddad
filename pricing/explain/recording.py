"""Recording the workings of a quote while it is priced."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.cost import transition_cost
from pricing.explain.workings import (
    ExactCost,
    PaidHours,
    PayLevel,
    PriceWorkings,
    TeamWorkings,
    Workings,
)
from pricing.money import decimal_of
from pricing.reconciliation import formula_parts, transition_per_year
from pricing.reference_tables import find
from pricing.term.price_periods import price_periods
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pricing.briefing import TeamTerms
    from pricing.cost import ClassHours, CostLine, PayIndex
    from pricing.engagement import Engagement
    from pricing.term.price_periods import PricePeriods
    from staffing.plan import StaffingPlan


def workings_of(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
    hours: Mapping[str, tuple[ClassHours, ...]],
    pay: Mapping[str, tuple[PayIndex, ...]],
) -> Workings:
    """Keep what the prices of a quote were computed from; zero cost lines are left out."""
    commercial = engagement.commercial
    transition = transition_cost(commercial)
    yearly_transition = transition_per_year(engagement, plan)
    services = {team.name: team.service.name for team in teams}
    return Workings(
        fte_step=commercial.fte_step,
        unit_price_places=commercial.unit_price_places,
        transition_instalment=Decimal(0) if transition is None else transition.instalment,
        withholding=commercial.withholding_share,
        transition_months=0 if transition is None else transition.months,
        teams=tuple(
            TeamWorkings(
                team=team.name,
                service=team.service.name,
                site=team.site.name,
                **_pay(engagement, team),
                cost=sum(_by_line(team, lines).values(), Decimal(0)),
                cost_by_line=_by_line(team, lines),
                rates=_rates(team),
                origins={name: paths for name, paths in _origins(engagement, team) if paths},
                formula_parts=formula_parts(team, yearly_transition),
            )
            for team in teams
        ),
        costs=tuple(
            ExactCost(
                name=line.name,
                team=line.team,
                service=services[line.team],
                year=line.year,
                amount=line.amount,
            )
            for line in lines
            if line.amount
        ),
        pay=tuple(_pay_levels(pay)),
        hours=tuple(_paid_hours(hours)),
        prices=_prices(price_periods(engagement, teams, plan, lines)),
    )


def _prices(periods: PricePeriods) -> PriceWorkings | None:
    """None where prices simply recover the cost of the term over its quantities."""
    if not periods.is_yearly and not periods.monthly:
        return None
    return PriceWorkings(
        cost=dict(periods.cost),
        weights=periods.weights,
        index=periods.index,
        discount=periods.discount if periods.monthly else (),
        monthly_cost=dict(periods.monthly),
    )


def _pay_levels(pay: Mapping[str, tuple[PayIndex, ...]]) -> Iterator[PayLevel]:
    for team, by_year in pay.items():
        for year, one in enumerate(by_year, 1):
            yield PayLevel(team=team, year=year, labour_index=one.labour, wage_index=one.wage)


def _paid_hours(hours: Mapping[str, tuple[ClassHours, ...]]) -> Iterator[PaidHours]:
    """Add the months of a year up where class and rates are the same."""
    for team, cells in hours.items():
        alike: dict[tuple[int, str, Decimal, Decimal], Decimal] = {}
        for cell in cells:
            key = cell.year, cell.name, cell.premium, cell.overtime
            alike[key] = alike.get(key, Decimal(0)) + cell.hours
        for (year, name, premium, overtime), total in alike.items():
            yield PaidHours(
                team=team,
                year=year,
                calendar_class=name,
                hours=total,
                premium=premium,
                overtime_premium=overtime,
            )


def _by_line(team: TeamTerms, lines: tuple[CostLine, ...]) -> dict[str, Decimal]:
    """Cost of one team over the term by line; lines that cost nothing are left out."""
    amounts: dict[str, Decimal] = {}
    for line in lines:
        if line.team == team.name and line.amount:
            amounts[line.name] = amounts.get(line.name, Decimal(0)) + line.amount
    return amounts


def _pay(engagement: Engagement, team: TeamTerms) -> dict[str, str]:
    """Currency and period of the wage: stated, else of the reference table."""
    stated = team.site.wages.get(team.service.role)
    if stated is not None:
        currency = stated.currency or engagement.currency
        return {"pay_currency": currency, "pay_period": stated.per}
    row = find("wages", country=team.site.country, role=team.service.role) or {}
    return {"pay_currency": row.get("currency", ""), "pay_period": row.get("per", "")}


def _rates(team: TeamTerms) -> dict[str, Decimal]:
    site, attrition = team.site, team.attrition
    multipliers = zip(PREMIUM_CLASSES, team.rates.premiums.multipliers, strict=True)
    return {
        "wage_per_hour": team.rate.wage_per_hour,
        "variable_pay": team.rate.variable_pay,
        "on_cost": team.rate.on_cost,
        "contract_hours_per_week": team.rates.contract_hours_per_week,
        "wage_growth_per_year": site.wage_growth_per_year.value,
        "overtime_premium": decimal_of(team.rates.overtime_premium),
        "surge_premium": site.surge.premium.value,
        **{f"premium_{name}": decimal_of(factor) - 1 for name, factor in multipliers},
        **(
            {"intercompany_markup": site.intercompany_markup.value}
            if site.intercompany_markup is not None
            else {}
        ),
        "out_of_office": team.shrinkage.out_of_office.value,
        "in_office": team.shrinkage.in_office.value,
        "annual_attrition": attrition.annual.value,
        "early_loss": attrition.early_loss.value,
        "recruiting_cost": attrition.recruiting_cost.value,
        "training_weeks": Decimal(attrition.training_weeks),
        "ramp_loss_weeks": sum((1 - decimal_of(p) for p in team.service.ramp), Decimal(0)),
        "seat_cost_per_year": site.seat_cost_per_year.value,
        "shifts_per_seat": Decimal(site.shifts_per_seat),
        "it_cost_per_fte_year": site.it_cost_per_fte_year.value,
        **{f"support_{role.role}": role.cost_per_year.value for role in site.support},
        **{f"span_{role.role}": role.span.value for role in site.support},
    }


def _origins(engagement: Engagement, team: TeamTerms) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Paths in the assumption register behind each rate; a trailing ``*`` stands for several."""
    site, country = engagement.site_path(team.site.name), team.site.country
    stated = team.site.wages.get(team.service.role)
    wage = f"{site}.wages.{team.service.role}"
    yield "wage_per_hour", (wage if stated else f"wages[{country}].{team.service.role}", "fx*")
    yield "variable_pay", (f"{site}.variable_pay",)
    yield (
        "on_cost",
        (f"{site}.on_cost" if team.site.on_cost is not None else f"employer_costs[{country}].*",),
    )
    yield "wage_growth_per_year", (f"{site}.wage_growth_per_year",)
    yield "surge_premium", (f"{site}.surge.premium",)
    rules = {"overtime_premium": ("overtime_premium",)} | {
        f"premium_{name}": tuple(f"{part}_premium" for part in name.split("_"))
        for name in PREMIUM_CLASSES
        if name != "ordinary"
    }
    for rate, names in rules.items():
        yield (
            rate,
            tuple(
                f"labour_rules[{country}].{name}"
                if getattr(team.site.labour, name, None) is None
                else f"{site}.labour.{name}"
                for name in names
            ),
        )
    if team.site.intercompany_markup is not None:
        yield "intercompany_markup", (f"{site}.intercompany_markup",)
    shrinkage = f"{site}.shrinkage" if team.site.shrinkage else "shrinkage"
    attrition = f"{site}.attrition" if team.site.attrition else "attrition"
    for rate in ("out_of_office", "in_office"):
        yield rate, (f"{shrinkage}.{rate}",)
    yield "annual_attrition", (f"{attrition}.annual",)
    for rate in ("early_loss", "recruiting_cost"):
        yield rate, (f"{attrition}.{rate}",)
    for rate in ("seat_cost_per_year", "it_cost_per_fte_year"):
        yield rate, (f"{site}.{rate}",)
    for index, role in enumerate(team.site.support):
        yield f"support_{role.role}", (f"{site}.support[{index}].cost_per_year",)
        yield f"span_{role.role}", (f"{site}.support[{index}].span",)
