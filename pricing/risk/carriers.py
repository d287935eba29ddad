"""Who carries which risk under each offer, by the terms of the contract.

Ordered people are the client's, results the vendor's, until a clause divides it: a minimum, a base
charge, a collar or a locked forecast share the volume, a conversion the productivity, indexation
and exchange-rate clauses what pay does. Who carries what under hours and under units: WNS Holdings,
annual report (20-F, FY2018), and COPC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.engagement.contract import Contract
from pricing.engagement.contract_output import OutputTerms
from pricing.quote import RiskCarrier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.engagement import Engagement

_SERVICE_TERMS = (
    ("band", "a base charge for the baseline"),
    ("hybrid", "a base charge"),
    ("collar", "a collar"),
    ("forecast_lock", "a binding forecast"),
)


def carriers(engagement: Engagement) -> tuple[RiskCarrier, ...]:
    """Say of each risk who carries it under either offer, and why.

    Parameters
    ----------
    engagement : Engagement
        Its services, its prices over the term and its contract.
    """
    contract = engagement.contract or Contract()
    output = contract.output_based or OutputTerms()
    live = any(service.channel == "live" for service in engagement.services)
    return (
        _volume(output),
        _productivity(output),
        *((_WAITING,) if live else ()),
        _REWORK,
        _wages(engagement, contract),
        _PEOPLE,
    )


_WAITING = RiskCarrier(
    risk="waiting time of live queues",
    input_based="client",
    output_based="vendor",
    why="availability is part of the ordered hours, not of the unit",
)
_REWORK = RiskCarrier(
    risk="rework",
    input_based="client",
    output_based="vendor",
    why="redone work takes ordered hours; only good units are billed",
)
_PEOPLE = RiskCarrier(
    risk="attrition and ramp",
    input_based="vendor",
    output_based="vendor",
    why="a full-time equivalent is quoted fully productive; replacements are in the price",
)


def _volume(output: OutputTerms) -> RiskCarrier:
    why = "ordered people are paid whether or not there is work; units are paid as produced"
    shared = list(dict.fromkeys(_shares_of_volume(output)))
    return RiskCarrier(
        risk="volume",
        input_based="client",
        output_based="shared" if shared else "vendor",
        why=f"{why}, but for {', '.join(shared)}" if shared else why,
    )


def _shares_of_volume(output: OutputTerms) -> Iterator[str]:
    """What a client pays without the units, or does not pay for all of them."""
    if output.minimum_commitment is not None:
        yield "a minimum commitment"
    for service in output.services:
        yield from (text for name, text in _SERVICE_TERMS if getattr(service, name) is not None)


def _productivity(output: OutputTerms) -> RiskCarrier:
    why = "slow hours are billable hours; a unit costs the same however long it takes"
    if output.conversion is not None:
        why = f"{why}, once its price was measured in the months billed by the hour"
    return RiskCarrier(
        risk="productivity",
        input_based="client",
        output_based="vendor" if output.conversion is None else "shared",
        why=why,
    )


def _wages(engagement: Engagement, contract: Contract) -> RiskCarrier:
    yearly = engagement.commercial.price_over_term == "yearly"
    prices = "prices of each year are agreed" if yearly else "both prices are flat over the term"
    passed = list(_passed_on(contract))
    bearer = "shared" if passed else "vendor"
    return RiskCarrier(
        risk="wages and exchange rates",
        input_based=bearer,
        output_based=bearer,
        why="; ".join([prices, *(passed or ["no clause passes on what wages or currencies do"])]),
    )


def _passed_on(contract: Contract) -> Iterator[str]:
    index = contract.indexation
    if index is not None and index.share:
        yield (
            f"{index.share:.0%} of the price follows an index, from {index.floor:.0%} to "
            f"{index.cap:.0%} a year"
        )
    for clause in contract.fx_clauses:
        yield (
            f"{clause.local_share:.0%} of it follows {clause.currency} beyond {clause.band:.0%}, "
            f"by {clause.cap:.0%} at most"
        )
