"""What the premium of a unit price on parity is made of; the parts add up to it exactly.

In the order in which they arise: what futures cost beyond the plan, what the terms of a contract
take (less than nothing where they bring more than prices times quantities), what the tail asks for
on top, what the client's private knowledge of volume and of complexity asks for (order-free between
the two, Shapley 1953), and where on the curve the pair is taken.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pricing.choice.beliefs import beliefs
from pricing.choice.decision import perceive
from pricing.choice.levels import pair_at

if TYPE_CHECKING:
    from pricing.choice.beliefs import Knowledge
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.choice.levels import Pair

CONTRACT = "terms_of_the_contract"
FUTURES, TAIL = "futures_beyond_the_plan", "bad_futures"
VOLUME, COMPLEXITY = "knowledge_of_volume", "knowledge_of_complexity"
POINT = "pair_quoted"


def premium_parts(whole: ChoiceGround, ground: LotGround, quoted: Pair) -> dict[str, float]:
    """Attribute the premium of the unit price, ``level - 1``.

    Parameters
    ----------
    whole, ground
        The engagement's ground, and that of the lot.
    quoted : Pair
        Levels on parity.

    Returns
    -------
    dict
        Share of parity by part.
    """
    lot, goal = ground.lot, ground.goal
    mean = float(lot.output_cost.mean() / ((goal.kept - goal.margin) * lot.output_bill.mean()))
    base = ground.base.units
    known = whole.values.knowledge
    # Without knowledge every client takes the same offer, at its stand-alone price.
    none = base
    both = _known_level(whole, ground)
    levels = {known: both, replace(known, volume=0.0, complexity=0.0): none}
    volume, complexity = (
        levels[one] if one in levels else _level(whole, ground, one)
        for one in (replace(known, complexity=0.0), replace(known, volume=0.0))
    )
    of_volume = ((volume - none) + (both - complexity)) / 2
    of_complexity = ((complexity - none) + (both - volume)) / 2
    beyond = {FUTURES: mean - 1}
    if ground.plain is not None:
        bill = ground.plain.output_bill.mean()
        plain = float(lot.output_cost.mean() / ((goal.kept - goal.margin) * bill))
        beyond = {FUTURES: plain - 1, CONTRACT: mean - plain}
    return {
        **beyond,
        TAIL: base - mean,
        VOLUME: of_volume,
        COMPLEXITY: of_complexity,
        POINT: quoted.units - both,
    }


def _known_level(whole: ChoiceGround, ground: LotGround) -> float:
    """Level of units, at the same premium on both, with what the client does know."""
    if ground.seen.outside is not None:
        return _level(whole, ground, whole.values.knowledge)
    pair = ground.equal
    return ground.base.units if pair is None else pair.units


def _level(whole: ChoiceGround, ground: LotGround, knowledge: Knowledge) -> float:
    """Level of units, at the same premium on both, if the client knew this much."""
    views = beliefs(whole.outcomes.factors, knowledge, whole.seed, whole.scores)
    seen = perceive(ground.lot, views, whole.values.risk_aversion)
    pair = pair_at(ground.lot, seen, ground.goal, ground.base.ratio)
    return ground.base.units if pair is None else pair.units
