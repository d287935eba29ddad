"""Both offers from one plan: prices at the target margin, expected bills, margins by year.

The input-based price of a team recovers its share of the required revenue over the full-time
equivalents the client orders; the parity unit price of a service recovers the same revenue over
its units, and the output-based price adds the named risk premium. Prices are rounded when quoted;
invoice lines are rounded, then summed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from pricing.choice.menu import revenue_after_choice
from pricing.cost import rounded_lines
from pricing.input_based import PriceTerms, price_from_cost
from pricing.money import Money, decimal_of, quantize_amount, quantize_unit_price
from pricing.output_based import parity_unit_price, unit_price
from pricing.quote import Offer, Offers, PeriodResult, PremiumPart, QuotedPrice
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
ORDER_TOLERANCE = Decimal("0.000001")
_MARGIN_PLACES = 6


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


def ordered_fte(needed: Decimal, step: Decimal) -> Decimal:
    """Full-time equivalents the client orders: the need, rounded up to the ordering step.

    A need that exceeds a step by less than a millionth (the plan's rounding) stays on it.
    """
    steps = (needed / step - ORDER_TOLERANCE).to_integral_value(ROUND_CEILING)
    return max(Decimal(0), steps) * step


def orders_by_month(plan: StaffingPlan, step: Decimal) -> dict[str, tuple[Decimal, ...]]:
    """FTE ordered by team and contract month: the month's mean need, rounded up."""
    return {
        team.name: tuple(ordered_fte(decimal_of(n), step) for n in team.needed_fte_by_month)
        for team in plan.teams
    }


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
        fte_month[team.name] = quantize_amount(
            revenue[team.name] / sum(orders[team.name]), engagement.currency
        )
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
    input_bills = _input_bills(engagement, prices, orders)
    output_bills = _output_bills(engagement, prices, plan)
    results = {
        method: _periods(engagement, bills, lines)
        for method, bills in (("input_based", input_bills), ("output_based", output_bills))
    }
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


def _input_bills(
    engagement: Engagement, prices: Prices, orders: dict[str, tuple[Decimal, ...]]
) -> list[Decimal]:
    """Bill by month: every team's order at its price, each line rounded."""
    return [
        sum(
            (
                quantize_amount(months[month] * prices.fte_month[team], engagement.currency)
                for team, months in orders.items()
            ),
            Decimal(0),
        )
        for month in range(engagement.term_months)
    ]


def _output_bills(engagement: Engagement, prices: Prices, plan: StaffingPlan) -> list[Decimal]:
    """Bill by month: every service's units at its price, each line rounded."""
    return [
        sum(
            (
                quantize_amount(
                    decimal_of(volume.units_by_month[month]) * prices.unit[volume.service],
                    engagement.currency,
                )
                for volume in plan.volumes
            ),
            Decimal(0),
        )
        for month in range(engagement.term_months)
    ]


def _periods(
    engagement: Engagement, bills: list[Decimal], lines: tuple[CostLine, ...]
) -> tuple[PeriodResult, ...]:
    """Results by contract year, then for the term; years add up to the term exactly."""
    commercial, currency = engagement.commercial, engagement.currency
    by_year = list(zip(*rounded_lines(lines, currency).values(), strict=True))
    num_years = len(by_year)
    rows = []
    for year, delivery in enumerate(by_year):
        bill = sum(bills[MONTHS_PER_YEAR * year : MONTHS_PER_YEAR * (year + 1)], Decimal(0))
        rows.append(
            (
                bill,
                sum(delivery, Decimal(0)),
                quantize_amount(bill * commercial.sga.value, currency),
                quantize_amount(bill * commercial.financing_share, currency),
            )
        )
    term = tuple(sum(column, Decimal(0)) for column in zip(*rows, strict=True))
    years: list[int | None] = [*range(1, num_years + 1), None]
    return tuple(
        _period(year, row, currency) for year, row in zip(years, [*rows, term], strict=True)
    )


def _period(year: int | None, row: tuple[Decimal, ...], currency: str) -> PeriodResult:
    bill, delivery, sga, financing = row
    cost = delivery + sga + financing
    return PeriodResult(
        year=year,
        expected_bill=Money.of(bill, currency),
        delivery_cost=Money.of(delivery, currency),
        sga=Money.of(sga, currency),
        financing=Money.of(financing, currency),
        cost=Money.of(cost, currency),
        profit=Money.of(bill - cost, currency),
        margin=round(float((bill - cost) / bill), _MARGIN_PLACES) if bill else 0.0,
    )
