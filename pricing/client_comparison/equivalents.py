"""Each offer per unit and per hour ordered: the same bill in the other offer's words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.client_comparison.document import Equivalent
from pricing.money import Money, decimal_of

if TYPE_CHECKING:
    from pricing.quote import Method, Quote

_PLACES = 4


@dataclass(frozen=True)
class ServiceTerm:
    """One service over the term under both offers, at plan volume, unrounded.

    Parameters
    ----------
    bills : dict
        Bill by method.
    units, fte_months, paid_hours, productive_hours : Decimal
        Units, and what the client would order for them.
    """

    service: str
    unit: str
    bills: dict[Method, Decimal]
    units: Decimal
    fte_months: Decimal
    paid_hours: Decimal
    productive_hours: Decimal


def service_terms(quote: Quote) -> tuple[ServiceTerm, ...]:
    """Read every service's orders, hours, units and bills from a quote.

    Hours in an FTE-month are the ratio of its price to the price of an hour.
    """
    offer = quote.offers.input_based
    price = {(p.service, p.site, p.unit): p.price.amount for p in offer.prices}
    teams = {f"{p.service} @ {p.site}": (p.service, p.site) for p in offer.prices}
    ordered = {
        team: sum((Decimal(fte) for fte in months), Decimal(0))
        for team, months in offer.ordered_fte_by_month.items()
    }
    units = {
        volume.service: sum((decimal_of(u) for u in volume.units_by_month), Decimal(0))
        for volume in quote.staffing.volumes
    }
    found = []
    for unit_price in quote.offers.output_based.prices:
        own = [team for team, (service, _) in teams.items() if service == unit_price.service]
        monthly = {team: price[(*teams[team], "FTE-month")] for team in own}
        hours = {
            kind: sum((ordered[t] * monthly[t] / price[(*teams[t], kind)] for t in own), Decimal(0))
            for kind in ("paid hour", "productive hour")
        }
        bills: dict[Method, Decimal] = {
            "input_based": sum((ordered[t] * monthly[t] for t in own), Decimal(0)),
            "output_based": units[unit_price.service] * unit_price.price.amount,
        }
        found.append(
            ServiceTerm(
                service=unit_price.service,
                unit=unit_price.unit,
                bills=bills,
                units=units[unit_price.service],
                fte_months=sum((ordered[t] for t in own), Decimal(0)),
                paid_hours=hours["paid hour"],
                productive_hours=hours["productive hour"],
            )
        )
    return tuple(found)


def equivalents(terms: tuple[ServiceTerm, ...], method: Method, currency: str) -> list[Equivalent]:
    """One offer's bill of every service over its units and over the hours ordered for them."""
    return [
        Equivalent(
            service=term.service,
            unit=term.unit,
            **{
                name: Money.unit_price(term.bills[method] / quantity, currency, _PLACES)
                for name, quantity in (
                    ("per_unit", term.units),
                    ("per_paid_hour", term.paid_hours),
                    ("per_productive_hour", term.productive_hours),
                )
            },
        )
        for term in terms
    ]
