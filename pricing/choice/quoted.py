"""A quote's own prices, chosen from risk: the lowest that hold after the client's choice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Literal

import numpy as np

from pricing.choice.chosen import ChosenLot, ChosenPrices, LevelPart, MeanCostError
from pricing.choice.decision import after_choice
from pricing.choice.ground import choice_ground, choice_values, goal_of, quoted_pair
from pricing.choice.levels import Pair, pair_at, together
from pricing.choice.premium_parts import premium_parts
from pricing.choice.reference_prices import term_notes
from pricing.choice.under_contract import under_contract
from pricing.choice.writing import share
from pricing.money import decimal_of
from pricing.offers import Chosen, price_terms
from pricing.prices import derive_prices, prices_at
from pricing.quote import PremiumPart
from pricing.term.price_periods import price_periods

if TYPE_CHECKING:
    from pricing.choice.decision import Result
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.cost import CostLine
    from pricing.engagement import Engagement
    from pricing.planning import Planned
    from pricing.prices import Prices
    from pricing.risk.outcomes import CostError, Outcomes
    from staffing.plan import StaffingPlan

LEVEL_PLACES = 9


@dataclass(frozen=True)
class PricedFromRisk:
    """Prices to offer, and the document that says what they rest on."""

    offered: Chosen
    document: ChosenPrices


def choose_prices(
    engagement: Engagement,
    planned: Planned,
    lines: tuple[CostLine, ...],
    outcomes: Outcomes,
    seed: int,
) -> PricedFromRisk:
    """Choose the lowest prices at which margin and bad futures hold after the client's choice.

    Parameters
    ----------
    engagement : Engagement
        Its `commercial.choice` says what the client knows.
    planned, lines
        The plan, its terms and its cost: parity.
    outcomes : Outcomes
        Futures of the plan.
    seed : int
        Root of the futures, and of what the client sees of them.

    Raises
    ------
    BadInputError
        When no price holds what is asked.
    """
    terms, plan = price_terms(engagement.commercial), planned.plan
    periods = price_periods(engagement, planned.teams, plan, lines)
    parity = derive_prices(engagement, plan, periods, terms, premium=Decimal(0))
    values = choice_values(engagement)
    ground = choice_ground(engagement, plan, parity, outcomes, values, seed=seed)
    ground = under_contract(ground, planned.teams, plan)
    pairs = tuple(_up(quoted_pair(one, values)) for one in ground.lots)
    floors = tuple(_floor(ground, one, pair) for one, pair in zip(ground.lots, pairs, strict=True))
    parts = tuple(
        premium_parts(ground, one, pair) for one, pair in zip(ground.lots, pairs, strict=True)
    )
    return PricedFromRisk(
        Chosen(
            prices=_at(ground, plan, pairs),
            floors=_at(ground, plan, floors),
            premium=_mean_parts(ground, parts),
        ),
        _document(ground, pairs, floors, parts, seed),
    )


def _up(pair: Pair) -> Pair:
    """Round levels up: what holds unrounded holds rounded."""
    scale = 10**LEVEL_PLACES
    hours, units = (
        round(ceil(level * scale - 1e-3) / scale, LEVEL_PLACES)
        for level in (pair.hours, pair.units)
    )
    return Pair(hours, units, pair.binding)


def _floor(ground: ChoiceGround, own: LotGround, quoted: Pair) -> Pair:
    """Lowest pair at the floor margin, at the ratio of the quoted one."""
    goal = goal_of(
        ground.engagement, ground.values, ground.engagement.commercial.floor_margin.value
    )
    found = pair_at(own.lot, own.seen, goal, quoted.ratio)
    return quoted if found is None else _up(found)


def _at(ground: ChoiceGround, plan: StaffingPlan, pairs: tuple[Pair, ...]) -> Prices:
    """Parity times level, rounded up once, by team and service: what holds there holds quoted."""
    hours: dict[str, Decimal] = {}
    units: dict[str, Decimal] = {}
    for one, pair in zip(ground.lots, pairs, strict=True):
        hours |= dict.fromkeys(ground.teams_of(one.lot), decimal_of(pair.hours))
        units |= dict.fromkeys(one.lot.services, decimal_of(pair.units))
    parity = ground.prices.by_year
    assert parity is not None  # noqa: S101 (prices at parity have it)
    return prices_at(ground.engagement, plan, parity, hours, units, up=True)


def _mean_parts(
    ground: ChoiceGround, parts: tuple[dict[str, float], ...]
) -> tuple[PremiumPart, ...]:
    """Parts over all lots, weighed by what they bill by the unit at parity."""
    weights = np.array([one.lot.output_bill.mean() for one in ground.lots])
    weights /= weights.sum()
    return tuple(
        PremiumPart(
            name=name,
            share=share(sum(w * part[name] for w, part in zip(weights, parts, strict=True))),
        )
        for name in parts[0]
    )


def _document(
    ground: ChoiceGround,
    pairs: tuple[Pair, ...],
    floors: tuple[Pair, ...],
    parts: tuple[dict[str, float], ...],
    seed: int,
) -> ChosenPrices:
    values, outcomes = ground.values, ground.outcomes
    results = tuple(
        after_choice(one.lot, one.seen, pair.hours, pair.units, one.goal.kept)
        for one, pair in zip(ground.lots, pairs, strict=True)
    )
    whole = results[0]
    if len(results) > 1:
        lots, seen = (tuple(getattr(one, name) for one in ground.lots) for name in ("lot", "seen"))
        whole = together(lots, seen, pairs, ground.goal.kept)
    rows = zip(ground.lots, pairs, floors, parts, results, strict=True)
    return ChosenPrices(
        draws=outcomes.draws,
        seed=seed,
        knowledge_volume=values.knowledge.volume,
        knowledge_complexity=values.knowledge.complexity,
        chooses=values.chooses,
        risk_aversion=values.risk_aversion,
        tail=values.tail,
        tail_margin=values.tail_margin,
        point=values.point,
        lots=tuple(_lot(*row) for row in rows),
        **_left(whole),
        input_cost_error=_error(outcomes.error_input),
        output_cost_error=_error(outcomes.error_output),
        contract=ground.contract.words if ground.contract else None,
        notes=(
            *term_notes(ground.engagement),
            *(ground.contract.notes() if ground.contract else ()),
        ),
    )


def _lot(
    own: LotGround, pair: Pair, floor: Pair, parts: dict[str, float], result: Result
) -> ChosenLot:
    base = after_choice(own.lot, own.seen, own.base.hours, own.base.units, own.goal.kept)
    binding: Literal["margin", "tail"] = "margin" if pair.binding == "margin" else "tail"
    return ChosenLot(
        name=own.lot.name,
        services=own.lot.services,
        input_level=pair.hours,
        output_level=pair.units,
        input_floor_level=floor.hours,
        output_floor_level=floor.units,
        binding=binding,
        premium=tuple(LevelPart(name=name, share=share(part)) for name, part in parts.items()),
        stand_alone_margin=share(base.margin),
        input_share=share(result.input_share),
        **_left(result),
    )


def _left(result: Result) -> dict[str, float]:
    names = ("margin", "p10", "cvar", "loss_probability")
    return {name: share(getattr(result, name)) for name in names}


def _error(error: CostError) -> MeanCostError:
    return MeanCostError(
        below=round(error.below, 2),
        above=round(error.above, 2),
        estimated=round(error.estimated, 2),
    )
