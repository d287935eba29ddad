"""Bills over volume under the contract: the month's invoice at every volume of the comparison.

The comparison of a quote sets the input bill against a line. Tiers, bands, minimums and collars
bend that line; here both bills are those that `invoice_month` would send at each volume, promises
kept.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import METHODS
from pricing.invoice.month import month_of
from pricing.invoice.over_volume_document import ContractBills, ContractPoint
from pricing.invoice.volume_changes import changes, cheaper_everywhere, cheaper_of, sign
from pricing.invoice.volume_month import JUST_ABOVE, VolumeMonth, falls_at, orders_of, units_at
from pricing.money import Money, decimal_of
from pricing.terms.output.collection_fee import MECHANISM as COLLECTIONS
from pricing.tiers import falls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.quote import BillPoint, Quote


def contract_bills(quote: Quote, *, month: int | None = None) -> ContractBills:
    """Bill a contract month at every volume of the quote's comparison.

    Parameters
    ----------
    quote : Quote
        Prices, contract and comparison; nothing is planned anew.
    month : int, optional
        Contract month whose planned units, baselines and contract year the terms refer to; by
        default the month whose planned volume is nearest to the average.

    Raises
    ------
    BadInputError
        A month outside the term.
    """
    number = typical_month(quote) if month is None else month_of(quote, Actuals(), month).number
    billed = VolumeMonth(quote, number)
    points = tuple(_point(billed, point) for point in quote.comparison.bills)
    crossings = tuple(changes(billed, points))
    return ContractBills(
        engagement=quote.engagement.name,
        client=quote.engagement.client,
        currency=quote.engagement.currency,
        quote_hash=quote.content_hash,
        month=number,
        volume_unit=quote.comparison.volume_unit,
        plan_volume_per_month=quote.comparison.plan_volume_per_month,
        points=_with_falls(billed, points),
        crossings=crossings,
        cheaper_when_no_crossing=None if crossings else cheaper_everywhere(points),
        warnings=tuple(_warnings(billed, points)),
    )


def typical_month(quote: Quote) -> int:
    """Contract month whose planned units, each over its service's average, are nearest to 1.

    Under a right to convert, one of those that are billed by the unit.
    """
    volumes = [one.units_by_month for one in quote.staffing.volumes if any(one.units_by_month)]

    def off(at: int) -> float:
        return sum(abs(units[at] * len(units) / sum(units) - 1) for units in volumes)

    months = range(quote.engagement.term_months)
    output = quote.agreement.terms.output_based if quote.agreement else None
    if output is not None and output.conversion is not None:
        months = months[output.conversion.last_month - 1 :]
    return 1 + min(months, key=off)


def _with_falls(
    billed: VolumeMonth, points: tuple[ContractPoint, ...]
) -> tuple[ContractPoint, ...]:
    """Add the volumes at which a bill falls, each with the one just above it."""
    quote, found = billed.quote, {point.share_of_plan: point for point in points}
    for bend in falls_at(billed):
        for share in (bend, bend + JUST_ABOVE):
            between = next(
                (
                    pair
                    for pair in pairwise(quote.comparison.bills)
                    if share < pair[1].share_of_plan
                ),
                None,
            )
            if between is not None and share > between[0].share_of_plan:
                units, orders = units_at(quote, share), billed.orders(between, share)
                found[share] = _bills(billed, share, units, orders)
    return tuple(found[share] for share in sorted(found))


def _point(billed: VolumeMonth, point: BillPoint) -> ContractPoint:
    units = {name: decimal_of(volume) for name, volume in point.volume_by_service.items()}
    return _bills(billed, point.share_of_plan, units, orders_of(point))


def _bills(
    billed: VolumeMonth, share: float, units: dict[str, Decimal], orders: dict[str, Decimal]
) -> ContractPoint:
    one, two = billed.invoices(units, orders, METHODS).invoices
    lines: dict[str, Decimal] = {}
    for line in two.lines:
        lines[line.mechanism] = lines.get(line.mechanism, Decimal(0)) + line.amount.amount
    cheaper = sign(one.total.amount - two.total.amount)
    return ContractPoint(
        share_of_plan=share,
        volume=round(float(sum(units.values())), 2),
        volume_by_service={name: float(amount) for name, amount in units.items()},
        input_based=one.total,
        output_based=two.total,
        output_lines={
            name: Money(amount=amount, currency=two.total.currency)
            for name, amount in lines.items()
        },
        cheaper=cheaper_of(cheaper) if cheaper else "equal",
    )


def _warnings(billed: VolumeMonth, points: tuple[ContractPoint, ...]) -> Iterator[str]:
    """What a reader of the bills must know: where they fall, and what is not in them."""
    agreement = billed.agreement
    for service in agreement.services:
        if service.units_charged and not service.band_by_month and not service.classes:
            yield from (f"{service.service}: {text}" for text in falls(service.schedule))
        if agreement.service_terms(service.service).collections is not None:
            yield f"{service.service}: {collections_in(points)}"


def collections_in(points: tuple[ContractPoint, ...]) -> str:
    """Say what the bills hold of collections, which do not follow from a volume."""
    if any(COLLECTIONS in point.output_lines for point in points):
        return "collections are those planned, whatever the volume"
    return "collections are not known here and are left out of the bills"
