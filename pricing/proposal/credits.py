"""Service credits worked through, so that a client sees what a miss is worth."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.money import Money
from pricing.proposal.document import CreditExample, CreditLine
from pricing.terms.sla_credits import credit_lines

if TYPE_CHECKING:
    from pricing.engagement.contract import Contract
    from pricing.quote import Quote
    from pricing.terms.sla_credits import SlaMeasure


def credit_examples(quote: Quote, contract: Contract) -> tuple[CreditExample, ...]:
    """Work the contract's credits through for an average month of each offer they are under.

    Each measure is missed alone; amounts are rounded once, to the currency.
    """
    terms = contract.sla_credits
    if terms is None:
        return ()
    currency, months = quote.engagement.currency, quote.engagement.term_months
    examples = []
    for method in contract.sla_credits_for:
        bill = getattr(quote.offers, method).term.expected_bill.amount
        charges = Money.of(bill / months, currency)
        lines = []
        for measure in terms.measures:
            (line,) = credit_lines(terms, charges.amount, {measure.name: _missed(measure)})
            lines.append(
                CreditLine(
                    measure=measure.name,
                    target=_target(measure),
                    credit=Money.of(-line.amount, currency),
                )
            )
        examples.append(
            CreditExample(
                method=method,
                charges=charges,
                at_risk_share=float(terms.at_risk),
                at_risk=Money.of(charges.amount * terms.at_risk, currency),
                lines=tuple(lines),
                earn_back_months=terms.earn_back_months,
            )
        )
    return tuple(examples)


def _missed(measure: SlaMeasure) -> Decimal:
    """Return a result that just misses."""
    step = Decimal("0.001")
    return measure.target - step if measure.higher_is_better else measure.target + step


def _target(measure: SlaMeasure) -> str:
    bound = "at least" if measure.higher_is_better else "at most"
    if measure.target <= 1:
        return f"{bound} {float(measure.target):.1%}"
    return f"{bound} {measure.target:f}"
