"""What a client pays for a peak: a surcharge on the quoted price of ordinary work, in both methods.

The quoted price of an ordinary hour holds supervision, seats and the labour of that hour. What a
peak costs beyond that labour is priced by the rule of a quote. Input-based: a standby fee per
reserved person and month, a call-off rate on top of every extra hour at work, and a fee per person
who starts. Output-based: a surcharge per unit of extra work done in time, with the risk premium.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pricing.input_based import PriceTerms, price_from_cost
from pricing.money import Money, decimal_of, quantize_amount, quantize_unit_price
from pricing.offers import price_terms
from pricing.output_based import unit_price
from pricing.surge_report import (
    SurgeBill,
    SurgeCharge,
    SurgeNotice,
    SurgePrices,
    SurgeRate,
)
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.briefing import TeamTerms
    from pricing.engagement import Engagement
    from pricing.offers import Prices
    from staffing.surge.plan import SurgePlan, SurgeStudy

_WEEKS_PER_MONTH = Decimal(repr(WEEKS_PER_YEAR)) / MONTHS_PER_YEAR
_PARTS = ("standby", "wages", "premium", "onboarding")
_SHARE_PLACES = 6
_QUANTITY = Decimal("0.01")
MIX = "mix"


@dataclass(frozen=True)
class PriceRule:
    """Price rule and rounding of an engagement."""

    engagement: Engagement
    terms: PriceTerms

    def price(self, cost: Decimal) -> Decimal:
        """Price of a cost, contingency added, unrounded."""
        return price_from_cost(cost * (1 + self.terms.contingency), self.terms)

    def amount(self, value: Decimal) -> Money:
        """Round an amount and wrap it."""
        return Money.of(value, self.engagement.currency)

    def unit(self, value: Decimal) -> Money:
        """Round a unit price and wrap it."""
        places = self.engagement.commercial.unit_price_places
        return Money.unit_price(value, self.engagement.currency, places)

    def rounded_unit(self, value: Decimal) -> Decimal:
        """Round a unit price."""
        return quantize_unit_price(value, self.engagement.commercial.unit_price_places)


def surge_prices(
    engagement: Engagement, team: TeamTerms, study: SurgeStudy, quoted: Prices
) -> SurgePrices:
    """Price a peak at the target margin.

    Parameters
    ----------
    engagement : Engagement
        Commercial terms.
    team : TeamTerms
        Whose peak it is.
    study : SurgeStudy
        The plan, and the frontier if there is one.
    quoted : Prices
        Prices of ordinary work.
    """
    commercial = engagement.commercial
    rule = PriceRule(engagement, price_terms(commercial))
    at_floor = replace(rule.terms, margin=commercial.floor_margin.value)
    floor = PriceRule(engagement, at_floor)
    plan, labour = study.plan, _labour_at_work(team)
    hours = decimal_of(plan.productive_h).quantize(_QUANTITY)
    units = (decimal_of(study.extra_units) * decimal_of(plan.service)).quantize(_QUANTITY)
    pay = {name: decimal_of(getattr(plan.cost, name)) for name in _PARTS}
    pay["ordinary_labour"] = -hours * labour
    extra = sum(pay.values(), Decimal(0))
    of_hour, of_unit = _ordinary_hour(team, quoted), quoted.unit[team.service.name]
    charges = tuple(_charges(plan, pay, hours, of_hour, rule))
    bills = {charge.name: charge.amount.amount for charge in charges}
    input_ordinary = bills.pop("ordinary", Decimal(0))
    input_surcharge = sum(bills.values(), Decimal(0))
    input_rate = output_rate = input_floor = output_floor = None
    output_ordinary = output_surcharge = Decimal(0)
    if hours > 0 and units > 0:
        input_rate = _rate("hour at work", of_hour, input_surcharge / hours, rule)
        input_floor = rule.unit(of_hour + floor.price(extra) / hours)
        per_unit = unit_price(rule.price(extra) / units, commercial.risk_premium.total)
        output_rate = _rate(team.service.unit, of_unit, per_unit, rule)
        output_floor = rule.unit(of_unit + floor.price(extra) / units)
        output_ordinary = units * of_unit
        output_surcharge = units * output_rate.surcharge.amount
    lines = {name: rule.amount(value) for name, value in pay.items()}
    before = sum((line.amount for line in lines.values()), Decimal(0))
    lines["contingency"] = rule.amount(before * rule.terms.contingency)
    cost = before + lines["contingency"].amount
    return SurgePrices(
        cost_lines=lines,
        charges=charges,
        input_rate=input_rate,
        input_floor=input_floor,
        input_bill=_bill(input_ordinary, input_surcharge, cost, rule),
        output_rate=output_rate,
        output_floor=output_floor,
        output_bill=_bill(output_ordinary, output_surcharge, cost, rule),
        units_in_time=f"{units:f}",
        notice_service=1.0 if study.frontier is None else study.frontier.notice_service,
        by_notice=tuple(_by_notice(study, of_hour, labour, rule)),
    )


def _labour_at_work(team: TeamTerms) -> Decimal:
    """Labour of an ordinary hour at work: leave and absence taken off, breaks not."""
    return team.rate.labour_per_hour / (1 - team.shrinkage.out_of_office.value)


def _ordinary_hour(team: TeamTerms, quoted: Prices) -> Decimal:
    """Quoted price of an ordinary hour at work."""
    paid = team.rates.contract_hours_per_week * _WEEKS_PER_MONTH
    return quoted.fte_month[team.name] / (paid * (1 - team.shrinkage.out_of_office.value))


def _charges(
    plan: SurgePlan, pay: dict[str, Decimal], hours: Decimal, of_hour: Decimal, rule: PriceRule
) -> Iterator[SurgeCharge]:
    weeks = decimal_of(plan.standby_weeks)
    reserved = sum((decimal_of(s.reserved) for s in plan.sources if s.cost.standby), Decimal(0))
    started = sum(sum(s.starts) for s in plan.sources if s.cost.onboarding)
    months = (reserved * weeks / _WEEKS_PER_MONTH).quantize(_QUANTITY)
    starts = decimal_of(started).quantize(_QUANTITY)
    if hours:
        yield _charge("ordinary", "hour at work", hours, of_hour, rule)
    if months:
        price = rule.price(pay["standby"]) / months
        yield _charge("standby", "reserved person and month", months, price, rule)
    if hours:
        called = pay["wages"] + pay["premium"] + pay["ordinary_labour"]
        price = rule.price(called) / hours
        yield _charge("call_off", "hour at work, on top", hours, price, rule)
    if starts:
        price = rule.price(pay["onboarding"]) / starts
        yield _charge("starts", "person who starts", starts, price, rule)


def _charge(
    name: Literal["ordinary", "standby", "call_off", "starts"],
    unit: str,
    quantity: Decimal,
    price: Decimal,
    rule: PriceRule,
) -> SurgeCharge:
    rounded = rule.unit(price)
    return SurgeCharge(
        name=name,
        unit=unit,
        quantity=f"{quantity:f}",
        price=rounded,
        amount=rule.amount(quantity * rounded.amount),
    )


def _rate(unit: str, ordinary: Decimal, surcharge: Decimal, rule: PriceRule) -> SurgeRate:
    one, other = rule.rounded_unit(ordinary), rule.rounded_unit(surcharge)
    return SurgeRate(
        unit=unit,
        price=rule.unit(one + other),
        ordinary=rule.unit(one),
        surcharge=rule.unit(other),
        surcharge_share=round(float(other / one), _SHARE_PLACES),
    )


def _bill(ordinary: Decimal, surcharge: Decimal, cost: Decimal, rule: PriceRule) -> SurgeBill:
    currency = rule.engagement.currency
    ordinary, surcharge = (quantize_amount(part, currency) for part in (ordinary, surcharge))
    sga = quantize_amount(surcharge * rule.terms.sga, currency)
    financing = quantize_amount(surcharge * rule.engagement.commercial.financing_share, currency)
    profit = surcharge - cost - sga - financing
    return SurgeBill(
        ordinary=rule.amount(ordinary),
        surcharge=rule.amount(surcharge),
        bill=rule.amount(ordinary + surcharge),
        extra_cost=rule.amount(cost),
        sga=rule.amount(sga),
        financing=rule.amount(financing),
        profit=rule.amount(profit),
        margin=round(float(profit / surcharge), _SHARE_PLACES) if surcharge else 0.0,
    )


def _by_notice(
    study: SurgeStudy, of_hour: Decimal, labour: Decimal, rule: PriceRule
) -> Iterator[SurgeNotice]:
    """Price of an hour at work of the best mix by hours of notice."""
    curves = study.frontier.curves if study.frontier else ()
    for point in (point for curve in curves if curve.strategy == MIX for point in curve.by_notice):
        cost = point.cost_per_productive_hour
        price = None
        if cost is not None:
            price = rule.unit(of_hour + rule.price(decimal_of(cost) - labour))
        yield SurgeNotice(notice_h=point.notice_h, price=price)
