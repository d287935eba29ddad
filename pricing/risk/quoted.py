"""The risk of a quote's own prices on the futures that were solved for its plan."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.chosen import MeanCostError
from pricing.drawn_contract.drawn import METHODS, refuse_no_bill
from pricing.money import Money
from pricing.quote import DerivedPremium, Risk, Spread
from pricing.risk.billed import parity_bill, quoted_bills
from pricing.risk.budget import budget_of, probability_over_budget
from pricing.risk.carriers import carriers
from pricing.risk.premium import Target, premium_needed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pricing.drawn_contract.drawn import DrawnTerms
    from pricing.engagement import Engagement
    from pricing.prices import Prices
    from pricing.quote import Method
    from pricing.risk.outcomes import CostError, Outcomes

    Array = NDArray[np.float64]

_PERCENTILES = (10, 50, 90)
_PLACES = 4


def reads_futures(engagement: Engagement) -> bool:
    """Whether a quote's risk is read from solved futures: unless told not to, or prices are."""
    commercial = engagement.commercial
    return commercial.prices_from == "risk" or commercial.risk_from != "curve"


def risk_on_futures(
    engagement: Engagement,
    prices: Prices,
    outcomes: Outcomes,
    seed: int,
    contract: DrawnTerms | None = None,
) -> Risk:
    """Spread of cost, bill and margin of both offers, and the premium the unit price would take.

    Parameters
    ----------
    engagement : Engagement
        Whose shares of price, margins and uncertainty are read.
    prices : Prices
        Quoted.
    outcomes : Outcomes
        Cost is per offer.
    seed : int
        Root of the futures.
    contract : DrawnTerms, optional
        Terms that bills follow; what they bill at parity is not told, so no premium is.
    """
    premium = None
    costs = outcomes.cost_input.sum(axis=1), outcomes.cost_output.sum(axis=1)
    if contract is not None and outcomes.months is not None:
        bills = contract.bills(outcomes.months, outcomes.factors)
        by_hour, by_unit = (refuse_no_bill(one, bills[one].sum(axis=1)) for one in METHODS)
    else:
        months = engagement.term_months
        by_hour, by_unit = quoted_bills(outcomes, prices, months).values()
        parity = parity_bill(outcomes, prices, months)
        share, binds = premium_needed(parity, costs[1], _target(engagement))
        premium = DerivedPremium(share=round(share, _PLACES), binds=binds)
    uncertainty = engagement.commercial.uncertainty
    return Risk(
        draws=outcomes.draws,
        seed=seed,
        volume_cv=float(uncertainty.volume_cv.value),
        productivity_cv=float(uncertainty.productivity_cv.value),
        spreads=(
            _spread(engagement, "input_based", by_hour, costs[0], outcomes.error_input),
            _spread(engagement, "output_based", by_unit, costs[1], outcomes.error_output),
        ),
        carriers=carriers(engagement),
        factors=tuple(outcomes.factors),
        derived_premium=premium,
        contract=None if contract is None else contract.words(outcomes.factors),
        budget=budget_of(engagement),
    )


def _target(engagement: Engagement) -> Target:
    commercial = engagement.commercial
    return Target(
        kept=1 - float(commercial.sga.value) - float(commercial.financing_share),
        margin=float(commercial.target_margin.value),
        floor=float(commercial.floor_margin.value),
    )


def _spread(
    engagement: Engagement, method: Method, bill: Array, cost: Array, error: CostError
) -> Spread:
    target = _target(engagement)
    margin = target.kept - cost / bill
    bills, costs = (_money(engagement, amounts) for amounts in (bill, cost))
    margins = [round(float(one), _PLACES) for one in np.percentile(margin, _PERCENTILES)]
    return Spread(
        method=method,
        bill_p10=bills[0],
        bill_p50=bills[1],
        bill_p90=bills[2],
        margin_p10=margins[0],
        margin_p50=margins[1],
        margin_p90=margins[2],
        probability_of_loss=round(float((margin < 0).mean()), _PLACES),
        probability_below_floor=round(float((margin < target.floor).mean()), _PLACES),
        probability_over_budget=probability_over_budget(engagement, bill),
        cost_p10=costs[0],
        cost_p50=costs[1],
        cost_p90=costs[2],
        cost_error=MeanCostError(
            below=round(error.below, 2),
            above=round(error.above, 2),
            estimated=round(error.estimated, 2),
        ),
    )


def _money(engagement: Engagement, amounts: Array) -> tuple[Money, Money, Money]:
    """P10, P50 and P90 in whole currency units, no more digits than they deserve."""
    low, mid, high = (
        Money.of(Decimal(round(float(amount))), engagement.currency)
        for amount in np.percentile(amounts, _PERCENTILES)
    )
    return low, mid, high
