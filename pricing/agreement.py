"""The contract frozen into a quote: every price in money, so that an invoice needs the quote alone.

What an engagement states relative to the quoted unit price (discounts of tiers, factors of
complexity classes, ARC and RRC, shares of the planned charge) is turned into money once, here,
and rounded to the places of a unit price, or to the currency where it is a charge.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pricing.engagement.contract import Contract
from pricing.engagement.contract_input import InputTerms
from pricing.engagement.contract_output import OutputTerms, ScheduleTerms, ServiceTerms
from pricing.exact import Exact
from pricing.money import decimal_of, quantize_amount, quantize_unit_price
from pricing.price_schedule import PriceSchedule
from pricing.terms.output.base_band import BaseBand
from pricing.terms.output.collection_fee import restriction_warnings
from pricing.tiers import falls
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR
from staffing.errors import BadInputError, FieldIssue
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.engagement.contract_output import BandTerms
    from pricing.quote import Offers
    from staffing.plan import StaffingPlan

_WEEKS_PER_YEAR = Decimal(repr(WEEKS_PER_YEAR))
_HOUR_PLACES = 6


class AgreedTeam(Document):
    """Prices of a team and what is billed of an order."""

    team: str
    service: str
    site: str
    role: str
    fte_month: Exact
    paid_hour: Exact
    hours_per_fte_month: Exact
    fte_step: Exact
    minimum_fte: Exact


class AgreedClass(Document):
    """Units of one complexity: planned share, and unit price."""

    name: str
    share: Exact
    unit_price: Exact


class AgreedService(Document):
    """Prices of a service.

    `units_charged` is False where collections are charged instead of units; `schedule` is what
    units are charged by, at the lower price beside a base. `base_by_month` is the base of a hybrid
    price, `band_by_month` base charge and rates instead of a schedule; both empty without one.
    """

    service: str
    unit: str
    unit_price: Exact
    accuracy_target: Exact
    units_charged: bool
    schedule: PriceSchedule
    classes: tuple[AgreedClass, ...]
    band_by_month: tuple[BaseBand, ...]
    base_by_month: tuple[Exact, ...]


class Agreement(Document):
    """What both offers are billed by; relative prices were rounded to `unit_price_places`."""

    unit_price_places: int

    teams: tuple[AgreedTeam, ...]
    services: tuple[AgreedService, ...]
    terms: Contract

    def service_terms(self, name: str) -> ServiceTerms:
        """Terms of a service; where the contract is silent, terms that change nothing."""
        stated = self.terms.output_based or OutputTerms()
        found = (one for one in stated.services if one.service == name)
        return next(found, ServiceTerms(service=name))


@dataclass(frozen=True)
class AgreedPrices:
    """Prices that a contract is frozen at.

    Parameters
    ----------
    fte_month, paid_hour : mapping
        By team.
    unit : mapping
        By service.
    places : int
        To which what is relative to a unit price is rounded.
    """

    fte_month: Mapping[str, Decimal]
    paid_hour: Mapping[str, Decimal]
    unit: Mapping[str, Decimal]
    places: int


def agree(
    engagement: Engagement, teams: tuple[TeamTerms, ...], plan: StaffingPlan, offers: Offers
) -> Agreement:
    """Freeze an engagement's contract at the prices of its offers.

    Parameters
    ----------
    engagement : Engagement
        With or without a contract.
    teams : tuple of TeamTerms
        Resolved terms, one for each team.
    plan : StaffingPlan
        Planned units by month.
    offers : Offers
        Quoted prices.
    """
    prices = AgreedPrices(
        fte_month=_team_prices(offers, "FTE-month"),
        paid_hour=_team_prices(offers, "paid hour"),
        unit={one.service: one.price.amount for one in offers.output_based.prices if one.invoiced},
        places=engagement.commercial.unit_price_places,
    )
    return agree_at(engagement, teams, plan, prices)


def agree_at(
    engagement: Engagement,
    teams: tuple[TeamTerms, ...],
    plan: StaffingPlan,
    prices: AgreedPrices,
) -> Agreement:
    """Freeze an engagement's contract at any prices; see `agree`."""
    contract = engagement.contract or Contract()
    minimum = {one.team: one.fte for one in (contract.input_based or InputTerms()).minimum_fte}
    return Agreement(
        unit_price_places=prices.places,
        teams=tuple(
            AgreedTeam(
                team=team.name,
                service=team.service.name,
                site=team.site.name,
                role=team.service.role,
                fte_month=prices.fte_month[team.name],
                paid_hour=prices.paid_hour[team.name],
                hours_per_fte_month=_month_hours(team.rates.contract_hours_per_week),
                fte_step=engagement.commercial.fte_step,
                minimum_fte=minimum.get(team.name, Decimal(0)),
            )
            for team in teams
        ),
        services=tuple(_services(engagement, plan, prices, contract)),
        terms=contract,
    )


