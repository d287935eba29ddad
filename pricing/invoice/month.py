"""One month of a quote: its days, what was planned for it, and what happened in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from pricing.agreement import AgreedService, AgreedTeam, Agreement
from pricing.engagement.contract import Contract
from pricing.invoice.actuals import ServiceActuals, TeamActuals
from pricing.invoice.lines import Days
from pricing.money import decimal_of
from pricing.price_schedule import PriceSchedule, Tier
from staffing.calendar import MONTHS_PER_YEAR, add_months
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pricing.invoice.actuals import Actuals
    from pricing.quote import Quote

_PLAN_UNIT = Decimal("0.000001")


@dataclass(frozen=True)
class Month:
    """A month to be billed.

    Parameters
    ----------
    quote : Quote
        What was agreed and planned.
    actuals : Actuals
        What happened.
    number : int
        Contract month, 1 first.
    """

    quote: Quote
    actuals: Actuals
    number: int

    @property
    def at(self) -> int:
        """Position of the month in the plan, 0 first."""
        return self.number - 1

    @property
    def year(self) -> int:
        """Contract year, 1 first."""
        return 1 + self.at // MONTHS_PER_YEAR

    @property
    def currency(self) -> str:
        """Of the quote."""
        return self.quote.engagement.currency

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """First day of every contract month."""
        terms = self.quote.engagement
        return tuple(add_months(terms.start, month) for month in range(terms.term_months))

    @property
    def first_day(self) -> date:
        """Of this month."""
        return self.starts[self.at]

    @property
    def last_day(self) -> date:
        """Of this month."""
        return add_months(self.quote.engagement.start, self.number) - timedelta(days=1)

    @property
    def days(self) -> Days:
        """Days served, of those of the month."""
        whole = (self.last_day - self.first_day).days + 1
        served = whole if self.actuals.days is None else self.actuals.days
        return Days(served, whole)

    @cached_property
    def agreement(self) -> Agreement:
        """What was agreed; of a quote older than agreements, its plain prices."""
        if self.quote.agreements_by_year:
            return self.quote.agreements_by_year[self.at // MONTHS_PER_YEAR]
        return self.quote.agreement or plain_agreement(self.quote)

    @property
    def terms(self) -> Contract:
        """The contract."""
        return self.agreement.terms

    def planned_units(self, service: str) -> Decimal:
        """Planned for the whole month."""
        volume = next(one for one in self.quote.staffing.volumes if one.service == service)
        return decimal_of(volume.units_by_month[self.at])

    def planned_units_of_days(self, service: str) -> Decimal:
        """Planned for the days served."""
        planned = self.planned_units(service)
        if self.days.whole:
            return planned
        prorated = planned * self.days.served / self.days.of
        return prorated.quantize(_PLAN_UNIT, rounding=ROUND_HALF_UP)

    def units(self, service: str) -> Decimal:
        """Units to bill; by default those planned, for the days served."""
        stated = self.service(service)
        if stated.units is not None:
            return stated.units
        if stated.classes:
            return sum(stated.classes.values(), Decimal(0))
        return self.planned_units_of_days(service)

    def forecast(self, service: str) -> Decimal:
        """Units the client forecast with binding effect; by default those planned."""
        stated = self.service(service).forecast
        return self.planned_units_of_days(service) if stated is None else stated

    def collections(self, service: str, planned: Decimal | None) -> Decimal | None:
        """Money collected; by default what was planned a month, for the days served."""
        stated = self.service(service).collections
        if stated is not None or planned is None:
            return stated
        return planned * self.days.served / self.days.of

    def planned_orders(self, team: str) -> tuple[Decimal, ...]:
        """FTE by month as the quote expects them to be ordered."""
        months = self.quote.offers.input_based.ordered_fte_by_month[team]
        return tuple(Decimal(amount) for amount in months)

    def service(self, name: str) -> ServiceActuals:
        """What happened in a service; by default all as planned."""
        return self.actuals.services.get(name, ServiceActuals())

    def team(self, name: str) -> TeamActuals:
        """What happened in a team; by default all as planned."""
        return self.actuals.teams.get(name, TeamActuals())


def month_of(quote: Quote, actuals: Actuals, number: int | None = None) -> Month:
    """Find the month to bill: the one asked for, that of the file, or the first.

    Raises
    ------
    BadInputError
        A month outside the term, or two that differ.
    """
    term = quote.engagement.term_months
    if number is not None and actuals.month not in {None, number}:
        raise BadInputError.at("month", actuals.month, f"{number}, the month that is asked for")
    wanted = next((one for one in (number, actuals.month) if one is not None), 1)
    if not 1 <= wanted <= term:
        raise BadInputError.at("month", wanted, f"a month of the term, 1 to {term}")
    return Month(quote, actuals, wanted)


def plain_agreement(quote: Quote) -> Agreement:
    """Prices of a quote made before contracts were frozen into quotes."""
    prices = quote.offers.input_based.prices
    hour = {(one.service, one.site): one.price.amount for one in prices if one.unit == "paid hour"}
    return Agreement(
        unit_price_places=4,
        teams=tuple(
            AgreedTeam(
                team=f"{one.service} @ {one.site}",
                service=one.service,
                site=one.site or "",
                role="",
                fte_month=one.price.amount,
                paid_hour=hour[one.service, one.site],
                hours_per_fte_month=Decimal(0),
                fte_step=_PLAN_UNIT,
                minimum_fte=Decimal(0),
            )
            for one in prices
            if one.unit == "FTE-month"
        ),
        services=tuple(
            AgreedService(
                service=one.service,
                unit=one.unit,
                unit_price=one.price.amount,
                accuracy_target=Decimal(0),
                units_charged=True,
                schedule=PriceSchedule(mode="per_unit", tiers=(Tier(unit_price=one.price.amount),)),
                classes=(),
                band_by_month=(),
                base_by_month=(),
            )
            for one in quote.offers.output_based.prices
            if one.invoiced
        ),
        terms=Contract(),
    )
