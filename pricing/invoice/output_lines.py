"""Lines of the output-based offer, service by service."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.exact import finely
from pricing.invoice.lines import Bill, part
from pricing.invoice.usage_lines import bill_units, price_of_a_unit, schedule_parts
from pricing.terms.line import ONE
from pricing.terms.output.accuracy import accuracy_line, errors_in_sample
from pricing.terms.output.collar import CAP, FLOOR, collar_line
from pricing.terms.output.collection_fee import MECHANISM as COLLECTIONS
from pricing.terms.output.collection_fee import collection_line, restriction_warnings
from pricing.terms.output.forecast_lock import forecast_line, sla_relief
from pricing.terms.output.glide_path import glide_line
from pricing.terms.output.rebaseline import new_baseline
from pricing.terms.output.turnaround import turnaround_line

if TYPE_CHECKING:
    from pricing.agreement import AgreedService
    from pricing.engagement.contract_output import ServiceTerms
    from pricing.invoice.month import Month
    from pricing.terms.output.collar import CollarTerms

UNIT_LINES = ("units", "base_charge", "arc", "rrc", "forecast_lock")
PRICED_LINES = (*UNIT_LINES, "glide_path", FLOOR, CAP)


def bill_services(month: Month, bill: Bill) -> None:
    """Bill every service: its units or its base, and what its terms add or take off."""
    for service in month.agreement.services:
        terms = month.agreement.service_terms(service.service)
        stated = month.service(service.service)
        bill_units(month, service, month.units(service.service), stated.classes, bill)
        _forecast(month, service, terms, bill)
        _glide(month, service.service, terms, bill)
        _collar(month, service, terms, bill)
        _collections(month, service.service, terms, bill)
        _accuracy(month, service, terms, bill)
        _turnaround(month, service.service, terms, bill)
        _rebaseline(month, service, terms, bill)


def _forecast(month: Month, service: AgreedService, terms: ServiceTerms, bill: Bill) -> None:
    if terms.forecast_lock is None:
        return
    units, price = month.units(service.service), price_of_a_unit(month, service)
    forecast = month.forecast(service.service)
    bill.add_term(
        forecast_line(terms.forecast_lock, forecast, units, price, service.unit), service.service
    )


def _glide(month: Month, service: str, terms: ServiceTerms, bill: Bill) -> None:
    if terms.glide_path is None:
        return
    basis = bill.basis(UNIT_LINES, service)
    bill.add_term(glide_line(terms.glide_path, basis.amount, month.year), service, basis)


def _collar(month: Month, service: AgreedService, terms: ServiceTerms, bill: Bill) -> None:
    """Floor or cap of the service's charge, against what the planned units are charged."""
    if terms.collar is None:
        return
    name = service.service
    expected = Bill(month.currency)
    bill_units(month, service, month.planned_units_of_days(name), {}, expected)
    _glide(month, name, terms, expected)
    basis = bill.basis((*UNIT_LINES, "glide_path"), name)
    line = collar_line(terms.collar, basis.amount, expected.total)
    if line is None:
        return
    limit = _limit(terms.collar, line.mechanism)
    with finely():
        bound = limit * expected.total
    what = {FLOOR: "floor of the collar", CAP: "cap of the collar"}[line.mechanism]
    parts = [
        part(ONE, "charge", bound, what=what),
        part(-ONE, "charge", basis, what="less what is charged"),
    ]
    note = f"{limit:.0%} of {expected.total:,f}, what the planned units are charged"
    bill.add(line.mechanism, name, bill.title(line.mechanism), parts, note)


def _limit(terms: CollarTerms, mechanism: str) -> Decimal:
    found = terms.floor if mechanism == FLOOR else terms.cap
    return Decimal(0) if found is None else found


def _collections(month: Month, service: str, terms: ServiceTerms, bill: Bill) -> None:
    if terms.collections is None:
        return
    collected = month.collections(service, terms.planned_collections)
    if collected is None:
        bill.warnings.append(
            f"collections of {service} are not stated (services.{service}.collections): none billed"
        )
    by_tier, money = terms.collections.schedule, collected or Decimal(0)
    if by_tier is not None and money:
        parts, how = schedule_parts(by_tier, money, month.currency)
        bill.add(COLLECTIONS, service, bill.title(COLLECTIONS), parts, how)
    bill.add_term(collection_line(terms.collections, money), service)
    bill.warnings += restriction_warnings(terms.collections)


def _accuracy(month: Month, service: AgreedService, terms: ServiceTerms, bill: Bill) -> None:
    if terms.accuracy is None:
        return
    units, errors = month.units(service.service), month.service(service.service).errors
    if terms.accuracy.sample is not None and errors:
        errors = errors_in_sample(units, Decimal(terms.accuracy.sample), errors)
    line = accuracy_line(
        terms.accuracy,
        units,
        errors,
        price_of_a_unit(month, service),
        tolerance=1 - service.accuracy_target,
        unit=service.unit,
    )
    bill.add_term(line, service.service)


def _turnaround(month: Month, service: str, terms: ServiceTerms, bill: Bill) -> None:
    promise, in_time = terms.finished_in_time, month.service(service).in_time
    if promise is None or in_time is None:
        return
    basis = bill.basis(PRICED_LINES, service)
    line = turnaround_line(promise, max(Decimal(0), basis.amount), in_time)
    lock = terms.forecast_lock
    if line and lock and sla_relief(lock, month.forecast(service), month.units(service)):
        bill.warnings.append(f"{service}: more came than was forecast, so no credit for time")
        return
    bill.add_term(line, service, basis)


def _rebaseline(month: Month, service: AgreedService, terms: ServiceTerms, bill: Bill) -> None:
    """Say when the band's baseline is to be set anew; the bill itself does not change."""
    name = service.service
    if terms.rebaseline is None or not service.band_by_month:
        return
    units = (*month.service(name).earlier_units, month.units(name))
    found = new_baseline(terms.rebaseline, service.band_by_month[month.at].baseline, units)
    if found is not None:
        bill.warnings.append(
            f"{name}: volume has stayed away from its baseline; it is to be set anew, "
            f"to {found.baseline:,.0f} {service.unit}s a month"
        )