def _team_prices(offers: Offers, unit: str) -> dict[str, Decimal]:
    return {
        f"{one.service} @ {one.site}": one.price.amount
        for one in offers.input_based.prices
        if one.unit == unit
    }


def _month_hours(per_week: Decimal) -> Decimal:
    return quantize_unit_price(per_week * _WEEKS_PER_YEAR / MONTHS_PER_YEAR, _HOUR_PLACES)


def _services(
    engagement: Engagement, plan: StaffingPlan, prices: AgreedPrices, contract: Contract
) -> Iterator[AgreedService]:
    places, currency = prices.places, engagement.currency
    terms = {one.service: one for one in (contract.output_based or OutputTerms()).services}
    units = {one.service: tuple(map(decimal_of, one.units_by_month)) for one in plan.volumes}
    for service in engagement.services:
        own = terms.get(service.name, ServiceTerms(service=service.name))
        price, planned = prices.unit[service.name], units[service.name]
        base = own.hybrid.base_share if own.hybrid else Decimal(0)
        schedule = (own.schedule or ScheduleTerms(mode="per_unit")).priced(
            price * (1 - base), places
        )
        yield AgreedService(
            service=service.name,
            unit=service.unit,
            unit_price=price,
            accuracy_target=service.accuracy.target,
            units_charged=own.collections is None or own.collections.beside_units,
            schedule=schedule,
            classes=tuple(
                AgreedClass(name=one.name, share=one.share, unit_price=one.priced(price, places))
                for one in own.classes
            ),
            band_by_month=tuple(
                _bands(engagement, service.name, own.band, (price, places), planned)
            ),
            base_by_month=tuple(
                quantize_amount(base * price * amount, currency) for amount in planned
            )
            if own.hybrid
            else (),
        )


def _bands(
    engagement: Engagement,
    service: str,
    band: BandTerms | None,
    priced: tuple[Decimal, int],
    planned: tuple[Decimal, ...],
) -> Iterator[BaseBand]:
    """Band of every month in money.

    Raises
    ------
    BadInputError
        No baseline for a month without planned units; a credit beyond the base charge.
    """
    if band is None:
        return
    (price, places), currency = priced, engagement.currency
    path = f'contract.output_based.services["{service}"].band'
    for month, units in enumerate(planned, start=1):
        baseline = quantize_unit_price(units, 0) if band.baseline is None else band.baseline
        if not baseline:
            remedy = f"a baseline, since no units are planned in month {month}"
            raise BadInputError(FieldIssue(f"{path}.baseline", "none", remedy))
        base = quantize_amount(baseline * price, currency)
        try:
            yield BaseBand(
                baseline=baseline,
                base_charge=base if band.base_charge is None else band.base_charge,
                dead_band=band.dead_band,
                arc=_rate(band.arc, band.arc_factor, price, places),
                rrc=_rate(band.rrc, band.rrc_factor, price, places),
                convention=band.convention,
            )
        except ValidationError as error:
            context = error.errors(include_url=False)[0].get("ctx", {})
            remedy = f"{context.get('accepted', error)}, in month {month}"
            raise BadInputError(FieldIssue(f"{path}.rrc", "", remedy)) from None


def _rate(stated: Decimal | None, factor: Decimal, price: Decimal, places: int) -> Decimal:
    return quantize_unit_price(factor * price, places) if stated is None else stated


def agreement_warnings(agreement: Agreement) -> tuple[str, ...]:
    """Say which terms may surprise: more units that cost less, fees that are restricted."""
    found: list[str] = []
    for service in agreement.services:
        found += (f"{service.service}: {text}" for text in falls(service.schedule))
        terms = agreement.service_terms(service.service).collections
        if terms is not None:
            found += (f"{service.service}: {text}" for text in restriction_warnings(terms))
    return tuple(found)
