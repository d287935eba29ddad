"""What reduces the price of giving the choice: a pilot, classes of complexity, a collar, a minimum.

Each is a change of what is billed or of what the vendor knows, on the same futures and with the
same client. What it saves is the fall of both price levels that hold the goal after the choice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np

from pricing.choice.beliefs import KNOWABLE, Knowledge, beliefs
from pricing.choice.clauses import COMPLEXITY, collared, with_minimum
from pricing.choice.decision import perceive
from pricing.choice.levels import pair_at, stand_alone
from pricing.choice.lot import Lot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.choice.beliefs import Beliefs
    from pricing.choice.decision import Array, Goal
    from pricing.choice.levels import Pair

LeverName = Literal["pilot", "classes", "cap_and_collar", "commitment"]
_CLASS_STREAM = 7_070


@dataclass(frozen=True)
class LeverTerms:
    """How strong each lever is.

    Parameters
    ----------
    pilot : float
        Share of the standard deviation of complexity that a paid pilot measures, 0 to 1.
    classes : float
        Share of it that the class of a unit tells, 0 to 1; units are priced by class.
    cap_and_collar : float
        Hours billed per unit stay within this share of plan, 0 to below 1.
    commitment : float
        Least part of the expected output bill that is due, 0 to 1.
    """

    pilot: float = 0.8
    classes: float = 0.7
    cap_and_collar: float = 0.10
    commitment: float = 0.80


@dataclass(frozen=True)
class Saving:
    """Premium on both stand-alone prices with a lever, and how far both prices fall."""

    lever: LeverName
    terms: str
    premium: float
    hours_change: float
    units_change: float


def savings(
    lot: Lot,
    views: Beliefs,
    goal: Goal,
    factors: Mapping[str, Array],
    terms: LeverTerms,
    *,
    risk_aversion: float = 0.0,
    seed: int = 0,
) -> tuple[Saving, ...]:
    """What each lever saves, in the order of `LeverTerms`; those without effect are kept at 0.

    Parameters
    ----------
    lot, views, goal
        The menu, what the client sees, what must hold.
    factors : mapping
        Drawn factors; without spread of complexity only the commitment is tried.
    terms : LeverTerms
        How strong they are.
    risk_aversion : float
        The client's.
    seed : int
        Root of what classes tell.
    """
    before = _equal(lot, views, goal, risk_aversion)[1]
    found = []
    for lever, words, changed in _changed(lot, factors, terms, seed):
        base, after = _equal(changed, views, goal, risk_aversion)
        found.append(
            Saving(
                lever=lever,
                terms=words,
                premium=after.hours / base.hours - 1,
                hours_change=_bill(after.hours, changed.input_bill)
                / _bill(before.hours, lot.input_bill)
                - 1,
                units_change=_bill(after.units, changed.output_bill)
                / _bill(before.units, lot.output_bill)
                - 1,
            )
        )
    return tuple(found)


def _bill(level: float, bill: Array) -> float:
    """Expected bill: a lever may move the bill of a price as well as the price."""
    return float(level * bill.mean())


def _equal(lot: Lot, views: Beliefs, goal: Goal, risk_aversion: float) -> tuple[Pair, Pair]:
    base = stand_alone(lot, goal)
    pair = pair_at(lot, perceive(lot, views, risk_aversion), goal, base.ratio)
    assert pair is not None  # noqa: S101 (without an outside option there is always a pair)
    return base, pair


def _changed(
    lot: Lot, factors: Mapping[str, Array], terms: LeverTerms, seed: int
) -> list[tuple[LeverName, str, Lot]]:
    found: list[tuple[LeverName, str, Lot]] = []
    complexity = factors.get(COMPLEXITY)
    if complexity is not None and float(np.ptp(complexity)) > 0:
        words = f"a paid pilot that measures {terms.pilot:.0%} of the spread of complexity"
        found.append(("pilot", words, piloted(lot, factors, terms.pilot)))
        words = f"units priced by class; classes tell {terms.classes:.0%} of the spread"
        index = _class_index(complexity, terms.classes, seed)
        found.append(("classes", words, replace(lot, output_bill=lot.output_bill * index)))
        words = f"hours billed per unit within {terms.cap_and_collar:.0%} of plan"
        bill = collared(lot.input_bill, complexity, terms.cap_and_collar)
        found.append(("cap_and_collar", words, replace(lot, input_bill=bill)))
    words = f"at least {terms.commitment:.0%} of the expected output bill is due"
    bill = with_minimum(lot.output_bill, terms.commitment)
    found.append(("commitment", words, replace(lot, output_bill=bill)))
    return found


def piloted(lot: Lot, factors: Mapping[str, Array], measured: float) -> Lot:
    """Lot of which the pilot has measured a share of the spread of complexity.

    What is left to draw has ``sqrt(1 - measured^2)`` of the standard deviation of ln K: each bill
    and cost moves as far as its expansion in volume and complexity says, and keeps its mean.
    """
    seen = {name: factors[name] for name in KNOWABLE if name in factors}
    full = beliefs(seen, Knowledge(volume=1.0, complexity=1.0))
    table = np.stack([lot.input_bill, lot.output_bill, lot.input_cost, lot.output_cost], axis=1)
    scales = (1.0,) * (len(full.scores) - 1) + (sqrt(1 - measured**2),)
    return Lot(lot.name, lot.services, *full.moved(table, scales).T)


def _class_index(complexity: Array, told: float, seed: int) -> Array:
    """Unit price over the flat one, by what the classes of the work tell of its complexity."""
    seen = beliefs({COMPLEXITY: complexity}, Knowledge(complexity=told), seed + _CLASS_STREAM)
    index = np.maximum(seen.expected(complexity), 1e-3)
    return np.asarray(index / index.mean())
