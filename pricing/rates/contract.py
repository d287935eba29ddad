"""Rates the contract states, beside those that re-solved steps propose."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.rates.report import ContractRate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.agreement import Agreement
    from pricing.rates.report import LongRunStep, NoticeRate, ServiceRates
    from pricing.rates.rule import RateRule


def contract_rates(
    rule: RateRule, agreement: Agreement, rates: ServiceRates
) -> tuple[ContractRate, ...]:
    """Compare ARC, RRC and surge rates of a contract with what they would have to be.

    Parameters
    ----------
    agreement : Agreement
        The contract in money; what it does not state is left out.
    rates : ServiceRates
        Proposed rates of a service.
    """
    return (*_band(rule, agreement, rates), *_surge(rule, agreement, rates))


def _band(rule: RateRule, agreement: Agreement, rates: ServiceRates) -> Iterator[ContractRate]:
    bands = next(one for one in agreement.services if one.service == rates.service).band_by_month
    if not bands:
        return
    band = bands[0]  # rates are the same in every month, only baseline and charge may move
    up, down = (_at(rates, sign * rates.step) for sign in (1, -1))
    yield ContractRate(
        name="arc",
        notice_h=None,
        contract=rule.unit(band.arc),
        proposed=rates.arc,
        margin=rule.margin(band.arc, _unit_cost(up)),
    )
    yield ContractRate(
        name="rrc",
        notice_h=None,
        contract=rule.unit(band.rrc),
        proposed=rates.rrc,
        margin=_kept(rule, band.rrc, _unit_cost(down)),
    )


def _surge(rule: RateRule, agreement: Agreement, rates: ServiceRates) -> Iterator[ContractRate]:
    """Each stated notice against the ladder's price at the longest notice it surely gives."""
    terms = agreement.terms.surge
    for rate in terms.rates if terms else ():
        proposed = _proposed(rates.by_notice, float(rate.notice_h))
        price = None if proposed is None else proposed.hour
        yield ContractRate(
            name="surge",
            notice_h=float(rate.notice_h),
            contract=rule.unit(rate.hour_price),
            proposed=price,
            margin=None
            if price is None
            else rule.margin(rate.hour_price, price.amount * (1 - rule.terms.shares_of_price)),
        )


def _proposed(by_notice: tuple[NoticeRate, ...], notice_h: float) -> NoticeRate | None:
    known = [one for one in by_notice if one.notice_h <= notice_h]
    return max(known, key=lambda one: one.notice_h, default=None)


def _at(rates: ServiceRates, share: float) -> LongRunStep:
    return next(step for step in rates.long_run if step.share == share)


def _unit_cost(step: LongRunStep) -> Decimal:
    return step.cost.amount / Decimal(step.units)


def _kept(rule: RateRule, credit: Decimal, saved: Decimal) -> float | None:
    """What is saved beyond a credit, cost, SG&A and financing of the lost charge taken together."""
    if not credit:
        return None
    taken = rule.terms.sga + rule.terms.financing_share
    return round(float(saved / credit - 1 + taken), 6)
