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
from pricing.choice.under_contract import under_contract
from pricing.choice.writing import share
from pricing.drawn_contract.drawn import METHODS, refuse_no_bill
from pricing.money import Money, decimal_of, quantize_amount, quantize_unit_price
from pricing.offers import Chosen, Prices, derive_prices, price_terms
from pricing.quote import PremiumPart, Risk, Spread
from pricing.risk import CARRIERS
from pricing.term.price_periods import price_periods

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.choice.decision import Result
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.cost import CostLine
    from pricing.drawn_contract.drawn import DrawnTerms
    from pricing.engagement import Engagement
    from pricing.planning import Planned
    from pricing.quote import Method
    from pricing.risk.outcomes import CostError, Outcomes

    Array = NDArray[np.float64]

LEVEL_PLACES = 9
_PERCENTILES = (10, 50, 90)
_SHARE_PLACES = 4


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
            prices=_at(ground, pairs),
            floors=_at(ground, floors),
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


def _at(ground: ChoiceGround, pairs: tuple[Pair, ...]) -> Prices:
    """Parity times level, rounded once, by team and service."""
    engagement, parity = ground.engagement, ground.prices
    places = engagement.commercial.unit_price_places
    hours, units = {}, {}
    for one, pair in zip(ground.lots, pairs, strict=True):
        for team in ground.teams_of(one.lot):
            exact = parity.fte_parity[team] * decimal_of(pair.hours)
            hours[team] = quantize_amount(exact, engagement.currency)
        for service in one.lot.services:
            exact = parity.parity[service] * decimal_of(pair.units)
            units[service] = quantize_unit_price(exact, places)
    return Prices(
        fte_month={team: hours[team] for team in parity.fte_month},
        unit={service: units[service] for service in parity.unit},
        parity=parity.parity,
        fte_parity=parity.fte_parity,
    )


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
    rows = zip(ground.lots, pairs, floors, parts, strict=True)
    lots, seen = (tuple(getattr(one, name) for one in ground.lots) for name in ("lot", "seen"))
    whole = together(lots, seen, pairs, ground.goal.kept)
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
        notes=ground.contract.notes() if ground.contract else (),
    )


def _lot(own: LotGround, pair: Pair, floor: Pair, parts: dict[str, float]) -> ChosenLot:
    result = after_choice(own.lot, own.seen, pair.hours, pair.units, own.goal.kept)
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


def risk_on_futures(
    engagement: Engagement,
    prices: Prices,
    outcomes: Outcomes,
    seed: int,
    contract: DrawnTerms | None = None,
) -> Risk:
    """Spread of bill and margin of both offers on the futures that prices were chosen on.

    Parameters
    ----------
    engagement : Engagement
        Whose shares of price and floor margin are read.
    prices : Prices
        Quoted.
    outcomes : Outcomes
        Cost is per offer.
    seed : int
        Root of the futures.
    contract : DrawnTerms, optional
        Terms that bills follow.
    """
    if contract is not None and outcomes.months is not None:
        bills = contract.bills(outcomes.months, outcomes.factors)
        by_hour, by_unit = (refuse_no_bill(one, bills[one].sum(axis=1)) for one in METHODS)
    else:
        hourly = {name: float(price) for name, price in prices.fte_month.items()}
        by_hour = outcomes.input_bill(hourly)
        by_unit = outcomes.output_bill({name: float(price) for name, price in prices.unit.items()})
    uncertainty = engagement.commercial.uncertainty
    return Risk(
        draws=outcomes.draws,
        seed=seed,
        volume_cv=float(uncertainty.volume_cv.value),
        productivity_cv=float(uncertainty.productivity_cv.value),
        spreads=(
            _spread(engagement, "input_based", by_hour, outcomes.cost_input.sum(axis=1)),
            _spread(engagement, "output_based", by_unit, outcomes.cost_output.sum(axis=1)),
        ),
        carriers=CARRIERS,
        contract=None if contract is None else contract.words(outcomes.factors),
    )


def _spread(engagement: Engagement, method: Method, bill: Array, cost: Array) -> Spread:
    commercial = engagement.commercial
    kept = 1 - float(commercial.sga.value) - float(commercial.financing_share)
    margin = kept - cost / bill
    bills = (
        Money.of(Decimal(round(float(amount))), engagement.currency)
        for amount in np.percentile(bill, _PERCENTILES)
    )
    low, mid, high = bills
    margins = [round(float(one), _SHARE_PLACES) for one in np.percentile(margin, _PERCENTILES)]
    floor = float(commercial.floor_margin.value)
    return Spread(
        method=method,
        bill_p10=low,
        bill_p50=mid,
        bill_p90=high,
        margin_p10=margins[0],
        margin_p50=margins[1],
        margin_p90=margins[2],
        probability_of_loss=round(float((margin < 0).mean()), _SHARE_PLACES),
        probability_below_floor=round(float((margin < floor).mean()), _SHARE_PLACES),
    )
