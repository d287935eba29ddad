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
from pricing.input_based import PriceTerms
from pricing.money import Money, quantize_amount
from pricing.prices import Prices, derive_prices, mean_price
from pricing.quote import Offer, Offers, PremiumPart, QuotedPrice
from pricing.role_floors import lifted_to_floor
from pricing.term.price_periods import price_periods
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from pricing.briefing import TeamTerms
    from pricing.cost import CostLine
    from pricing.engagement import Commercial, Engagement
    from staffing.plan import StaffingPlan

__all__ = [
    "ORDER_TOLERANCE",
    "Chosen",
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
class Chosen:
    """Prices that were chosen, not built up: those quoted, the lowest, parts of the premium."""

    prices: Prices
    floors: Prices
    premium: tuple[PremiumPart, ...]


def price_terms(commercial: Commercial) -> PriceTerms:
    """Shares of price of the engagement, at its target margin."""
    return PriceTerms(
        contingency=commercial.contingency.value,
        sga=commercial.sga.value,
        margin=commercial.target_margin.value,
        capital_cost=commercial.capital_cost.value,
        dso_days=commercial.dso_days.value,
        withholding=commercial.withholding_share,
    )


def build_offers(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
    chosen: Chosen | None = None,
) -> tuple[Offers, Prices]:
    """Build both offers with their floors, bills and margins: as stated, or at chosen prices."""
    commercial = engagement.commercial
    chosen = chosen or _as_stated(engagement, teams, plan, lines)
    prices, floors = (
        _not_below_role_floors(engagement, plan, one) for one in (chosen.prices, chosen.floors)
    )
    _refuse_zero_prices(engagement, prices)
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
                by_year=tuple(
                    Money.unit_price(price, currency, places)
                    for price in prices.unit_by_year.get(service.name, ())
                ),
            )
            for service in engagement.services
        ),
        per_year=results["output_based"][:-1],
        term=results["output_based"][-1],
        ordered_fte_by_month={},
        parity_unit_prices={
            name: Money.unit_price(price, currency, 6) for name, price in prices.parity.items()
        },
        risk_premium=chosen.premium,
    )
    return Offers(input_based=input_offer, output_based=output_offer), prices


def _not_below_role_floors(engagement: Engagement, plan: StaffingPlan, prices: Prices) -> Prices:
    """Prices of people, lifted to the floor that the contract sets for their role."""
    orders = orders_by_month(plan, engagement.commercial.fte_step)
    month, by_year = dict(prices.fte_month), dict(prices.fte_month_by_year)
    for team in plan.teams:
        years = tuple(
            lifted_to_floor(engagement, team.service, price)
            for price in by_year.get(team.name, (month[team.name],))
        )
        if team.name in by_year:
            by_year[team.name] = years
        mean = mean_price(years, orders[team.name])
        month[team.name] = quantize_amount(mean, engagement.currency)
    return replace(prices, fte_month=month, fte_month_by_year=by_year)


def _as_stated(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    lines: tuple[CostLine, ...],
) -> Chosen:
    """Parity with the stated premiums, and the floor margin without."""
    commercial = engagement.commercial
    terms = price_terms(commercial)
    floor_terms = replace(terms, margin=commercial.floor_margin.value)
    periods = price_periods(engagement, teams, plan, lines)
    premium = commercial.risk_premium.total
    return Chosen(
        prices=derive_prices(engagement, plan, periods, terms, premium=premium),
        floors=derive_prices(engagement, plan, periods, floor_terms, premium=Decimal(0)),
        premium=_premium_parts(commercial),
    )


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
    quoted: list[QuotedPrice] = []
    for unit, hours in (("FTE-month", None), ("paid hour", paid), ("productive hour", productive)):

        def written(fte_month: Decimal, hours: Decimal | None = hours) -> Money:
            if hours is None:
                return Money.of(fte_month, currency)
            return Money.unit_price(fte_month / hours, currency, places)

        quoted.append(
            QuotedPrice(
                service=team.service.name,
                site=team.site.name,
                unit=unit,
                price=written(prices.fte_month[team.name]),
                floor_price=written(floors.fte_month[team.name]),
                invoiced=hours is None,
                by_year=tuple(map(written, prices.fte_month_by_year.get(team.name, ()))),
            )
        )
    return quoted
