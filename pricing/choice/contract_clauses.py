"""Giving up a clause that the contract has: the price change that keeps margin and tail.

Each clause is taken out of the contract by itself, and the futures are billed again. What the bill
without it must be multiplied by to hold the expected margin and the tail that it has with it is
the price change. Clauses that every negotiation knows and this contract has not are priced by what
they would be by default (`pricing.choice.clauses`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pricing.choice.clauses import ClauseTerms, clause_value, clause_values
from pricing.choice.report import ClausePrice
from pricing.choice.writing import share
from pricing.drawn_contract.words import minimum_words, service_words
from pricing.engagement.contract_input import InputTerms
from pricing.engagement.contract_output import OutputTerms
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pricing.choice.clauses import ClauseName, ClauseValue
    from pricing.choice.decision import Array
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.choice.levels import Pair
    from pricing.choice.report import ChoiceRequest
    from pricing.engagement.contract import Contract
    from pricing.quote import Method

_DAYS_PER_YEAR = 365
_OF_A_SERVICE: tuple[ClauseName, ...] = (
    *("schedule", "band", "hybrid", "forecast_lock", "glide_path", "collar"),
)
_BOTH: tuple[Method, ...] = ("input_based", "output_based")


@dataclass(frozen=True)
class StatedClause:
    """A clause of the contract, and the contract without it.

    Parameters
    ----------
    clause : str
        Name.
    words : str
        What it says.
    without : Contract
        All the rest.
    offers : tuple of str
        Offers whose bill it moves.
    service : str or None
        Service it belongs to; None: the whole bill.
    """

    clause: ClauseName
    words: str
    without: Contract
    offers: tuple[Method, ...]
    service: str | None = None


def stated_clauses(contract: Contract, words: Mapping[str, str]) -> tuple[StatedClause, ...]:
    """Clauses of a contract that drawn bills hold and that could be given up."""
    return (*_of_people(contract), *_of_services(contract), *_of_the_whole(contract, words))


def _of_people(contract: Contract) -> Iterator[StatedClause]:
    terms = contract.input_based or InputTerms()
    for team in terms.minimum_fte:
        rest = tuple(one for one in terms.minimum_fte if one != team)
        without = terms.model_copy(update={"minimum_fte": rest})
        yield StatedClause(
            "fte_minimum",
            minimum_words(team),
            contract.model_copy(update={"input_based": without}),
            ("input_based",),
            team.team.split(" @ ", maxsplit=1)[0],
        )


def _of_services(contract: Contract) -> Iterator[StatedClause]:
    terms = contract.output_based or OutputTerms()
    for own in terms.services:
        for name in _OF_A_SERVICE:
            if getattr(own, name) is None:
                continue
            left = own.model_copy(update={name: None})
            services = tuple(left if one is own else one for one in terms.services)
            without = terms.model_copy(update={"services": services})
            yield StatedClause(
                name,
                f"{own.service}: {service_words(own)[name]}",
                contract.model_copy(update={"output_based": without}),
                ("output_based",),
                own.service,
            )


def _of_the_whole(contract: Contract, words: Mapping[str, str]) -> Iterator[StatedClause]:
    terms = contract.output_based or OutputTerms()
    for name, field in (("minimum", "minimum_commitment"), ("conversion", "conversion")):
        if getattr(terms, field) is not None:
            left = contract.model_copy(
                update={"output_based": terms.model_copy(update={field: None})}
            )
            clause: ClauseName = "minimum" if name == "minimum" else "conversion"
            yield StatedClause(clause, words[field], left, ("output_based",))
    of_both: tuple[tuple[ClauseName, str, object], ...] = (
        ("cola", "indexation", None),
        ("fx", "fx_clauses", ()),
        ("standby", "surge", None),
        ("rebates", "rebates", ()),
    )
    for clause, field, nothing in of_both:
        if field in words:
            yield StatedClause(
                clause, words[field], contract.model_copy(update={field: nothing}), _BOTH
            )


def clauses_given_up(
    ground: ChoiceGround, own: LotGround, quoted: Pair, asked: ChoiceRequest
) -> tuple[ClausePrice, ...]:
    """Price of giving up each clause: those of the contract, then those it has not.

    Parameters
    ----------
    ground : ChoiceGround
        With or without a contract.
    own, quoted
        The lot, and its quoted levels.
    asked : ChoiceRequest
        What clauses say that the contract has not.
    """
    engagement, contract = ground.engagement, ground.engagement.contract
    terms = ClauseTerms(
        asked.collar, asked.minimum, asked.notice_months, asked.later_days, asked.cola
    )
    stated, had = [], set()
    if ground.contract is not None and contract is not None:
        terms = with_contract(terms, contract)
        stated = list(_values(ground, own, quoted))
        had = {clause.clause for clause, _ in ground.contract.without}
    others = clause_values(
        own.lot,
        (quoted.hours, quoted.units),
        own.goal,
        ground.outcomes.factors,
        terms,
        term_months=engagement.term_months,
        capital_cost_per_day=float(engagement.commercial.capital_cost.value) / _DAYS_PER_YEAR,
    )
    return tuple(
        ClausePrice(
            clause=one.clause,
            offer=one.offer,
            terms=one.terms,
            price_change=share(one.price_change),
        )
        for one in (*stated, *(one for one in others if one.clause not in had))
    )


def _values(ground: ChoiceGround, own: LotGround, quoted: Pair) -> Iterator[ClauseValue]:
    """Clauses of the contract that move the bill of a lot."""
    found, lot = ground.contract, own.lot
    if found is None:
        return
    place = next(k for k, one in enumerate(ground.lots) if one is own)
    lot = lot.every(found.step)
    with_all: Mapping[Method, tuple[Array, Array]] = {
        "input_based": (lot.input_bill * quoted.hours, lot.input_cost),
        "output_based": (lot.output_bill * quoted.units, lot.output_cost),
    }
    for clause, bills in found.without:
        if clause.service not in {None, *lot.services}:
            continue
        for offer in clause.offers:
            bill, cost = with_all[offer]
            left, now = bills[offer][:, place], found.bills[offer][:: found.step, place]
            if (left > 0).all():
                rest = bill * left / now  # a level on the whole charge is one on the rest as well
                yield clause_value(
                    clause.clause, offer, clause.words, bill, (rest, cost), own.goal, own.goal
                )


def with_contract(defaults: ClauseTerms, contract: Contract) -> ClauseTerms:
    """Terms of clauses that no draw bills, as the contract has them where it does."""
    notice = contract.input_based.notice if contract.input_based else None
    if notice is not None:
        months = notice.ramp_down_days * MONTHS_PER_YEAR / _DAYS_PER_YEAR
        defaults = replace(defaults, notice_months=round(months, 1))
    if contract.indexation is not None:
        defaults = replace(defaults, cola=float(contract.indexation.share))
    return defaults
