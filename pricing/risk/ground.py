"""What a study of risk is written from: terms, factors, solved costs, prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.drawn_contract.drawn import METHODS, refuse_no_bill
from pricing.money import Money
from pricing.risk.billed import quoted_bills
from pricing.risk.premium import Target

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pricing.cost import CostLine
    from pricing.drawn_contract.drawn import DrawnTerms
    from pricing.engagement import Engagement
    from pricing.prices import Prices
    from pricing.quote import Method, Offers
    from pricing.risk.factors import FactorModel
    from pricing.risk.model import SolvedRisk
    from pricing.risk.outcomes import Outcomes

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class StudyGround:
    """What a study is written from.

    Parameters
    ----------
    engagement : Engagement
        Its terms.
    model : FactorModel
        What may come.
    solved : SolvedRisk
        Costs along the factors.
    prices, offers : Prices, Offers
        Of the quote.
    lines : tuple of CostLine
        Cost as planned.
    contract : DrawnTerms, optional
        Terms that the bills of an engagement with a contract follow, at the quoted prices.
    """

    engagement: Engagement
    model: FactorModel
    solved: SolvedRisk
    prices: Prices
    offers: Offers
    lines: tuple[CostLine, ...]
    contract: DrawnTerms | None = None

    @property
    def target(self) -> Target:
        """What prices are to hold."""
        commercial = self.engagement.commercial
        return Target(
            kept=1 - float(commercial.sga.value) - float(commercial.financing_share),
            margin=float(commercial.target_margin.value),
            floor=float(commercial.floor_margin.value),
        )

    def bills(self, outcomes: Outcomes) -> dict[Method, tuple[Array, Array]]:
        """Bill and cost of the term under each offer at the quoted prices, each (draws,)."""
        if self.contract is not None and outcomes.months is not None:
            found = self.contract.bills(outcomes.months, outcomes.factors)
            costs = outcomes.cost_input, outcomes.cost_output
            return {
                method: (refuse_no_bill(method, found[method].sum(axis=1)), cost.sum(axis=1))
                for method, cost in zip(METHODS, costs, strict=True)
            }
        bills = quoted_bills(outcomes, self.prices, self.engagement.term_months)
        return {
            "input_based": (bills["input_based"], outcomes.cost_input.sum(axis=1)),
            "output_based": (bills["output_based"], outcomes.cost_output.sum(axis=1)),
        }

    def money(self, amount: float) -> Money:
        """A simulated amount: whole currency units, no more digits than it deserves."""
        return Money.of(Decimal(round(amount)), self.engagement.currency)
