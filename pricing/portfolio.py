"""What quotes come to together: value, profit, and what of it is at risk. Vendor's view.

Of a quote one offer counts: the one its client took; before that, or where it took both, service by
service, the one with the lower bill, which promises less. Sums are by currency and state: amounts
in two currencies are never added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.money import Money, quantize_amount

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pricing.quote import Method

    Json = Mapping[str, Any]

METHODS: tuple[Method, ...] = ("input_based", "output_based")


@dataclass(frozen=True)
class Worth:
    """What one quote comes to over its term, in its currency.

    Parameters
    ----------
    method : str
        The offer that counts.
    value, profit : Decimal
        Expected bill, and expected profit.
    at_risk : Decimal
        What the profit loses in one of ten futures at least: expected margin less P10 margin, of
        the expected bill; 0 or more.
    """

    currency: str
    method: Method
    value: Decimal
    profit: Decimal
    at_risk: Decimal


@dataclass(frozen=True)
class Sum:
    """Quotes of one currency and state together."""

    currency: str
    state: str
    count: int
    value: Money
    profit: Money
    at_risk: Money


def worth(quote: Json, choice: Mapping[str, str] | None = None) -> Worth:
    """Tell what a quote comes to.

    Parameters
    ----------
    quote : mapping
        The quote as JSON.
    choice : mapping, optional
        Accepted method by service.
    """
    method = _counting(quote, choice)
    term = quote["offers"][method]["term"]
    spread = next(one for one in quote["risk"]["spreads"] if one["method"] == method)
    value, currency = Decimal(term["expected_bill"]["amount"]), term["expected_bill"]["currency"]
    lost = max(Decimal(str(term["margin"])) - Decimal(str(spread["margin_p10"])), Decimal(0))
    return Worth(
        currency=currency,
        method=method,
        value=value,
        profit=Decimal(term["profit"]["amount"]),
        at_risk=quantize_amount(lost * value, currency),
    )


def _counting(quote: Json, choice: Mapping[str, str] | None) -> Method:
    taken = set((choice or {}).values())
    for method in METHODS:
        if taken == {method}:
            return method
    return min(METHODS, key=lambda one: _bill(quote, one))


def _bill(quote: Json, method: Method) -> Decimal:
    return Decimal(quote["offers"][method]["term"]["expected_bill"]["amount"])


def together(quotes: Iterable[tuple[str, Worth]]) -> tuple[Sum, ...]:
    """Add quotes up by currency and state, currencies in the order of the alphabet.

    Parameters
    ----------
    quotes : iterable of (str, Worth)
        State and worth of each; states of a currency keep the order in which they come first.
    """
    by_place: dict[tuple[str, str], list[Worth]] = {}
    for state, one in quotes:
        by_place.setdefault((one.currency, state), []).append(one)
    return tuple(
        Sum(
            currency=currency,
            state=state,
            count=len(found),
            value=_sum((one.value for one in found), currency),
            profit=_sum((one.profit for one in found), currency),
            at_risk=_sum((one.at_risk for one in found), currency),
        )
        for (currency, state), found in sorted(by_place.items(), key=lambda item: item[0][0])
    )


def _sum(amounts: Iterable[Decimal], currency: str) -> Money:
    return Money.of(sum(amounts, Decimal(0)), currency)
