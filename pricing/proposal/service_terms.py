"""How one service is charged under the output-based offer, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.proposal.document import Term
from pricing.proposal.wording import money, share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from pricing.agreement import AgreedService
    from pricing.engagement.contract_output import ServiceTerms
    from pricing.price_schedule import PriceSchedule

_MODES = {
    "per_unit": "every unit at one price",
    "graduated": "each tier at its own price",
    "volume": "all units at the price of the tier reached",
    "package": "by started packages",
    "flat": "a flat fee by tier",
    "percentage": "a share of the amount",
}


def service_terms(agreed: AgreedService, terms: ServiceTerms, currency: str) -> Iterator[Term]:
    """Say how a service is charged where it is more than units times a price.

    Parameters
    ----------
    agreed : AgreedService
        Its prices, in money.
    terms : ServiceTerms
        What the contract says of it.
    currency : str
        Of all money.
    """

    def said(name: str, text: str) -> Term:
        return Term(under="output_based", name=f"{agreed.service}: {name}", text=text)

    if terms.schedule is not None:
        yield said("tiers", _schedule(agreed.schedule, agreed.unit, currency))
    if agreed.classes:
        classes = ", ".join(
            f"{one.name} {money(one.unit_price, currency)} ({share(one.share)} expected)"
            for one in agreed.classes
        )
        yield said("by complexity", classes)
    if agreed.band_by_month:
        yield said("band", _band(agreed, currency))
    if agreed.base_by_month:
        yield said(
            "base and units",
            f"{money(agreed.base_by_month[0], currency)} a month, and each {agreed.unit} on top "
            f"at {money(agreed.schedule.tiers[0].unit_price, currency)}",
        )
    if terms.collections is not None:
        beside = "beside the units" if agreed.units_charged else "instead of units"
        yield said("share of collections", f"{terms.collections.words} of what is paid, {beside}")
    yield from (said(*one) for one in _quality(terms, 1 - agreed.accuracy_target))


def _schedule(schedule: PriceSchedule, unit: str, currency: str) -> str:
    tiers = []
    for tier in schedule.tiers:
        upto = "beyond" if tier.up_to is None else f"up to {tier.up_to:,f}"
        price = (
            share(tier.unit_price)
            if schedule.mode == "percentage"
            else money(tier.unit_price, currency)
        )
        fee = f" and {money(tier.flat_fee, currency)} flat" if tier.flat_fee else ""
        tiers.append(f"{upto} {price}{fee}")
    free = f"; the first {schedule.free_units:,f} are free" if schedule.free_units else ""
    size = f" of {schedule.package_size:,f} {unit}s" if schedule.package_size is not None else ""
    return f"{_MODES[schedule.mode]}{size}, a month: {'; '.join(tiers)}{free}"


def _band(agreed: AgreedService, currency: str) -> str:
    band = agreed.band_by_month[0]
    low, high = band.edges
    return (
        f"{money(band.base_charge, currency)} for {band.baseline:,.0f} {agreed.unit}s in the first "
        f"month, and the same from {low:,.0f} to {high:,.0f}; above {money(band.arc, currency)} "
        f"more a {agreed.unit}, below {money(band.rrc, currency)} less"
    )


def _quality(terms: ServiceTerms, usual: Decimal) -> Iterator[tuple[str, str]]:
    """Sentences on quality; `usual` is the tolerance of errors where the terms name none."""
    if terms.glide_path is not None:
        path = terms.glide_path
        floor = f", never below {share(path.floor)} of the first" if path.floor else ""
        yield "price falls", f"by {share(path.per_year)} a year{floor}"
    if terms.collar is not None:
        low, high = terms.collar.floor, terms.collar.cap
        least = "" if low is None else f"at least {share(low)}"
        most = "" if high is None else f"at most {share(high)}"
        both = " and ".join(one for one in (least, most) if one)
        yield "month's charge", f"{both} of the planned charge"
    if terms.forecast_lock is not None:
        lock = terms.forecast_lock
        yield "binding forecast", f"{share(lock.pay_share)} of it is paid in any case"
    if terms.accuracy is not None:
        stated = terms.accuracy.tolerance
        beyond = f"beyond a tolerance of {share(usual if stated is None else stated)}"
        if terms.accuracy.remedy == "redo":
            yield "errors", f"{beyond} they are done again, free of charge"
        else:
            yield (
                "errors",
                f"{beyond} each credits {terms.accuracy.credit_multiple:f} times the unit price",
            )
    if terms.rebaseline is not None:
        again = terms.rebaseline
        yield (
            "new baseline",
            f"after {again.periods} months more than {share(again.tolerance)} away, on one side",
        )
    if terms.finished_in_time is not None:
        time = terms.finished_in_time
        yield (
            "finished in time",
            f"{share(time.percentile)} within {time.within_h:f} {time.clock} hours, or "
            f"{share(time.credit)} of the month's charge is credited",
        )
