"""Study of the client's choice: futures in, prices, third offer and negotiation out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.beliefs import KNOWABLE
from pricing.choice.contract_clauses import clauses_given_up
from pricing.choice.decision import after_choice, alone
from pricing.choice.ground import goal_of, quoted_pair, rivalry
from pricing.choice.levels import curve, pair_at, together
from pricing.choice.levers import LeverTerms, savings
from pricing.choice.point import against, expected_profit
from pricing.choice.premium_parts import premium_parts
from pricing.choice.reference_prices import term_notes
from pricing.choice.report import (
    ChoiceStudy,
    KnownFactor,
    LeverSaving,
    LotChoice,
    PremiumPart,
    RoleFloor,
    StandAlone,
    ThirdMenu,
    WinView,
)
from pricing.choice.third_offer import third_offer
from pricing.choice.winning_price import judged_price
from pricing.choice.writing import PriceWriter, result_of, share, whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from pricing.choice.decision import Perceived
    from pricing.choice.ground import ChoiceGround, LotGround
    from pricing.choice.levels import Pair
    from pricing.choice.report import ChoiceRequest


def write_study(
    ground: ChoiceGround,
    request: ChoiceRequest,
    notes: tuple[str, ...] = (),
    progress: Callable[[str], None] | None = None,
) -> ChoiceStudy:
    """Study the client's choice between both offers.

    Parameters
    ----------
    ground : ChoiceGround
        Lots, futures, what the client sees.
    request : ChoiceRequest
        Clauses, levers, a price to judge.
    notes : tuple of str
        What the figures rest on.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When no price holds the goal, or a price asked for belongs to nothing.
    """
    tell = progress or (lambda _: None)
    values, currency = ground.values, ground.engagement.currency
    lots = tuple(one.lot for one in ground.lots)
    seen = tuple(one.seen for one in ground.lots)
    pairs = tuple(quoted_pair(one, values) for one in ground.lots)
    asked = request.price_to_win
    judged = None if asked is None else judged_price(ground, pairs, asked)
    written = []
    for one, pair in zip(ground.lots, pairs, strict=True):
        tell(f"studying the choice of {one.lot.name}")
        written.append(_LotStudy(ground, one, pair, request).write())
    bases = tuple(one.base for one in ground.lots)
    kept = ground.goal.kept
    return ChoiceStudy(
        engagement=ground.engagement.name,
        currency=currency,
        draws=ground.outcomes.draws,
        seed=ground.seed,
        chooses=values.chooses,
        risk_aversion=values.risk_aversion,
        outside=values.outside,
        target_margin=ground.goal.margin,
        tail=values.tail,
        tail_margin=values.tail_margin,
        point=values.point,
        rival=values.rival,
        knowledge=_knowledge(ground),
        lots=tuple(written),
        total_stand_alone=result_of(together(lots, seen, bases, kept), currency),
        total=result_of(together(lots, seen, pairs, kept), currency),
        price_to_win=judged,
        notes=(
            *notes,
            *term_notes(ground.engagement),
            *(ground.contract.notes() if ground.contract else ()),
        ),
        contract=ground.contract.words if ground.contract else None,
    )


def _knowledge(ground: ChoiceGround) -> tuple[KnownFactor, ...]:
    """Standard deviation of each factor to the vendor, and what of it is left to the client."""
    rows = []
    for name, values in ground.outcomes.factors.items():
        sd = float(np.std(values))
        known = getattr(ground.values.knowledge, name) if name in KNOWABLE else 0.0
        rows.append(
            KnownFactor(
                factor=name,
                vendor_sd=share(sd),
                client_knows=known,
                client_sd=share(sd * (1 - known**2) ** 0.5),
            )
        )
    return tuple(rows)


class _LotStudy:
    """All that is told of one lot."""

    def __init__(
        self, ground: ChoiceGround, own: LotGround, quoted: Pair, request: ChoiceRequest
    ) -> None:
        self.ground, self.own, self.quoted, self.request = ground, own, quoted, request
        self.writer = PriceWriter(ground)
        self.currency = ground.engagement.currency

    def write(self) -> LotChoice:
        own, writer = self.own, self.writer
        lot, seen, goal = own.lot, own.seen, own.goal
        parts = premium_parts(self.ground, own, self.quoted)
        return LotChoice(
            name=lot.name,
            services=lot.services,
            parity_input=writer.hours(lot),
            parity_output=writer.units(lot),
            stand_alone=self._stand_alone(),
            quoted=writer.menu(own, self.quoted),
            premium_parts=tuple(
                PremiumPart(name=name, share=share(part)) for name, part in parts.items()
            ),
            curve=tuple(writer.curve_point(own, pair) for pair in curve(lot, seen, goal, own.base)),
            third=self._third(),
            winning=self._winning(),
            savings=self._savings(),
            clauses=clauses_given_up(self.ground, own, self.quoted, self.request),
            floors=self._floors(),
        )

    def _stand_alone(self) -> StandAlone:
        own = self.own
        lot, base, kept = own.lot, own.base, own.goal.kept
        menu = self.writer.menu(own, base)
        result = after_choice(lot, own.seen, base.hours, base.units, kept)
        uninformed = min(base.hours * lot.input_bill.mean(), base.units * lot.output_bill.mean())
        given = max(0.0, float(uninformed) - result.revenue) if own.seen.outside is None else 0.0
        return StandAlone(
            input_based=result_of(alone(lot, 0, base.hours, kept), self.currency),
            output_based=result_of(alone(lot, 1, base.units, kept), self.currency),
            after_choice=menu,
            given_away=whole(given, self.currency),
            given_away_share=share(given / float(uninformed)),
        )

    def _third(self) -> ThirdMenu | None:
        own = self.own
        equal = own.equal
        found = equal and third_offer(
            own.lot,
            own.seen,
            own.views,
            own.goal,
            own.base,
            equal,
            risk_aversion=self.ground.values.risk_aversion,
            factors=self.ground.outcomes.factors,
        )
        if not found:
            return None
        hours = found.base_share * found.level * own.base.hours
        units = (1 - found.base_share) * found.level * own.base.units
        result = found.result
        return ThirdMenu(
            base_share=found.base_share,
            input_based=self.writer.hours(own.lot, hours),
            output_based=self.writer.units(own.lot, units),
            premium=share(found.level - 1),
            pure_premium=share(found.pure.hours / own.base.hours - 1),
            shares=(
                share(result.input_share),
                share(result.output_share),
                share(found.third_share),
            ),
            complexity=_rounded(found.complexity),
            volume=_rounded(found.volume),
            result=result_of(result, self.currency),
        )

    def _winning(self) -> WinView:
        own, values = self.own, self.ground.values
        rival = rivalry(own, values)
        now = against(own.lot, own.seen, self.quoted, own.goal.kept, rival)
        best = expected_profit(own.lot, own.seen, own.goal, rival)
        base = own.base
        return WinView(
            probability=share(now.probability),
            profit=whole(now.profit, self.currency),
            curse=share(now.curse),
            best_input_premium=best and share(best.pair.hours / base.hours - 1),
            best_output_premium=best and share(best.pair.units / base.units - 1),
            best_probability=best and share(best.probability),
            best_profit=best and whole(best.profit, self.currency),
        )

    def _savings(self) -> tuple[LeverSaving, ...]:
        asked = self.request
        terms = LeverTerms(asked.pilot, asked.classes, asked.collar, asked.minimum)
        found = savings(
            self.own.lot,
            self.own.views,
            self.own.goal,
            self.ground.outcomes.factors,
            terms,
            risk_aversion=self.ground.values.risk_aversion,
            seed=self.ground.seed,
        )
        return tuple(
            LeverSaving(
                lever=one.lever,
                terms=one.terms,
                premium=share(one.premium),
                input_change=share(one.hours_change),
                output_change=share(one.units_change),
            )
            for one in found
        )

    def _floors(self) -> tuple[RoleFloor, ...]:
        """Lowest pair of each role, at the ratio of the quoted one."""
        rows = []
        for role, margin in role_margins(self.ground).items():
            goal = goal_of(self.ground.engagement, self.ground.values, margin)
            pair = pair_at(self.own.lot, self.own.seen, goal, self.quoted.ratio)
            if pair is None:
                continue
            rows.append(
                RoleFloor(
                    role=role,
                    margin=float(margin),
                    binding="margin" if pair.binding == "margin" else "tail",
                    input_based=self.writer.hours(self.own.lot, pair.hours),
                    output_based=self.writer.units(self.own.lot, pair.units),
                    discount=share(1 - pair.hours / self.quoted.hours),
                )
            )
        return tuple(rows)


def role_margins(ground: ChoiceGround) -> dict[str, Decimal]:
    """Least margin by role: as stated, or sales half way from target to floor, approver there."""
    commercial = ground.engagement.commercial
    stated = commercial.choice.discount_floors if commercial.choice else ()
    if stated:
        return {one.role: one.margin.value for one in stated}
    target, floor = commercial.target_margin.value, commercial.floor_margin.value
    return {"sales": (target + floor) / 2, "approver": floor}


def _points(seen: Perceived) -> int:
    """Points of the curve: fewer where each has to be searched for."""
    return 41 if seen.outside is None else 11


def _rounded(values: tuple[float, float, float]) -> tuple[float, float, float]:
    one, two, three = (share(value) for value in values)
    return (one, two, three)
