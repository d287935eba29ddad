"""The use case of goal seek: an engagement and a margin in, prices and productivity out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.choice.quoted import choose_prices
from pricing.comparison import input_bill, team_curves
from pricing.cost import plan_cost
from pricing.goal_seek.document import (
    EqualProductivity,
    GoalSeek,
    HeldMargins,
    OfferGoal,
    SoughtPrice,
)
from pricing.goal_seek.price import level_needed, raised
from pricing.goal_seek.productivity import SEARCHED, TOLERANCE, equal_productivity
from pricing.money import Money, decimal_of, quantize_amount
from pricing.offers import build_offers
from pricing.risk.measures import measure
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from pricing.engagement import Engagement
    from pricing.goal_seek.document import GoalSeekRequest
    from pricing.offers import Prices
    from pricing.planning import Planned
    from pricing.quote import Method, Offers
    from pricing.quoting import Futures
    from pricing.risk.outcomes import Outcomes

    Array = NDArray[np.float64]

_PLACES = 6
_CONTRACT = (
    "prices alone are judged: no tier, band, minimum or credit of the contract is in the bills"
)


def goal_seek(
    engagement: Engagement, request: GoalSeekRequest, planned: Planned, risk: Futures
) -> GoalSeek:
    """Find the prices of both offers that hold a margin, and where both offers are equal.

    Parameters
    ----------
    engagement : Engagement
        A resolved document.
    request : GoalSeekRequest
        The margin, in which sense, over which draws.
    planned : Planned
        Its checked plan.
    risk : Futures
        What was solved for the risk of that plan.

    Raises
    ------
    BadInputError
        No price holds the margin: SG&A and financing leave less of it.
    """
    commercial = engagement.commercial
    kept = 1 - float(commercial.sga.value) - float(commercial.financing_share)
    if request.margin >= kept:
        accepted = f"a margin below {kept:.4f}, which SG&A and financing leave of a price"
        raise BadInputError.at("margin", request.margin, accepted)
    outcomes = risk.outcomes(request.draws, request.seed)
    lines = plan_cost(engagement, planned.teams, planned.plan)
    chosen = None
    if commercial.prices_from == "risk":
        chosen = choose_prices(engagement, planned, lines, outcomes, request.seed).offered
    offers, prices = build_offers(engagement, planned.teams, planned.plan, lines, chosen)
    return GoalSeek(
        engagement=engagement.name,
        currency=engagement.currency,
        margin=request.margin,
        measure=request.measure,
        draws=request.draws,
        seed=request.seed,
        offers=(
            _hours(outcomes, prices, request, kept),
            _units(outcomes, prices, request, kept),
        ),
        productivity=_productivity(engagement, planned, offers, prices),
        notes=() if engagement.contract is None else (_CONTRACT,),
    )


def _hours(outcomes: Outcomes, prices: Prices, request: GoalSeekRequest, kept: float) -> OfferGoal:
    cost = outcomes.cost_input.sum(axis=1)
    return _offer("input_based", prices.fte_month, outcomes.input_bill, cost, request, kept)


def _units(outcomes: Outcomes, prices: Prices, request: GoalSeekRequest, kept: float) -> OfferGoal:
    cost = outcomes.cost_output.sum(axis=1)
    return _offer("output_based", prices.unit, outcomes.output_bill, cost, request, kept)


def _offer(
    method: Method,
    quoted: dict[str, Decimal],
    bill_at: Callable[[dict[str, float]], Array],
    cost: Array,
    request: GoalSeekRequest,
    kept: float,
) -> OfferGoal:
    def bill(prices: dict[str, Decimal]) -> Array:
        return bill_at({name: float(price) for name, price in prices.items()})

    level = level_needed(bill(quoted), cost, kept=kept, margin=request.margin, by=request.measure)
    needed = raised(quoted, level)
    before = measure(bill(quoted), cost, kept=kept, floor=0.0)
    after = measure(bill(needed), cost, kept=kept, floor=0.0)
    return OfferGoal(
        method=method,
        level=round(level, _PLACES),
        prices=tuple(
            SoughtPrice(name=name, quoted=price, needed=needed[name])
            for name, price in quoted.items()
        ),
        as_quoted=HeldMargins(
            expected=round(before.margin.mean, _PLACES), p10=round(before.margin.p10, _PLACES)
        ),
        as_needed=HeldMargins(
            expected=round(after.margin.mean, _PLACES), p10=round(after.margin.p10, _PLACES)
        ),
        p10_error=round(after.margin_p10_error, _PLACES),
    )


def _productivity(
    engagement: Engagement, planned: Planned, offers: Offers, prices: Prices
) -> EqualProductivity:
    curves, step = team_curves(planned.plan, prices), engagement.commercial.fte_step
    months = Decimal(engagement.term_months)
    units = {
        volume.service: sum((decimal_of(one) for one in volume.units_by_month), Decimal(0))
        for volume in planned.plan.volumes
    }
    output = sum((units[name] / months * price for name, price in prices.unit.items()), Decimal(0))

    def of_people(scale: float) -> Decimal:
        return input_bill(curves, step, scale)

    def money(amount: Decimal) -> Money:
        return Money.of(quantize_amount(amount, engagement.currency), engagement.currency)

    share = equal_productivity(of_people, output)
    at = None if share is None else of_people(1 / share)
    below = None if share is None else of_people(1 / (share - TOLERANCE))
    planned_bills = offers.input_based.term.expected_bill, offers.output_based.term.expected_bill
    return EqualProductivity(
        share=None if share is None else round(share, _PLACES),
        tolerance=TOLERANCE,
        searched=SEARCHED,
        without_steps=round(float(planned_bills[0].amount / planned_bills[1].amount), _PLACES),
        input_bill=None if at is None else money(at),
        input_bill_below=None if below is None else money(below),
        output_bill=money(output),
    )
