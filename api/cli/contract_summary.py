"""What the contract makes of a quote, as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.invoice.over_volume import contract_bills

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pricing.quote import Quote

_OFFER = {"input_based": "input-based", "output_based": "output-based"}


def contract_lines(quote: Quote) -> Iterable[str]:
    """Say what the contract's terms make of the planned bills, and of the risk."""
    for one in quote.contract_at_plan:
        moved = "more" if one.beyond_prices.amount >= 0 else "less"
        margin = "" if one.margin is None else f", margin {one.margin:.1%}"
        yield (
            f"Under the contract's terms {one.method.replace('_', '-')}: {one.bill.amount:,.0f} "
            f"{one.bill.currency} as planned, {abs(one.beyond_prices.amount):,.0f} {moved} than at "
            f"plain prices{margin}."
        )
    if quote.risk.contract is not None:
        unknown = len(quote.risk.contract.not_drawn)
        yield (
            "P10 to P90 of bill and margin are under these terms"
            + (
                f"; {unknown} of them no draw knows (crewquote risk lists them)."
                if unknown
                else "."
            )
        )


def contract_break_even_lines(quote: Quote) -> Iterable[str]:
    """Say where the cheaper offer changes under the contract, from the lowest volume up."""
    if not quote.contract_at_plan:
        return
    bills = contract_bills(quote)
    if not bills.crossings:
        cheaper = bills.cheaper_when_no_crossing
        what = "both bill the same" if cheaper is None else f"{_OFFER[cheaper]} is cheaper"
        yield f"All that is at plain prices. Under the contract {what} at every volume."
        return
    first, last = bills.crossings[0], bills.crossings[-1]
    between = len(bills.crossings) - 1
    more = f", from {last.share_of_plan:.0%} on {_OFFER[last.cheaper_above]}" if between else ""
    then = f", then {_OFFER[first.cheaper_above]}" if between <= 1 else ""
    turns = f" ({between - 1} changes between)" if between > 1 else ""
    yield (
        f"All that is at plain prices. Under the contract (month {bills.month}) "
        f"{_OFFER[first.cheaper_below]} is cheaper up to {first.share_of_plan:.0%} of plan volume"
        f"{then}{more}{turns}; crewquote bills shows both."
    )
