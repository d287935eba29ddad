"""The comparison under the contract: bills of the term, over volume and for each belief.

A quote without a contract is compared as it is. With one, expected bills are those of the planned
months under its terms, and bills over volume those of the month that is nearest to the average, as
`pricing.invoice.over_volume` has them; the rest of the comparison reads them like any others.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from pricing.client_comparison.staircase import Bills, Crossing, Staircase, bills_of
from pricing.drawn_contract.words import bill_words
from pricing.invoice.over_volume import contract_bills, typical_month
from pricing.invoice.planned import planned_invoices
from pricing.invoice.volume_changes import sign
from pricing.invoice.volume_month import JUST_ABOVE, VolumeMonth, falls_at, orders_of, units_at
from pricing.money import Money
from pricing.quote import BreakEven
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from pricing.invoice.over_volume_document import ContractBills
    from pricing.quote import Comparison, Method, Offer, Quote

_PLACES = 6
_NEAR = 1e-4  # of plan volume: as close as a crossing is found
_METHODS: tuple[Method, Method] = ("input_based", "output_based")


@dataclass(frozen=True)
class BillsUnderContract(Bills):
    """Both monthly bills of all services under the contract.

    Parameters
    ----------
    input_based : Staircase
        Bills of what is ordered at each volume.
    output_at_plan : Decimal
        Output-based bill at plan volume.
    month : VolumeMonth
        Month that is billed.
    productivity : float
        Share of planned productivity that the staircase stands at.
    """

    month: VolumeMonth
    productivity: float = 1.0

    def both(self, volume: float, productivity: float = 1.0) -> tuple[Decimal, Decimal]:
        """Input-based and output-based bill, at shares of planned volume and productivity."""
        return self.input_based.at(volume / productivity), self.output(volume, productivity)

    def output(self, volume: float, productivity: float = 1.0) -> Decimal:
        """Output-based bill; the people ordered count where it still bills hours."""
        listed = self.month.quote.comparison.bills
        work = round(volume / productivity / self.productivity, _PLACES)
        place = min(bisect_left([point.share_of_plan for point in listed], work), len(listed) - 1)
        asked = volume, place if self.month.by_hour else None
        if asked not in self._billed:
            self._billed[asked] = self.bill("output_based", volume, place)
        return self._billed[asked]

    @cached_property
    def _billed(self) -> dict[tuple[float, int | None], Decimal]:
        """Output-based bills by volume, and by what is ordered where it still bills hours."""
        return {}

    def bill(self, method: Method, volume: float, place: int) -> Decimal:
        """Bill at a share of planned volume, with the orders of a point that is listed."""
        quote = self.month.quote
        units, orders = units_at(quote, volume), orders_of(quote.comparison.bills[place])
        (made,) = self.month.invoices(units, orders, (method,)).invoices
        return made.total.amount

    @cached_property
    def bends(self) -> list[float]:
        """Shares of plan at which the output-based bill may fall."""
        return falls_at(self.month)

    def believed(self, productivity: float) -> BillsUnderContract:
        """Bills over volume at a share of planned productivity."""
        stairs = self.input_based.believed(productivity)
        return replace(self, input_based=stairs, productivity=productivity)

    def crossings(self) -> tuple[Crossing, ...]:
        """Every volume at which the cheaper offer changes, in order.

        Within a step the input-based bill is flat, and between the volumes at which tiers for all
        units begin the other one never falls: it crosses once, or jumps at either end.
        """
        shares, found, before = self.input_based.shares, list[Crossing](), 0
        for right in range(1, len(shares)):
            ends = shares[right - 1], shares[right]
            inner = [bend for bend in self.bends if ends[0] < bend < ends[1]]
            for low, high in pairwise((ends[0], *inner, ends[1])):
                above = sign(self._gap(low + JUST_ABOVE, right))
                if above * before < 0:
                    found.append(_crossing(low, "step", before))
                before = above or before
                until = sign(self._gap(high, right))
                if until * before < 0:
                    found.append(_crossing(self._meeting(low, high, right), "line", before))
                before = until or before
        return tuple(found)

    def _gap(self, share: float, right: int) -> Decimal:
        """Input-based bill less the other one, at or below a listed volume."""
        stairs = self.input_based
        people = stairs.bills[right] if stairs.has_feet else stairs.at(share)
        return people - self.output(share)

    def _meeting(self, low: float, high: float, right: int) -> float:
        """Halve a range until the change of sign in it is found."""
        side, low = sign(self._gap(low + JUST_ABOVE, right)), low + JUST_ABOVE
        while high - low > _NEAR:
            middle = (low + high) / 2
            same = sign(self._gap(middle, right)) == side
            low, high = (middle, high) if same else (low, middle)
        return (low + high) / 2


def _crossing(share: float, kind: str, before: int) -> Crossing:
    names = _METHODS if before < 0 else _METHODS[::-1]
    return Crossing(round(share, _PLACES), kind, *names)


def bundle_bills(quote: Quote) -> Bills:
    """Both monthly bills of all services: at the prices, or under the contract."""
    plain = bills_of(quote)
    if not quote.contract_at_plan:
        return plain
    month = VolumeMonth(quote, typical_month(quote))
    totals = []
    for point in quote.comparison.bills:
        units = units_at(quote, point.share_of_plan)
        (made,) = month.invoices(units, orders_of(point), ("input_based",)).invoices
        totals.append(made.total.amount)
    stairs = Staircase(plain.input_based.shares, tuple(totals), plain.input_based.has_feet)
    empty = BillsUnderContract(stairs, Decimal(0), month)
    return replace(empty, output_at_plan=empty.output(1.0))


def as_billed(quote: Quote) -> Quote:
    """Quote whose expected bills, bills over volume and break-evens are under its contract."""
    if not quote.contract_at_plan:
        return quote
    one, two = (_as_billed(getattr(quote.offers, name), quote) for name in _METHODS)
    offers = quote.offers.model_copy(update={"input_based": one, "output_based": two})
    found = _compared(quote, contract_bills(quote))
    ratio = one.term.expected_bill.amount / two.term.expected_bill.amount
    found = found.model_copy(update={"break_even_productivity": round(float(ratio), _PLACES)})
    return quote.model_copy(update={"offers": offers, "comparison": found})


def _as_billed(offer: Offer, quote: Quote) -> Offer:
    """Offer whose expected bills are those of its planned months under the contract."""
    currency = quote.engagement.currency
    months = [one.total.amount for one in planned_invoices(quote, offer.method)]
    years = tuple(
        year.model_copy(
            update={
                "expected_bill": Money.of(
                    sum(months[MONTHS_PER_YEAR * k : MONTHS_PER_YEAR * (k + 1)], Decimal(0)),
                    currency,
                )
            }
        )
        for k, year in enumerate(offer.per_year)
    )
    whole = Money.of(sum(months, Decimal(0)), currency)
    term = offer.term.model_copy(update={"expected_bill": whole})
    return offer.model_copy(update={"per_year": years, "term": term})


def _compared(quote: Quote, bills: ContractBills) -> Comparison:
    """Comparison over volume with the bills of the contract at the volumes that it lists."""
    comparison, month = quote.comparison, bundle_bills(quote)
    by_share = {point.share_of_plan: point for point in bills.points}
    points = tuple(
        point.model_copy(
            update={
                name: getattr(by_share[point.share_of_plan], name)
                for name in (*_METHODS, "cheaper")
            }
        )
        for point in comparison.bills
    )
    last = points[-1]
    crossings = tuple(
        BreakEven(
            volume=one.volume,
            volume_unit=comparison.volume_unit,
            volume_by_service={
                name: round(units * one.share_of_plan / last.share_of_plan, 2)
                for name, units in last.volume_by_service.items()
            },
            share_of_plan=one.share_of_plan,
            bill=Money.of(month.both(one.share_of_plan)[1], quote.engagement.currency),
            kind=one.kind,
            cheaper_below=one.cheaper_below,
            cheaper_above=one.cheaper_above,
        )
        for one in bills.crossings
    )
    return comparison.model_copy(
        update={
            "bills": points,
            "break_even": crossings,
            "break_even_left_out": 0,
            "cheaper_when_no_crossing": bills.cheaper_when_no_crossing,
        }
    )


def contract_sentence(quote: Quote) -> str | None:
    """Say to the client what the bills follow; None without a contract."""
    if not quote.contract_at_plan or quote.agreement is None:
        return None
    words = "; ".join(bill_words(quote.agreement.terms))
    terms = f" ({words})" if words else ""
    return (
        f"Bills are those under the terms of the contract{terms}, all promises kept; over volume "
        f"they are those of contract month {typical_month(quote)}. What concerns the whole bill "
        "falls on services in proportion to their charges."
    )
