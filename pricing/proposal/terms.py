"""Terms of the contract in sentences a client can read; one function for each part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.proposal.document import Term
from pricing.proposal.service_terms import service_terms
from pricing.proposal.wording import money, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.agreement import Agreement
    from pricing.engagement.contract import Contract
    from pricing.engagement.contract_input import InputTerms
    from pricing.engagement.contract_output import OutputTerms


def term_sentences(agreement: Agreement, currency: str) -> tuple[Term, ...]:
    """Say every term that is agreed beyond the prices; none without a contract.

    Parameters
    ----------
    agreement : Agreement
        The contract, frozen into the quote; every price in money.
    currency : str
        Of all money in it.
    """
    contract = agreement.terms
    said: list[Term] = []
    if contract.input_based is not None:
        said += _input(contract.input_based)
    for service in agreement.services:
        said += service_terms(service, agreement.service_terms(service.service), currency)
    if contract.output_based is not None:
        said += _output(contract.output_based, currency)
    said += _both(contract, currency)
    return tuple(said)


def _input(terms: InputTerms) -> Iterator[Term]:
    under = "input_based"
    if terms.billable is not None:
        yield Term(
            under=under,
            name="billable hours",
            text=f"of training {share(terms.billable.training)}, of breaks "
            f"{share(terms.billable.breaks)} and of time lost to the client's systems "
            f"{share(terms.billable.client_downtime)} are billed",
        )
    for least in terms.minimum_fte:
        yield Term(
            under=under,
            name="minimum order",
            text=f"{least.team}: {least.fte:f} full-time equivalents",
        )
    if terms.notice is not None:
        yield Term(
            under=under,
            name="notice",
            text=f"more people {terms.notice.ramp_up_days} days ahead, fewer people "
            f"{terms.notice.ramp_down_days} days ahead",
        )
    if terms.hour_multipliers is not None:
        factors = terms.hour_multipliers
        yield Term(
            under=under,
            name="hours at other times",
            text=f"overtime at {factors.overtime:f} times the hour price, ordered hours at night "
            f"at {factors.night:f} times, on holidays at {factors.holiday:f} times",
        )
    if terms.replacement_within_days is not None:
        yield Term(
            under=under,
            name="replacement",
            text=f"who leaves is replaced within {terms.replacement_within_days} days; later days "
            "are not billed",
        )
    if terms.fill_rate is not None:
        fill = terms.fill_rate
        yield Term(
            under=under,
            name="fill rate",
            text=f"below {share(fill.target)} of the places filled, "
            f"{share(fill.credit_per_point)} of the charge is credited for each point, "
            f"{share(fill.cap)} at most",
        )


def _output(terms: OutputTerms, currency: str) -> Iterator[Term]:
    under = "output_based"
    if terms.minimum_commitment is not None:
        yield Term(
            under=under,
            name="minimum commitment",
            text=f"{money(terms.minimum_commitment.amount, currency)} a month; what charges fall "
            "short of it is a line of its own",
        )
    if terms.gainshare is not None:
        gain = terms.gainshare
        most = "" if gain.cap is None else f", {money(gain.cap, currency)} a month at most"
        yield Term(
            under=under,
            name="gain sharing",
            text=f"{share(gain.share)} of verified savings{most}",
        )
    if terms.conversion is not None:
        right = terms.conversion
        more = f" and {share(right.premium)}" if right.premium else ""
        least = "" if right.floor is None else f", {money(right.floor, currency)} at least"
        most = "" if right.cap is None else f", {money(right.cap, currency)} at most"
        yield Term(
            under=under,
            name="hours first, then units",
            text=f"hours are billed at first; units may be from month {right.first_month} and are "
            f"from month {right.last_month}, at the measured effort at the hour price{more}"
            f"{least}{most}",
        )


def _both(contract: Contract, currency: str) -> Iterator[Term]:
    if contract.indexation is not None:
        index = contract.indexation
        yield Term(
            under="both",
            name="indexation",
            text=f"once a year, {share(index.share)} of each price follows {index.index}, from "
            f"{share(index.floor)} to {share(index.cap)} a year",
        )
    for clause in contract.fx_clauses:
        yield Term(
            under="both",
            name=f"exchange rate {clause.currency}",
            text=f"base rate {clause.base_rate:f} {clause.currency}; a change of up to "
            f"{share(clause.band)} moves nothing, beyond it {share(clause.local_share)} of the "
            f"price follows, by {share(clause.cap)} at most",
        )
    if contract.surge is not None:
        surge = contract.surge
        rates = ", ".join(
            f"{money(rate.hour_price, currency)} an hour at {rate.notice_h:f} hours' notice"
            for rate in surge.rates
        )
        ready = (
            f"{surge.standby_heads:f} people are kept ready for "
            f"{money(surge.standby_fee, currency)} a head and month; "
            if surge.standby_heads
            else ""
        )
        yield Term(
            under="both",
            name="surge",
            text=f"{ready}{rates}; {surge.minimum_hours:f} hours a person at least",
        )
    for charge in contract.termination:
        yield Term(
            under="both",
            name="ending early",
            text=f"after month {charge.from_month}: {money(charge.charge, currency)}",
        )
    for rebate in contract.rebates:
        yield Term(
            under="both",
            name="rebate",
            text=f"{share(rebate.share)} of charges above {money(rebate.above, currency)} in a "
            "contract year",
        )
    if contract.early_payment is not None:
        early = contract.early_payment
        yield Term(
            under="both",
            name="early payment",
            text=f"{share(early.discount)} off when paid within {early.within_days} days",
        )
