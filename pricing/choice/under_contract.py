"""The menu under the contract of the engagement: bills of futures follow its terms.

Levels multiply prices, and prices drive the terms that are relative to them; money that a contract
states (a commitment, a base charge, a tier's price) does not move with a level. So a bill is
not in proportion to its level, and the pair that holds is a fixed point: bills at a pair, divided by
its levels, are the bills that the pair is found on. Elsewhere on the curve bills are taken in
proportion to those.

An offer whose bill hardly follows its price (a share of collections, prices in money) has no such
point. Its level is one on its whole charge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pricing.agreement import AgreedPrices, agree_at
from pricing.choice.contract_clauses import stated_clauses
from pricing.choice.ground import lot_ground, quoted_pair
from pricing.choice.levels import Pair
from pricing.drawn_contract.drawn import METHODS, drawn_terms
from pricing.drawn_contract.moves import FX
from pricing.drawn_contract.words import whole_words
from pricing.money import decimal_of, quantize_unit_price
from pricing.role_floors import lifted_to_floor
from staffing.calendar import MONTHS_PER_YEAR, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.choice.contract_clauses import StatedClause
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.choice.lot import Lot
    from pricing.drawn_contract.document import DrawnContract
    from pricing.drawn_contract.drawn import DrawnTerms
    from pricing.engagement.contract import Contract
    from pricing.quote import Method
    from staffing.plan import StaffingPlan

    Array = NDArray[np.float64]
    Bills = dict[Method, Array]

PLACES = 12  # prices of a level that is searched for are hardly rounded
_LEAST_RESPONSE = 0.1
_STEP = 0.05
_ROUNDS = 12
_SETTLED = 1e-7
_MOST_STEP = 1.5


@dataclass(frozen=True)
class Billing:
    """Bills of the lots of a study at any levels, under the contract or another one.

    Parameters
    ----------
    ground : ChoiceGround
        Lots, parity prices and futures.
    teams, plan
        Terms of the teams, and the plan.
    """

    ground: ChoiceGround
    teams: tuple[TeamTerms, ...]
    plan: StaffingPlan

    def at(
        self,
        levels: tuple[Pair, ...],
        contract: Contract | None = None,
        methods: tuple[Method, ...] = METHODS,
    ) -> Bills:
        """Bills by lot at a pair of levels for each, shape (draws, lots)."""
        months, factors = self.ground.outcomes.months, self.ground.outcomes.factors
        assert months is not None  # noqa: S101 (`under_contract` asks for them)
        found = self.terms(levels, contract).bills(months, factors, methods)
        services = self.ground.outcomes.services
        inside = [[services.index(name) for name in one.lot.services] for one in self.ground.lots]
        return {
            method: np.stack([bill[:, at].sum(axis=1) for at in inside], axis=1)
            for method, bill in found.items()
        }

    def terms(self, levels: tuple[Pair, ...], contract: Contract | None = None) -> DrawnTerms:
        """Terms at the prices of some levels; the contract of the engagement unless another."""
        ground = self.ground
        engagement = ground.engagement
        if contract is not None:
            engagement = engagement.model_copy(update={"contract": contract})
        month, hour, unit = {}, {}, {}
        pair_of = {
            name: pair
            for one, pair in zip(ground.lots, levels, strict=True)
            for name in one.lot.services
        }
        for team in self.teams:
            service = team.service.name
            price = ground.prices.fte_parity[team.name] * decimal_of(pair_of[service].hours)
            price = lifted_to_floor(engagement, service, price)
            hours = team.rates.contract_hours_per_week * decimal_of(WEEKS_PER_YEAR)
            month[team.name] = quantize_unit_price(price, PLACES)
            hour[team.name] = quantize_unit_price(price * MONTHS_PER_YEAR / hours, PLACES)
        for name, pair in pair_of.items():
            price = ground.prices.parity[name] * decimal_of(pair.units)
            unit[name] = quantize_unit_price(price, PLACES)
        agreed = agree_at(
            engagement, self.teams, self.plan, AgreedPrices(month, hour, unit, PLACES)
        )
        return drawn_terms(engagement, self.plan, (agreed,))


@dataclass(frozen=True)
class UnderContract:
    """How the lots of a study follow the contract.

    Parameters
    ----------
    billing : Billing
        Bills at other levels, or without a clause.
    levels : tuple of Pair
        Pairs that the bills of the lots stand at.
    whole : tuple of (bool, bool)
        By lot: whether the level of hours, of units, is one on the whole charge.
    off : float
        How far the levels were still moving, as a share.
    words : DrawnContract
        What is in the bills and what is not.
    bills : dict
        By offer: bills at these levels, shape (draws, lots).
    """

    billing: Billing
    levels: tuple[Pair, ...]
    whole: tuple[tuple[bool, bool], ...]
    off: float
    words: DrawnContract
    bills: Bills

    @cached_property
    def without(self) -> tuple[tuple[StatedClause, Bills], ...]:
        """Bills at these levels without each clause of the contract that could be given up."""
        ground = self.billing.ground
        contract = ground.engagement.contract
        assert contract is not None  # noqa: S101 (`under_contract` asks for one)
        words = whole_words(
            contract,
            index_known=ground.engagement.commercial.index_growth_per_year is not None,
            fx_drawn=FX in ground.outcomes.factors,
        )
        return tuple(
            (clause, self.billing.at(self.levels, clause.without, clause.offers))
            for clause in stated_clauses(contract, words)
        )

    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the levels."""
        found = []
        for one, whole in zip(self.billing.ground.lots, self.whole, strict=True):
            found += [
                f"{one.lot.name}: the contract states what the {offer} offer is charged, whatever "
                "its price; its level is one on the whole charge"
                for offer, fixed in zip(("input-based", "output-based"), whole, strict=True)
                if fixed
            ]
        if self.off > _SETTLED:
            found.append(
                f"prices under the contract had not settled: they were off by {self.off:.1g}"
            )
        found.append(
            "at other prices than those quoted, money stated in the contract is taken to move with "
            "them"
        )
        return tuple(found)


