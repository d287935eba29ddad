"""Lines of the output-based offer, service by service."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.invoice.lines import part
from pricing.tiers import tier_lines

if TYPE_CHECKING:
    from pricing.agreement import AgreedService
    from pricing.invoice.document import LinePart
    from pricing.invoice.lines import Bill
    from pricing.invoice.month import Month
    from pricing.price_schedule import PriceSchedule
    from pricing.tiers import TierLine


def bill_services(month: Month, bill: Bill) -> None:
    """Bill every service: its units or its base, and what its terms add or take off."""
    for service in month.agreement.services:
        _units(month, service, bill)


def _units(month: Month, service: AgreedService, bill: Bill) -> None:
    if not service.units_charged or service.band is not None:
        return
    units = month.units(service.service)
    text = f"{service.unit}s done"
    if service.classes:
        _classes(month, service, bill)
        return
    parts, note = schedule_parts(service.schedule, units, service.unit)
    bill.add("units", service.service, text, parts, note)


def _classes(month: Month, service: AgreedService, bill: Bill) -> None:
    """Each complexity class a line of its own; units not told apart are split as planned."""
    stated = month.service(service.service).classes
    units = month.units(service.service)
    for one in service.classes:
        quantity = stated.get(one.name, Decimal(0)) if stated else one.share * units
        note = "" if stated else f"{one.share:.1%} of all units, as planned"
        text = f"{service.unit}s done, {one.name}"
        bill.add(
            "units", service.service, text, [part(quantity, service.unit, one.unit_price)], note
        )


def schedule_parts(
    schedule: PriceSchedule, quantity: Decimal, unit: str
) -> tuple[list[LinePart], str]:
    """Parts of a charge by tier, and a note on how it is charged."""
    buys = {"package": f"started {schedule.package_size} {unit}s", "percentage": "share"}
    parts = []
    for line in tier_lines(schedule, quantity):
        what = _bounds(line) if len(schedule.tiers) > 1 else ""
        if schedule.mode != "flat":
            parts.append(
                part(line.quantity, buys.get(schedule.mode, unit), line.unit_price, what=what)
            )
        if line.flat_fee:
            parts.append(part(Decimal(1), "fee", line.flat_fee, what=what))
    if not parts:
        parts = [part(Decimal(0), unit, schedule.tiers[0].unit_price)]
    notes: list[str] = [] if schedule.mode == "per_unit" else [schedule.mode]
    if schedule.free_units:
        notes.append(f"{min(schedule.free_units, quantity):f} of {quantity:f} {unit}s are free")
    return parts, ", ".join(notes)


def _bounds(line: TierLine) -> str:
    if line.up_to is None:
        return f"above {line.above:,f}"
    return f"above {line.above:,f} up to {line.up_to:,f}"
