"""The menu under the contract of the engagement: bills of futures follow its terms.

Levels multiply prices, and prices drive the terms that are relative to them; money that a contract
states (a commitment, a base charge, a tier's price) does not move with a level. So a bill is not in
proportion to its level, and the pair that holds is a fixed point: bills at a pair, divided by its
levels, are the bills that the pair is found on. Elsewhere on the curve bills are taken in
proportion to those.

An offer whose bill hardly follows its price (a share of collections, prices in money) has no such
point. Its level is one on its whole charge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.contract_billing import Billing
from pricing.choice.contract_clauses import stated_clauses
from pricing.choice.ground import choice_ground, lot_ground, quoted_pair
from pricing.choice.levels import Pair
from pricing.drawn_contract.drawn import METHODS, refuse_no_bill
from pricing.drawn_contract.moves import FX
from pricing.drawn_contract.words import whole_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.briefing import TeamTerms
    from pricing.choice.contract_billing import Bills
    from pricing.choice.contract_clauses import StatedClause
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.drawn_contract.document import DrawnContract
    from staffing.plan import StaffingPlan

    Array = NDArray[np.float64]

_LEAST_RESPONSE = 0.1
_STEP = 0.05
_ROUNDS = 12
_SETTLED = 1e-6
_FEW = 10_000  # futures to begin with, and to price clauses on
_MOST_STEP = 1.5


@dataclass(frozen=True)
class UnderContract:
    """How the lots of a study follow the contract.

    Parameters
    ----------
    billing : Billing
        Bills at other levels, or without a clause.
    levels : tuple of Pair
        Pairs that the bills of the lots stand at.
    response : list of (float, float)
        By lot: share by which the bill of hours, of units, follows its price. Where it hardly does,
        the level is one on the whole charge.
    off : float
        How far the levels were still moving, as a share.
    words : DrawnContract
        What is in the bills and what is not.
    bills : dict
        By offer: bills at these levels, shape (draws, lots).
    """

    billing: Billing
    levels: tuple[Pair, ...]
    response: list[tuple[float, float]]
    off: float
    words: DrawnContract
    bills: Bills

    @property
    def step(self) -> int:
        """Which futures clauses are priced on: every n-th, at least twenty thousand."""
        return max(1, self.billing.ground.outcomes.draws // (2 * _FEW))

    @cached_property
    def without(self) -> tuple[tuple[StatedClause, Bills], ...]:
        """Bills without each clause that could be given up, at these levels, of some futures."""
        ground = self.billing.ground
        contract = ground.engagement.contract
        assert contract is not None  # noqa: S101 (`under_contract` asks for one)
        words = whole_words(
            contract,
            index_known=ground.engagement.commercial.index_growth_per_year is not None,
            fx_drawn=FX in ground.outcomes.factors,
        )
        outcomes = ground.outcomes.every(self.step)
        few = replace(self.billing, ground=replace(ground, outcomes=outcomes))
        return tuple(
            (clause, few.at(self.levels, clause.without, clause.offers))
            for clause in stated_clauses(contract, words)
        )

    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the levels."""
        found = []
        for one, response in zip(self.billing.ground.lots, self.response, strict=True):
            found += [
                f"{one.lot.name}: the contract states what the {offer} offer is charged, whatever "
                "its price; its level is one on the whole charge"
                for offer, e in zip(("input-based", "output-based"), response, strict=True)
                if e < _LEAST_RESPONSE
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
    levels, response = _start(billing)
    at_parity = billing.at(_parity(ground)) if _any_whole(response) else {}
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
    reached = UnderContract(
        billing,
        levels,
        response,
        off,
        terms.words(ground.outcomes.factors),
        bills,
    )
    return replace(ground, lots=lots, contract=reached)


def _parity(ground: ChoiceGround) -> tuple[Pair, ...]:
    return tuple(Pair(1.0, 1.0, "margin") for _ in ground.lots)


def _any_whole(response: list[tuple[float, float]]) -> bool:
    return any(e < _LEAST_RESPONSE for follows in response for e in follows)


def _start(billing: Billing) -> tuple[tuple[Pair, ...], list[tuple[float, float]]]:
    """Levels to begin with, and how far bills follow prices: found on fewer futures if many."""
    ground = billing.ground
    step = ground.outcomes.draws // _FEW
    if step <= 1:
        return tuple(quoted_pair(own, ground.values) for own in ground.lots), _response(billing)
    few = choice_ground(
        ground.engagement,
        billing.plan,
        ground.prices,
        ground.outcomes.every(step),
        ground.values,
        seed=ground.seed,
    )
    found = under_contract(few, billing.teams, billing.plan).contract
    assert found is not None  # noqa: S101 (there is a contract, and there are months)
    return found.levels, found.response


def _response(billing: Billing) -> list[tuple[float, float]]:
    """Share by which each expected bill follows its own price, hours and units, by lot.

    Raises
    ------
    BadInputError
        When a lot has futures without a bill.
    """
    parity = _parity(billing.ground)
    at_parity, found = billing.at(parity), []
    for method, dearer in zip(
        METHODS, (Pair(1 + _STEP, 1.0, "margin"), Pair(1.0, 1 + _STEP, "margin")), strict=True
    ):
        for own, bill in zip(billing.ground.lots, at_parity[method].T, strict=True):
            refuse_no_bill(method, bill, own.lot.name)
        moved = billing.at((dearer,) * len(parity), methods=(method,))[method].mean(axis=0)
        found.append((moved / at_parity[method].mean(axis=0) - 1) / _STEP)
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
