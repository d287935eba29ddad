"""Prices of an engagement: parity recovers the plan; levels on it are rounded when quoted."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.bills import orders_by_month
from pricing.engagement.services import DeferrableService
from pricing.input_based import price_from_cost
from pricing.money import (
    amount_up,
    decimal_of,
    quantize_amount,
    quantize_unit_price,
    unit_price_up,
)
from pricing.output_based import parity_unit_price
from staffing.calendar import MONTHS_PER_YEAR
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pricing.engagement import Engagement
    from pricing.input_based import PriceTerms
    from pricing.term.price_periods import PricePeriods
    from staffing.plan import StaffingPlan


@dataclass(frozen=True)
class Parity:
    """Prices that recover the plan, unrounded, of each contract year.

    Parameters
    ----------
    fte_month, unit : dict
        Price of an FTE-month by team, of a unit by service.
    is_yearly : bool
        Whether they differ from year to year.
    """

    fte_month: dict[str, tuple[Decimal, ...]]
    unit: dict[str, tuple[Decimal, ...]]
    is_yearly: bool


@dataclass(frozen=True)
class Prices:
    """Quoted prices, and the parity they were derived from.

    Parameters
    ----------
    fte_month : dict
        Quoted price of an FTE-month by team; the mean over the term where it differs by year.
    unit : dict
        Quoted unit price by service; the mean over the term where it differs by year.
    parity : dict
        Parity unit price by service, unrounded; the mean over the term likewise.
    fte_month_by_year, unit_by_year : dict
        What is invoiced in each contract year; empty where one price holds throughout.
    fte_parity : dict
        Price of an FTE-month by team that recovers the plan, unrounded; the mean likewise.
    by_year : Parity, optional
        Parity of each contract year.
    """

    fte_month: dict[str, Decimal]
    unit: dict[str, Decimal]
    parity: dict[str, Decimal]
    fte_month_by_year: dict[str, tuple[Decimal, ...]] = field(default_factory=dict)
    unit_by_year: dict[str, tuple[Decimal, ...]] = field(default_factory=dict)
    fte_parity: dict[str, Decimal] = field(default_factory=dict)
    by_year: Parity | None = None

    @property
    def is_yearly(self) -> bool:
        """Whether what is billed for one of a quantity differs from year to year."""
        return bool(self.unit_by_year or self.fte_month_by_year)

    def of_team(self, team: str, month: int) -> Decimal:
        """Price of an FTE-month in a contract month, 0 first."""
        years = self.fte_month_by_year.get(team)
        return years[month // MONTHS_PER_YEAR] if years else self.fte_month[team]

    def of_service(self, service: str, month: int) -> Decimal:
        """Price of a unit in a contract month, 0 first."""
        years = self.unit_by_year.get(service)
        return years[month // MONTHS_PER_YEAR] if years else self.unit[service]


def derive_prices(
    engagement: Engagement,
    plan: StaffingPlan,
    periods: PricePeriods,
    terms: PriceTerms,
    *,
    premium: Decimal,
) -> Prices:
    """Prices at which the margin of `terms` holds over the term (premium on top of parity)."""
    parity = parity_prices(engagement, plan, periods, terms)
    hours = dict.fromkeys(parity.fte_month, Decimal(1))
    return prices_at(engagement, plan, parity, hours, dict.fromkeys(parity.unit, 1 + premium))


def parity_prices(
    engagement: Engagement, plan: StaffingPlan, periods: PricePeriods, terms: PriceTerms
) -> Parity:
    """Prices that bring what the plan costs with the margin of `terms`, by contract year."""
    orders = orders_by_month(plan, engagement.commercial.fte_step)
    _refuse_teams_of_nobody(engagement, orders)
    revenue = {
        team.name: tuple(price_from_cost(cost, terms) for cost in periods.cost[team.name])
        for team in plan.teams
    }
    unit = {}
    for volume in plan.volumes:
        of_service = [revenue[t.name] for t in plan.teams if t.service == volume.service]
        together = tuple(sum(parts, Decimal(0)) for parts in zip(*of_service, strict=True))
        units = tuple(decimal_of(u) for u in volume.units_by_month)
        unit[volume.service] = _by_year(periods, together, units, volume.service)
    return Parity(
        fte_month={
            name: _by_year(periods, of_team, orders[name], name)
            for name, of_team in revenue.items()
        },
        unit=unit,
        is_yearly=periods.is_yearly,
    )


def _refuse_teams_of_nobody(
    engagement: Engagement, orders: Mapping[str, Sequence[Decimal]]
) -> None:
    """Idle time of a live queue may do all of a service: then no price of its people can be made.

    Raises
    ------
    BadInputError
        For the first service of whose team nobody is ordered in any month.
    """
    for position, service in enumerate(engagement.services):
        for part in service.delivery:
            team = f"{service.name} @ {part.site}"
            if not any(orders[team]):
                blended = isinstance(service, DeferrableService) and service.blend is not None
                path = f"services[{position}].{'blend.share' if blended else 'volume'}"
                what = "less of the idle time" if blended else "more units"
                remedy = f"{what}, so that {team} needs people: nobody is ordered, so at no price"
                raise BadInputError(FieldIssue(path, "", remedy))


def prices_at(
    engagement: Engagement,
    plan: StaffingPlan,
    parity: Parity,
    hours: Mapping[str, Decimal],
    units: Mapping[str, Decimal],
    *,
    up: bool = False,
) -> Prices:
    """Parity times a level, each price that is invoiced rounded once.

    Parameters
    ----------
    engagement, plan
        Currency, places and ordering step; quantities that means over the term are weighted by.
    parity : Parity
        What levels multiply.
    hours, units : mapping
        Level by team, and by service.
    up : bool
        Whether prices are rounded up: what holds at the level then holds at them.
    """
    of_people, of_units = (
        (amount_up, unit_price_up) if up else (quantize_amount, quantize_unit_price)
    )
    commercial, currency = engagement.commercial, engagement.currency
    places = commercial.unit_price_places
    orders = orders_by_month(plan, commercial.fte_step)
    found = Prices({}, {}, {}, by_year=parity)
    for team, by_year in parity.fte_month.items():
        exact = tuple(price * hours[team] for price in by_year)
        rounded = tuple(of_people(price, currency) for price in exact)
        if parity.is_yearly:
            found.fte_month_by_year[team] = rounded
        found.fte_parity[team] = mean_price(by_year, orders[team])
        found.fte_month[team] = quantize_amount(mean_price(rounded, orders[team]), currency)
    for volume in plan.volumes:
        name, by_year = volume.service, parity.unit[volume.service]
        done = tuple(decimal_of(u) for u in volume.units_by_month)
        found.parity[name] = mean_price(by_year, done)
        rounded = tuple(of_units(price * units[name], places) for price in by_year)
        if parity.is_yearly:
            found.unit_by_year[name] = rounded
        found.unit[name] = quantize_unit_price(mean_price(rounded, done), places)
    return found


def _by_year(
    periods: PricePeriods,
    revenue: tuple[Decimal, ...],
    quantities: tuple[Decimal, ...],
    what: str,
) -> tuple[Decimal, ...]:
    """Price of each contract year that brings the revenue of its period, unrounded."""
    counted = periods.counted(quantities)
    if len(counted) > 1 and not all(counted):
        year = 1 + counted.index(Decimal(0))
        remedy = f"flat: {what} has nothing to bill in year {year}"
        raise BadInputError.at("commercial.price_over_term", "yearly", remedy)
    found = tuple(parity_unit_price(*pair) for pair in zip(revenue, counted, strict=True))
    return periods.by_year(found)


def mean_price(by_year: tuple[Decimal, ...], quantities: tuple[Decimal, ...]) -> Decimal:
    """Mean price of what is bought over the term; the price itself where all years have one."""
    if len(set(by_year)) == 1:
        return by_year[0]
    paid = sum(
        (by_year[month // MONTHS_PER_YEAR] * bought for month, bought in enumerate(quantities)),
        Decimal(0),
    )
    return paid / sum(quantities)
