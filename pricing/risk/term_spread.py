"""Risk: spread of bill and margin of both offers, under common draws of volume and productivity.

One draw holds for the whole term. Work content moves with volume over productivity; people (and
with them cost) follow the staffing curve. Under the input-based offer the client orders those
people; under the output-based offer it pays per unit, whatever they take. Contingency stays in
cost, as it covers what is not drawn here. ``docs/models/risk.md`` says what is left out.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.drawn_contract.drawn import refuse_no_bill
from pricing.money import Money
from pricing.quote import Risk, Spread
from pricing.risk.budget import budget_of, probability_over_budget
from pricing.risk.carriers import carriers
from pricing.risk.months import MonthsInProportion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.comparison import TeamCurve
    from pricing.cost import CostLine
    from pricing.drawn_contract.drawn import DrawnTerms
    from pricing.engagement import Engagement
    from pricing.quote import Method, Offer, Offers

DRAWS = 10_000
SEED = 20_260_701
_PERCENTILES = (10, 50, 90)
_PLACES = 4
_FIXED_LINES = frozenset({"transition"})


def assess_risk(
    engagement: Engagement,
    curves: tuple[TeamCurve, ...],
    offers: Offers,
    lines: tuple[CostLine, ...],
    contract: DrawnTerms | None = None,
) -> Risk:
    """Draw volume and productivity once, and evaluate both offers on the same draws.

    Under a contract each draw is billed month by month: planned orders and units times its people
    and its volume.
    """
    uncertainty = engagement.commercial.uncertainty
    cv_volume = float(uncertainty.volume_cv.value)
    cv_productivity = float(uncertainty.productivity_cv.value)
    rng = np.random.default_rng(SEED)
    volume = lognormal_factor(rng, cv_volume, DRAWS)
    productivity = lognormal_factor(rng, cv_productivity, DRAWS)
    cost = cost_by_draw(curves, lines, volume / productivity)
    bills = {
        "input_based": float(offers.input_based.term.expected_bill.amount)
        * people_bill_factor(curves, volume / productivity),
        "output_based": float(offers.output_based.term.expected_bill.amount) * volume,
    }
    if contract is not None:
        months = _months(contract, curves, offers, volume, volume / productivity)
        found = contract.bills(months, {})
        bills = {one: refuse_no_bill(one, bill.sum(axis=1)) for one, bill in found.items()}
    spreads = (
        _spread(engagement, offers.input_based, bills["input_based"], cost),
        _spread(engagement, offers.output_based, bills["output_based"], cost),
    )
    return Risk(
        draws=DRAWS,
        seed=SEED,
        volume_cv=cv_volume,
        productivity_cv=cv_productivity,
        spreads=spreads,
        carriers=carriers(engagement),
        contract=None if contract is None else contract.words({}),
        budget=budget_of(engagement),
    )


def lognormal_factor(rng: np.random.Generator, cv: float, draws: int) -> NDArray[np.float64]:
    """Draw a factor of mean 1 and coefficient of variation `cv`, shape (draws,)."""
    variance = np.log1p(cv**2)
    factors = np.exp(rng.standard_normal(draws) * np.sqrt(variance) - variance / 2)
    return np.asarray(factors, dtype=float)


def needed_factor(curve: TeamCurve, work: NDArray[np.float64]) -> NDArray[np.float64]:
    """People a team needs at a multiple of planned work, over those needed at plan."""
    needed = np.interp(work, curve.scales, curve.needed)
    needed = needed * np.maximum(1.0, work / curve.scales[-1])
    return np.asarray(needed / np.interp(1.0, curve.scales, curve.needed), dtype=float)


def cost_by_draw(
    curves: tuple[TeamCurve, ...], lines: tuple[CostLine, ...], work: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Delivery cost of the term: fixed lines, and the rest in proportion to people."""
    total = np.zeros_like(work)
    for curve in curves:
        own = [line for line in lines if line.team == curve.name]
        fixed = float(sum((x.amount for x in own if x.name in _FIXED_LINES), Decimal(0)))
        moving = float(sum((x.amount for x in own if x.name not in _FIXED_LINES), Decimal(0)))
        total += fixed + moving * needed_factor(curve, work)
    return total


def people_bill_factor(
    curves: tuple[TeamCurve, ...], work: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Input bill at a multiple of planned work, over the bill at plan, shape of `work`."""
    weights = np.array([float(c.price) * float(np.interp(1.0, c.scales, c.needed)) for c in curves])
    factors = np.array([needed_factor(curve, work) for curve in curves])
    return np.asarray(weights @ factors / weights.sum(), dtype=float)


def _months(
    contract: DrawnTerms,
    curves: tuple[TeamCurve, ...],
    offers: Offers,
    volume: NDArray[np.float64],
    work: NDArray[np.float64],
) -> MonthsInProportion:
    """Months as planned, times what each draw takes of people and brings of units."""
    orders = offers.input_based.ordered_fte_by_month
    return MonthsInProportion(
        planned_units=contract.contract.planned_units,
        planned_orders=np.array([[float(n) for n in orders[curve.name]] for curve in curves]).T,
        volume=volume,
        people=np.stack([needed_factor(curve, work) for curve in curves], axis=1),
    )


def _spread(
    engagement: Engagement, offer: Offer, bill: NDArray[np.float64], cost: NDArray[np.float64]
) -> Spread:
    commercial = engagement.commercial
    kept = 1 - float(commercial.sga.value) - float(commercial.financing_share)
    margin = (bill * kept - cost) / bill
    low, mid, high = np.percentile(bill, _PERCENTILES)
    margins = np.percentile(margin, _PERCENTILES)
    method: Method = offer.method
    return Spread(
        method=method,
        bill_p10=_money(low, engagement.currency),
        bill_p50=_money(mid, engagement.currency),
        bill_p90=_money(high, engagement.currency),
        margin_p10=round(float(margins[0]), _PLACES),
        margin_p50=round(float(margins[1]), _PLACES),
        margin_p90=round(float(margins[2]), _PLACES),
        probability_of_loss=round(float((margin < 0).mean()), _PLACES),
        probability_below_floor=round(
            float((margin < float(commercial.floor_margin.value)).mean()), _PLACES
        ),
        probability_over_budget=probability_over_budget(engagement, bill),
    )


def _money(amount: float, currency: str) -> Money:
    """A simulated amount: rounded to whole currency units, no more digits than it deserves."""
    return Money.of(Decimal(round(float(amount))), currency)
