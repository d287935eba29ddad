"""Which offer suits the client better, by its bill at P50 and at P90."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.client_comparison.document import Recommendation
from pricing.client_comparison.wording import OFFERS, percent
from pricing.money import Money

if TYPE_CHECKING:
    from decimal import Decimal

    from pricing.client_comparison.document import BreakEvenView
    from pricing.client_comparison.savings_document import Savings
    from pricing.quote import Method, Quote, Spread

_NEAR = 0.03  # a break-even this close to plan decides nothing


def better_offer(spreads: dict[Method, Spread]) -> tuple[Method, Method]:
    """Return the offer to recommend and the other one.

    The offer with the lower P50 is recommended, unless the other one's P90 is lower by more than
    its P50 is higher: what is gained on a middling course is then lost, and more, on a bad one.
    Of equal bills the one with the lower P90, then output-based.
    """
    one, two = spreads["input_based"], spreads["output_based"]
    dearer_at_p50 = two.bill_p50.amount - one.bill_p50.amount
    dearer_at_p90 = two.bill_p90.amount - one.bill_p90.amount
    # Regret of output-based over input-based, at both levels together.
    if dearer_at_p50 + dearer_at_p90 > 0:
        return "input_based", "output_based"
    return "output_based", "input_based"


def recommend(
    quote: Quote, bundle: BreakEvenView, against: Savings | None = None
) -> Recommendation:
    """Recommend an offer to the client, from its bills alone.

    Where in-house takes less than either offer at P50 of its bill, a point says so first.
    """
    spreads = {spread.method: spread for spread in quote.risk.spreads}
    chosen, other = better_offer(spreads)
    gains = [
        getattr(spreads[other], name).amount - getattr(spreads[chosen], name).amount
        for name in ("bill_p50", "bill_p90")
    ]
    currency = quote.engagement.currency
    return Recommendation(
        method=chosen,
        reason=_reason(chosen, other, gains, spreads),
        gain_at_p50=Money.of(gains[0], currency),
        gain_at_p90=Money.of(gains[1], currency),
        points=(*_in_house(against), *_points(chosen, quote, bundle)),
    )


def _reason(
    chosen: Method, other: Method, gains: list[Decimal], spreads: dict[Method, Spread]
) -> str:
    name, against = OFFERS[chosen], OFFERS[other]
    shares = [
        percent(abs(float(gain / getattr(spreads[other], level).amount)))
        for gain, level in zip(gains, ("bill_p50", "bill_p90"), strict=True)
    ]
    middling, bad = gains
    if middling >= 0 and bad >= 0:
        return f"{name} is {shares[0]} below {against} at P50 of the bill and {shares[1]} at P90"
    if middling < 0:
        return (
            f"{name} is {shares[0]} above {against} at P50 of the bill, but {shares[1]} below it "
            "at P90: it protects more than it asks"
        )
    return (
        f"{name} is {shares[0]} below {against} at P50 of the bill; at P90 it is {shares[1]} "
        "above, less than it saves on a middling course"
    )


def _in_house(against: Savings | None) -> tuple[str, ...]:
    """Say so where neither offer saves anything."""
    middling = [case for case in (against.cases if against else ()) if case.case == "p50"]
    if not middling or any(case.saving.amount > 0 for case in middling):
        return ()
    return ("doing the work in-house takes less than either offer at P50 of its bill",)


def _points(chosen: Method, quote: Quote, bundle: BreakEvenView) -> list[str]:
    """What the other price buys, and what would change the recommendation."""
    moved = [
        carrier.risk
        for carrier in quote.risk.carriers
        if carrier.input_based == "client" and carrier.output_based == "vendor"
    ]
    points = [f"output-based leaves {', '.join(moved)} to the vendor; input-based to you"]
    points.append(
        f"output-based is cheaper at plan volume once productivity falls below "
        f"{percent(bundle.productivity)} of plan"
        if bundle.productivity < 1
        else "output-based is cheaper at plan volume even at planned productivity"
    )
    near = [
        crossing
        for crossing in bundle.crossings
        if OFFERS[crossing.cheaper_above if crossing.share_of_plan > 1 else crossing.cheaper_below]
        != OFFERS[chosen]
    ]
    if near:
        nearest = min(near, key=lambda crossing: abs(crossing.share_of_plan - 1))
        where = "above" if nearest.share_of_plan > 1 else "below"
        other = nearest.cheaper_above if where == "above" else nearest.cheaper_below
        points.append(
            f"{OFFERS[other]} becomes cheaper {where} "
            f"{percent(nearest.share_of_plan)} of plan volume"
        )
        if abs(nearest.share_of_plan - 1) < _NEAR:
            points.append("plan volume is close to that break-even: the choice is nearly even")
    return points
