"""Both offers from one plan: prices at the target margin, expected bills, margins by year.

The input-based price of a team recovers its share of the required revenue over the full-time
equivalents the client orders; the parity unit price of a service recovers the same revenue over
its units, and the output-based price adds the named risk premium. Prices are rounded when quoted;
invoice lines are rounded, then summed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.bills import (
    METHODS,
    ORDER_TOLERANCE,
    bills_by_month,
    ordered_fte,
    orders_by_month,
    period_results,
)
from pricing.choice.menu import revenue_after_choice
from pricing.input_based import PriceTerms, price_from_cost
from pricing.money import Money, decimal_of, quantize_amount, quantize_unit_price
from pricing.output_based import parity_unit_price, unit_price
from pricing.quote import Offer, Offers, PremiumPart, QuotedPrice
from pricing.role_floors import lifted_to_floor
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.cost import CostLine
    from pricing.engagement import Commercial, Engagement
    from staffing.plan import StaffingPlan

__all__ = [
    "ORDER_TOLERANCE",
    "Prices",
    "build_offers",
    "derive_prices",
    "ordered_fte",
    "orders_by_month",
    "price_terms",
    "revenue_after_choice",
]

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))


@dataclass(frozen=True)
class Prices:
    """Quoted prices, and the quantities they were derived from.

    Parameters
    ----------
    fte_month : dict
        Quoted price of an FTE-month by team.
    unit : dict
        Quoted unit price by service.
    parity : dict
        Parity unit price by service, unrounded.
    """

    fte_month: dict[str, Decimal]
    unit: dict[str, Decimal]
    parity: dict[str, Decimal]


def price_terms(commercial: Commercial) -> PriceTerms:
    """Shares of price of the engagement, at its target margin."""
    return PriceTerms(
        contingency=commercial.contingency.value,
        sga=commercial.sga.value,
        margin=commercial.target_margin.value,
        capital_cost=commercial.capital_cost.value,
        dso_days=commercial.dso_days.value,
    )


def derive_prices(
    engagement: Engagement,
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
    terms: PriceTerms,
    *,
    premium: Decimal,
) -> Prices:
    """Prices at which the margin of `terms` holds over the term (premium on top of parity)."""
    commercial = engagement.commercial
    orders = orders_by_month(plan, commercial.fte_step)
    revenue = {
        team.name: price_from_cost(
            sum((line.amount for line in lines if line.team == team.name), Decimal(0)), terms
        )
        for team in plan.teams
    }
    fte_month, parity = {}, {}
    for team in plan.teams:
        price = quantize_amount(revenue[team.name] / sum(orders[team.name]), engagement.currency)
        fte_month[team.name] = lifted_to_floor(engagement, team.service, price)
    for volume in plan.volumes:
        units = sum((decimal_of(u) for u in volume.units_by_month), Decimal(0))
        of_service = [revenue[t.name] for t in plan.teams if t.service == volume.service]
        parity[volume.service] = parity_unit_price(sum(of_service, Decimal(0)), units)
    places = commercial.unit_price_places
    unit = {
        service: quantize_unit_price(unit_price(price, premium), places)
        for service, price in parity.items()
    }
    return Prices(fte_month, unit, parity)


def build_offers(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
) -> tuple[Offers, Prices]:
    """Derive both offers with their floors, bills and margins."""
    commercial = engagement.commercial
    terms = price_terms(commercial)
    premium = commercial.risk_premium.total
    prices = derive_prices(engagement, plan, lines, terms, premium=premium)
    _refuse_zero_prices(engagement, prices)
    floor_terms = replace(terms, margin=commercial.floor_margin.value)
    floors = derive_prices(engagement, plan, lines, floor_terms, premium=Decimal(0))
    orders = orders_by_month(plan, commercial.fte_step)
    bills = zip(METHODS, bills_by_month(engagement, prices, plan), strict=True)
    results = {method: period_results(engagement, by_month, lines) for method, by_month in bills}
    currency, places = engagement.currency, commercial.unit_price_places
    input_offer = Offer(
        method="input_based",
        prices=tuple(
            price for team in teams for price in _input_prices(team, prices, floors, engagement)
        ),
        per_year=results["input_based"][:-1],
        term=results["input_based"][-1],
        ordered_fte_by_month={
            name: tuple(f"{amount.normalize():f}" for amount in months)
            for name, months in orders.items()
        },
        parity_unit_prices={},
        risk_premium=(),
    )
    output_offer = Offer(
        method="output_based",
        prices=tuple(
            QuotedPrice(
                service=service.name,
                site=None,
                unit=service.unit,
                price=Money.unit_price(prices.unit[service.name], currency, places),
                floor_price=Money.unit_price(floors.unit[service.name], currency, places),
                invoiced=True,
            )
            for service in engagement.services
        ),
        per_year=results["output_based"][:-1],
        term=results["output_based"][-1],
        ordered_fte_by_month={},
        parity_unit_prices={
            name: Money.unit_price(price, currency, 6) for name, price in prices.parity.items()
        },
        risk_premium=_premium_parts(commercial),
    )
    return Offers(input_based=input_offer, output_based=output_offer), prices


def _refuse_zero_prices(engagement: Engagement, prices: Prices) -> None:
    """A price that rounds to zero is no offer, and leaves nothing to compare."""
    currency, places = engagement.currency, engagement.commercial.unit_price_places
    for team, price in prices.fte_month.items():
        if price == 0:
            raise BadInputError(
                FieldIssue(
                    "sites", "", f"costs above 0: an FTE-month of {team} rounds to 0 {currency}"
                )
            )
    for service in engagement.services:
        if prices.unit[service.name] == 0:
            remedy = f"more places: one {service.unit} ({service.name}) rounds to 0 {currency}"
            raise BadInputError.at("commercial.unit_price_places", places, remedy)


def _premium_parts(commercial: Commercial) -> tuple[PremiumPart, ...]:
    parts = commercial.risk_premium
    return tuple(
        PremiumPart(name=name, share=float(getattr(parts, name).value))
        for name in type(parts).model_fields
    )


def _input_prices(
    team: TeamTerms, prices: Prices, floors: Prices, engagement: Engagement
) -> list[QuotedPrice]:
    """The FTE-month price, and the same offer per paid and per productive hour."""
    paid = team.rates.contract_hours_per_week * _WEEKS_PER_YEAR / MONTHS_PER_YEAR
    shrinkage = team.shrinkage
    productive = paid * (1 - shrinkage.out_of_office.value) * (1 - shrinkage.in_office.value)
    currency, places = engagement.currency, engagement.commercial.unit_price_places
    price, floor = prices.fte_month[team.name], floors.fte_month[team.name]
    quoted = [("FTE-month", Money.of(price, currency), Money.of(floor, currency))]
    quoted += [
        (
            unit,
            Money.unit_price(price / hours, currency, places),
            Money.unit_price(floor / hours, currency, places),
        )
        for unit, hours in (("paid hour", paid), ("productive hour", productive))
    ]
    return [
        QuotedPrice(
            service=team.service.name,
            site=team.site.name,
            unit=unit,
            price=amount,
            floor_price=lowest,
            invoiced=unit == "FTE-month",
        )
        for unit, amount, lowest in quoted
    ]
