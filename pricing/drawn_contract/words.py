"""Words on the contract in drawn bills: its terms in them, and what no draw knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.drawn_contract.document import DrawnContract
from pricing.engagement.contract_input import InputTerms
from pricing.engagement.contract_output import OutputTerms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.engagement.contract import Contract
    from pricing.engagement.contract_input import TeamMinimum
    from pricing.engagement.contract_output import ServiceTerms


def contract_words(contract: Contract, *, index_known: bool, fx_drawn: bool) -> DrawnContract:
    """Say which terms are in the drawn bills.

    Parameters
    ----------
    contract : Contract
        The terms.
    index_known : bool
        Whether the growth of the index of an indexation is stated.
    fx_drawn : bool
        Whether an exchange rate is drawn.
    """
    whole = whole_words(contract, index_known=index_known, fx_drawn=fx_drawn)
    return DrawnContract(
        terms=(*_in_services(contract), *whole.values()),
        assumed=tuple(_assumed(contract, index_known=index_known)),
        not_drawn=(
            *_not_in_services(contract),
            *_not_of_people(contract.input_based or InputTerms()),
            *_not_in_whole(contract, index_known=index_known, fx_drawn=fx_drawn),
        ),
    )


def _services(contract: Contract) -> tuple[ServiceTerms, ...]:
    return (contract.output_based or OutputTerms()).services


def _in_services(contract: Contract) -> Iterator[str]:
    for team in (contract.input_based or InputTerms()).minimum_fte:
        yield minimum_words(team)
    for one in _services(contract):
        yield from (f"{one.service}: {text}" for text in service_words(one).values())


def minimum_words(team: TeamMinimum) -> str:
    """Say how many people of a team are billed in any case."""
    return f"{team.team}: at least {team.fte.normalize():f} FTE are billed"


def service_words(terms: ServiceTerms) -> dict[str, str]:
    """Terms of a service in the drawn bills, by field."""
    found = {}
    if terms.schedule is not None:
        free = " after free units" if terms.schedule.free_units else ""
        found["schedule"] = f"price schedule, {terms.schedule.mode}{free}"
    if terms.classes:
        found["classes"] = "complexity classes"
    if terms.band is not None:
        how = terms.band.convention.replace("_", " ")
        found["band"] = f"base charge with ARC and RRC outside {terms.band.dead_band:.0%} ({how})"
    if terms.hybrid is not None:
        found["hybrid"] = f"base of {terms.hybrid.base_share:.0%} of the planned charge, and units"
    if terms.collections is not None and terms.planned_collections is not None:
        found["collections"] = f"{terms.collections.words} of collections"
    if terms.forecast_lock is not None:
        paid = terms.forecast_lock.pay_share
        found["forecast_lock"] = f"forecast lock, {paid:.0%} of the forecast is paid"
    if terms.glide_path is not None:
        found["glide_path"] = f"glide path, {terms.glide_path.per_year:.1%} a year"
    if terms.collar is not None:
        low, high = terms.collar.floor, terms.collar.cap
        ends = " to ".join(f"{end:.0%}" for end in (low, high) if end is not None)
        found["collar"] = f"cap and collar, {ends} of the planned charge"
    return found


def whole_words(contract: Contract, *, index_known: bool, fx_drawn: bool) -> dict[str, str]:
    """Terms of the whole bill in the drawn bills, by field."""
    output, found = contract.output_based or OutputTerms(), {}
    if output.minimum_commitment is not None:
        least = output.minimum_commitment.amount
        found["minimum_commitment"] = f"minimum commitment of {least:,f} a month, output-based"
    if output.conversion is not None:
        last = output.conversion.last_month
        found["conversion"] = f"conversion: hours before month {last}, then units"
    if contract.indexation is not None and index_known:
        found["indexation"] = f"indexation, {contract.indexation.share:.0%} of the price"
    if contract.fx_clauses and fx_drawn:
        names = ", ".join(one.currency for one in contract.fx_clauses)
        found["fx_clauses"] = f"exchange rate of {names}"
    if contract.surge is not None and contract.surge.standby_heads:
        found["surge"] = f"{contract.surge.standby_heads.normalize():f} people kept ready"
    if contract.rebates:
        steps = ", ".join(f"{one.share:.1%} above {one.above:,f}" for one in contract.rebates)
        found["rebates"] = f"rebate of {steps} of charges a year"
    return found


def bill_words(contract: Contract) -> tuple[str, ...]:
    """Terms that a bill follows where only volume differs: index and rates stay as agreed."""
    whole = whole_words(contract, index_known=False, fx_drawn=False)
    return (*_in_services(contract), *whole.values())


def _assumed(contract: Contract, *, index_known: bool) -> Iterator[str]:
    output = contract.output_based or OutputTerms()
    services = output.services
    if any(one.classes for one in services):
        yield "units are of the planned mix of complexity classes"
    if any(one.forecast_lock for one in services):
        yield "the binding forecast is the plan"
    if any(one.collections for one in services):
        yield "collections are as much per unit as planned"
    if output.conversion is not None:
        yield (
            "nobody converts before the last month agreed; the unit price then is what each "
            "service took in billed hours in that future"
        )
    if contract.indexation is not None and index_known:
        yield "the index moves with the wages drawn"
    if contract.surge is not None and contract.surge.standby_heads:
        yield "people kept ready cost nothing beyond the plan"
    if output.minimum_commitment or contract.rebates or contract.surge:
        yield "what concerns the whole bill falls on services in proportion to their charges"


def _not_in_services(contract: Contract) -> Iterator[str]:
    for one in _services(contract):
        if one.collections is not None and one.planned_collections is None:
            yield f"{one.service}: collections, since planned_collections are not stated"
        if one.accuracy is not None:
            yield f"{one.service}: errors beyond the tolerance"
        if one.finished_in_time is not None:
            yield f"{one.service}: turnaround times missed"
        if one.rebaseline is not None:
            yield f"{one.service}: a baseline set anew"


def _not_of_people(terms: InputTerms) -> Iterator[str]:
    if terms.notice is not None:
        yield (
            "notice in days: orders follow the work after the weeks in "
            "commercial.uncertainty.order_notice_weeks"
        )
    if terms.billable is not None:
        yield "training, breaks and downtime that are not billable"
    if terms.hour_multipliers is not None:
        yield "overtime, night and holiday hours"
    if terms.fill_rate is not None:
        yield "places not filled, and the fill-rate credit"
    if terms.replacement_within_days is not None:
        yield "replacements that come late"


def _not_in_whole(contract: Contract, *, index_known: bool, fx_drawn: bool) -> Iterator[str]:
    if contract.indexation is not None and not index_known:
        yield (
            "indexation: the growth of its index is not stated (commercial.index_growth_per_year)"
        )
    if contract.fx_clauses and not fx_drawn:
        yield "exchange rates: none is drawn"
    if contract.sla_credits is not None:
        yield "service levels missed, and their credits"
    if contract.surge is not None:
        yield "people called off for a peak"
    if contract.output_based is not None and contract.output_based.gainshare is not None:
        yield "savings that are shared"
    if contract.early_payment is not None:
        yield "early payment"
    if contract.termination:
        yield "an early end"
