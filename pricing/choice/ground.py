"""What a study of the choice and a quote's own prices rest on: lots, goal, and what is known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pricing.choice.beliefs import Knowledge, beliefs, knowable_scores
from pricing.choice.decision import Goal, perceive
from pricing.choice.levels import pair_at, stand_alone
from pricing.choice.lot import lots_of
from pricing.choice.point import Rivalry, expected_profit, preferred_offer
from pricing.choice.reference_prices import reference_prices
from pricing.choice.winning import WinCurve
from pricing.engagement.choice_terms import ClientChoice
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from pricing.choice.beliefs import Beliefs
    from pricing.choice.decision import Array, Perceived, TailMeasure
    from pricing.choice.levels import Pair
    from pricing.choice.lot import Chooses, Lot
    from pricing.choice.point import PointRule
    from pricing.choice.report import ChoiceRequest
    from pricing.choice.under_contract import UnderContract
    from pricing.engagement import Engagement
    from pricing.offers import Prices
    from pricing.risk.outcomes import Outcomes
    from staffing.plan import StaffingPlan

_STEEPNESS = 10.0


@dataclass(frozen=True)
class ChoiceValues:
    """How the client chooses, and which pair is quoted; plain numbers."""

    knowledge: Knowledge
    chooses: Chooses
    risk_aversion: float
    tail: TailMeasure
    tail_margin: float
    point: PointRule
    outside: float | None = None
    rival: float = 1.0
    steepness: float = _STEEPNESS


def choice_values(engagement: Engagement, request: ChoiceRequest | None = None) -> ChoiceValues:
    """Read how the client chooses from the engagement; a request may say otherwise."""
    stated = engagement.commercial.choice or ClientChoice()

    def asked(name: str, value: float) -> float:
        given = None if request is None else getattr(request, name)
        return value if given is None else float(given)

    return ChoiceValues(
        knowledge=Knowledge(
            volume=asked("knowledge_volume", float(stated.knowledge_volume.value)),
            complexity=asked("knowledge_complexity", float(stated.knowledge_complexity.value)),
        ),
        chooses=(request and request.chooses) or stated.chooses,
        risk_aversion=asked("risk_aversion", float(stated.risk_aversion.value)),
        tail=(request and request.tail) or stated.tail,
        tail_margin=asked("tail_margin", float(stated.tail_margin.value)),
        point=(request and request.point) or stated.point,
        outside=None if request is None else request.outside,
        rival=1.0 if request is None else request.rival,
        steepness=_STEEPNESS if request is None else request.steepness,
    )


def goal_of(engagement: Engagement, values: ChoiceValues, margin: Decimal | None = None) -> Goal:
    """What prices must hold: the target margin, or another, and the tail.

    Raises
    ------
    BadInputError
        When SG&A and financing leave less than the tail asks for.
    """
    commercial = engagement.commercial
    kept = float(1 - commercial.sga.value - commercial.financing_share)
    wanted = float(commercial.target_margin.value if margin is None else margin)
    if values.tail_margin >= kept:
        accepted = f"below {kept:.4f}, which SG&A and financing leave of a price"
        raise BadInputError.at("commercial.choice.tail_margin", values.tail_margin, accepted)
    return Goal(kept, wanted, values.tail_margin, values.tail)


@dataclass(frozen=True)
class LotGround:
    """A lot, what the client weighs, and the levels that hold.

    Under a contract `plain` is the lot without its terms; None: there is no contract.
    """

    lot: Lot
    views: Beliefs
    seen: Perceived
    goal: Goal
    base: Pair
    plain: Lot | None = None

    @cached_property
    def equal(self) -> Pair | None:
        """Pair with the same premium on both stand-alone prices, the fairest default."""
        return pair_at(self.lot, self.seen, self.goal, self.base.ratio)


@dataclass(frozen=True)
class ChoiceGround:
    """Lots of an engagement under one set of values.

    Parameters
    ----------
    engagement : Engagement
        Resolved.
    values : ChoiceValues
        How the client chooses.
    prices : Prices
        Parity prices at the target margin: levels multiply them.
    outcomes : Outcomes
        Futures.
    goal : Goal
        What quoted prices hold.
    views : Beliefs
        What the client sees.
    lots : tuple of LotGround
        Of the bundle, or by service.
    scores : mapping
        Normal scores of what a client may know.
    contract : UnderContract, optional
        Terms that the bills of the lots follow.
    """

    engagement: Engagement
    values: ChoiceValues
    prices: Prices
    outcomes: Outcomes
    goal: Goal
    views: Beliefs
    lots: tuple[LotGround, ...]
    service_of: dict[str, str]
    seed: int
    scores: Mapping[str, Array]
    contract: UnderContract | None = None

    def teams_of(self, lot: Lot) -> tuple[str, ...]:
        """Teams that serve a lot."""
        names = self.outcomes.teams
        return tuple(name for name in names if self.service_of[name] in lot.services)


def choice_ground(
    engagement: Engagement,
    plan: StaffingPlan,
    prices: Prices,
    outcomes: Outcomes,
    values: ChoiceValues,
    *,
    seed: int = 0,
) -> ChoiceGround:
    """Set up lots, what the client sees, and stand-alone levels.

    Parameters
    ----------
    engagement : Engagement
        Resolved.
    plan : StaffingPlan
        Whose teams and services are priced.
    prices : Prices
        Parity prices at the target margin.
    outcomes : Outcomes
        Futures of the plan.
    values : ChoiceValues
        How the client chooses.
    seed : int
        Root of the client's noise.
    """
    reference = reference_prices(engagement, plan, prices)
    goal = goal_of(engagement, values)
    scores = knowable_scores(outcomes.factors)
    views = beliefs(outcomes.factors, values.knowledge, seed, scores)
    lots = lots_of(outcomes, reference, values.chooses)
    grounds = tuple(lot_ground(lot, views, goal, values) for lot in lots)
    service_of = dict(reference.service_of)
    return ChoiceGround(
        engagement, values, prices, outcomes, goal, views, grounds, service_of, seed, scores
    )


def lot_ground(lot: Lot, views: Beliefs, goal: Goal, values: ChoiceValues) -> LotGround:
    """What the client weighs of a lot, and its stand-alone levels."""
    base = stand_alone(lot, goal)
    seen = perceive(lot, views, values.risk_aversion, _outside(values, lot, base))
    return LotGround(lot, views, seen, goal, base)


def _outside(values: ChoiceValues, lot: Lot, base: Pair) -> Array | None:
    if values.outside is None:
        return None
    return values.outside * base.hours * lot.input_bill


def rivalry(ground: LotGround, values: ChoiceValues) -> Rivalry:
    """A rival that sells the same hours, its bill as the client expects it."""
    bill = values.rival * ground.base.hours * ground.seen.input_bill
    return Rivalry(bill, WinCurve(values.steepness))


def quoted_pair(ground: LotGround, values: ChoiceValues) -> Pair:
    """Pair of levels that is quoted, by the rule asked for.

    Raises
    ------
    BadInputError
        When no pair holds the goal: with an outside option those who still buy may be too dear.
    """
    lot, seen, goal = ground.lot, ground.seen, ground.goal
    pair: Pair | None
    if values.point == "preferred_offer":
        pair = preferred_offer(lot, seen, goal)
    elif values.point == "expected_profit":
        best = expected_profit(lot, seen, goal, rivalry(ground, values))
        pair = None if best is None else best.pair
    else:
        pair = ground.equal
    if pair is None:
        remedy = (
            f"a dearer other option, or a lower margin: of {lot.name}, no price holds it once the "
            "client chooses"
        )
        found = "none" if values.outside is None else f"{values.outside:g}"
        raise BadInputError.at("outside" if values.outside else "point", found, remedy)
    return pair
