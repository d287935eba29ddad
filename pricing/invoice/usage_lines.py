"""What units of a service are charged: by schedule, class, band, hybrid price or measured price."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.exact import finely
from pricing.invoice.lines import part
from pricing.money import quantize_unit_price
from pricing.price_schedule import PriceSchedule, Tier
from pricing.terms.line import ONE, TermLine
from pricing.terms.output.base_band import BASE, band_lines
from pricing.terms.output.complexity import class_lines
from pricing.terms.output.conversion import converted_price
from pricing.tiers import tier_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.agreement import AgreedService
    from pricing.invoice.document import LinePart
    from pricing.invoice.lines import Bill
    from pricing.invoice.month import Month
    from pricing.tiers import TierLine


def bill_units(
    month: Month,
    service: AgreedService,
    units: Decimal,
    classes: Mapping[str, Decimal],
    bill: Bill,
) -> None:
    """Bill some units of a service.

    Parameters
    ----------
    month : Month
        The month, which decides on base, baseline and days.
    service : AgreedService
        Prices of the service.
    units : Decimal
        Good units, 0 or more.
    classes : mapping of str to Decimal
        Units by complexity class; empty: as planned.
    bill : Bill
        Gets the lines.
    """
    name = service.service
    if not service.units_charged:
        return
    measured = measured_price(month, service)
    if measured is not None:
        note = "at the price that was measured before units were billed"
        _units(
            service,
            PriceSchedule(mode="per_unit", tiers=(Tier(unit_price=measured),)),
            units,
            bill,
            note,
        )
        return
    days = month.days
    if service.band_by_month:
        band = service.band_by_month[month.at]
        for line in band_lines(band, units, service.unit, days.served, days.of):
            bill.add_term(line, name)
        return
    if service.classes:
        _classes(service, units, classes, bill)
        return
    if service.base_by_month:
        base = service.base_by_month[month.at]
        line = TermLine(BASE, "whatever the volume", ONE, "month", base, days.served, days.of)
        bill.add_term(line, name)
    _units(service, service.schedule, units, bill)


def price_of_a_unit(month: Month, service: AgreedService) -> Decimal:
    """Price that a single unit more or less is valued at, for forecasts and errors."""
    measured = measured_price(month, service)
    if measured is not None:
        return measured
    if service.schedule.mode == "per_unit":
        return service.schedule.tiers[0].unit_price
    return service.unit_price


def measured_price(month: Month, service: AgreedService) -> Decimal | None:
    """Unit price after a conversion whose months by the hour were measured, else None."""
    terms = month.terms.output_based
    measured = month.actuals.measured.get(service.service)
    if terms is None or terms.conversion is None or measured is None:
        return None
    prices = {team.team: team.paid_hour for team in month.agreement.teams}
    hours = sum(measured.hours.values(), Decimal(0))
    with finely():
        cost = sum((prices[team] * h for team, h in measured.hours.items()), Decimal(0))
        rate = cost / hours if hours else Decimal(0)
    price = converted_price(terms.conversion, rate, hours, measured.units)
    return quantize_unit_price(price, month.agreement.unit_price_places)


def _units(
    service: AgreedService, schedule: PriceSchedule, units: Decimal, bill: Bill, note: str = ""
) -> None:
    parts, how = schedule_parts(schedule, units, service.unit)
    bill.add("units", service.service, f"{service.unit}s done", parts, note or how)


def _classes(
    service: AgreedService, units: Decimal, stated: Mapping[str, Decimal], bill: Bill
) -> None:
    """Each complexity class a line of its own; units not told apart are split as planned."""
    with finely():
        counted = stated or {one.name: one.share * units for one in service.classes}
    prices = {one.name: one.unit_price for one in service.classes}
    shares = {one.name: one.share for one in service.classes}
    for line, name in zip(
        class_lines(prices, counted, service.unit),
        [n for n in prices if counted.get(n)],
        strict=True,
    ):
        note = "" if stated else f"{shares[name]:.1%} of all units, as planned"
        parts = [part(line.quantity, line.unit, line.unit_price)]
        bill.add("units", service.service, line.what, parts, note)
    if not any(counted.values()):
        nothing = [part(Decimal(0), service.unit, service.unit_price)]
        bill.add("units", service.service, f"{service.unit}s done", nothing, "")


def schedule_parts(
    schedule: PriceSchedule, quantity: Decimal, unit: str
) -> tuple[list[LinePart], str]:
    """Parts of a charge by tier, and a note on how it is charged."""
    size = f"{schedule.package_size:f}" if schedule.package_size else ""
    buys = {"package": f"{size} {unit}s begun"}
    parts = []
    for line in tier_lines(schedule, quantity):
        what = _bounds(line) if len(schedule.tiers) > 1 else ""
        if schedule.mode != "flat":
            bought = buys.get(schedule.mode, unit)
            parts.append(part(line.quantity, bought, line.unit_price, what=what))
        if line.flat_fee:
            parts.append(part(ONE, "fee", line.flat_fee, what=what))
    if not parts:
        parts = [part(Decimal(0), unit, schedule.tiers[0].unit_price)]
    notes: list[str] = [] if schedule.mode == "per_unit" else [schedule.mode]
    if schedule.free_units and quantity:
        notes.append(f"{min(schedule.free_units, quantity):f} of {quantity:f} {unit}s are free")
    return parts, ", ".join(notes)


def _bounds(line: TierLine) -> str:
    if line.up_to is None:
        return f"above {line.above:,f}"
    return f"above {line.above:,f} up to {line.up_to:,f}"