def under_contract(
    ground: ChoiceGround, teams: tuple[TeamTerms, ...], plan: StaffingPlan
) -> ChoiceGround:
    """Put the bills of the lots under the contract of the engagement.

    The ground is left as it is where there is no contract, or no months to bill.

    Raises
    ------
    BadInputError
        When no pair holds the goal, or a lot has futures without a bill.
    """
    if ground.engagement.contract is None or ground.outcomes.months is None:
        return ground
    billing = Billing(ground, teams, plan)
    one = tuple(Pair(1.0, 1.0, "margin") for _ in ground.lots)
    at_parity = billing.at(one)
    response = _response(billing, at_parity)
    levels = tuple(quoted_pair(own, ground.values) for own in ground.lots)
    for turn in range(_ROUNDS):
        bills = billing.at(levels)
        lots = tuple(
            _ground(ground, own, k, pair, bills, at_parity, response[k])
            for k, (own, pair) in enumerate(zip(ground.lots, levels, strict=True))
        )
        pairs = tuple(quoted_pair(own, ground.values) for own in lots)
        off = _off(levels, pairs, response)
        if off <= _SETTLED or turn == _ROUNDS - 1:
            break
        levels = tuple(
            _next(before, pair, follows)
            for before, pair, follows in zip(levels, pairs, response, strict=True)
        )
    terms = billing.terms(levels)
    found = UnderContract(
        billing,
        levels,
        tuple((a < _LEAST_RESPONSE, b < _LEAST_RESPONSE) for a, b in response),
        off,
        terms.words(ground.outcomes.factors),
        bills,
    )
    return replace(ground, lots=lots, contract=found)


def _response(billing: Billing, at_parity: Bills) -> list[tuple[float, float]]:
    """Share by which each expected bill follows its own price, hours and units, by lot."""
    lots = len(billing.ground.lots)
    found = []
    for method, dearer in zip(
        METHODS, (Pair(1 + _STEP, 1.0, "margin"), Pair(1.0, 1 + _STEP, "margin")), strict=True
    ):
        bill = billing.at((dearer,) * lots, methods=(method,))[method].mean(axis=0)
        found.append((bill / at_parity[method].mean(axis=0) - 1) / _STEP)
    return [(float(a), float(b)) for a, b in zip(*found, strict=True)]


def _off(
    before: tuple[Pair, ...], after: tuple[Pair, ...], response: list[tuple[float, float]]
) -> float:
    """How far the levels that bills follow have moved, as a share."""
    moved = [
        abs(new / old - 1)
        for one, two, follows in zip(before, after, response, strict=True)
        for old, new, e in zip((one.hours, one.units), (two.hours, two.units), follows, strict=True)
        if e >= _LEAST_RESPONSE
    ]
    return max(moved, default=0.0)


def _ground(
    ground: ChoiceGround,
    own: LotGround,
    place: int,
    pair: Pair,
    bills: Bills,
    at_parity: Bills,
    response: tuple[float, float],
) -> LotGround:
    """A lot at level 1, so that its levels bring what the contract bills at them."""
    by_hour, by_unit = (
        (bills[method] if e >= _LEAST_RESPONSE else at_parity[method])[:, place]
        / (level if e >= _LEAST_RESPONSE else 1.0)
        for method, level, e in zip(METHODS, (pair.hours, pair.units), response, strict=True)
    )
    lot = replace(own.lot, input_bill=by_hour, output_bill=by_unit)
    found = lot_ground(lot, ground.views, ground.goal, ground.values)
    return replace(found, plain=own.lot)


def _next(before: Pair, found: Pair, response: tuple[float, float]) -> Pair:
    """Levels to try next: what is missing of the bill, by as much as the bill follows its price."""

    def moved(old: float, new: float, e: float) -> float:
        if e < _LEAST_RESPONSE:
            return new
        ratio = float(np.clip((new / old) ** (1 / e), 1 / _MOST_STEP, _MOST_STEP))
        return old * ratio

    return Pair(
        moved(before.hours, found.hours, response[0]),
        moved(before.units, found.units, response[1]),
        found.binding,
    )
