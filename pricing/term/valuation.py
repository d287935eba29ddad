"""From offers and monthly cost to the money over the term."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.allocation import allocate
from pricing.cost import transition_cost
from pricing.money import Money, quantize_amount
from pricing.term.cash_flow import (
    cash_flow,
    months_to_payment,
    payback_month,
    peak_exposure,
    present_value,
)
from pricing.term.documents import (
    CashMonth,
    ExitCharge,
    MarginLevel,
    MonthlyCost,
    OfferValue,
    TermMoney,
)
from pricing.term.exit_charge import unamortised
from pricing.term.margins import moves_with_people
from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pricing.cost import MonthlyCostLine
    from pricing.engagement import Engagement
    from pricing.quote import CostSummary, Offer, Offers
    from pricing.term.cash_flow import CashFlow

_SHARE_PLACES = 6
_TRANSITION = "transition"


def value_term(
    engagement: Engagement,
    offers: Offers,
    bills: tuple[Sequence[Decimal], Sequence[Decimal]],
    monthly: tuple[MonthlyCostLine, ...],
    cost: CostSummary,
) -> TermMoney:
    """Value both offers over the term.

    Parameters
    ----------
    engagement : Engagement
        Terms of payment, capital cost, transition.
    offers : Offers
        Their results over the term.
    bills : tuple of two sequences of Decimal
        Expected bill of each month, input-based and output-based, rounded as invoiced.
    monthly : tuple of MonthlyCostLine
        Delivery cost by month, contingency and transition instalments included.
    cost : CostSummary
        The same cost over the term, rounded as quoted.
    """
    valuer = _Valuer(engagement, _by_month(engagement, monthly, cost), cost)
    return TermMoney(
        months_to_payment=valuer.lag,
        input_based=valuer.offer(offers.input_based, bills[0]),
        output_based=valuer.offer(offers.output_based, bills[1]),
        cost_by_month=tuple(
            MonthlyCost(name=name, amounts=amounts) for name, amounts in valuer.by_month.items()
        ),
        exit_charges=tuple(valuer.exit_charges()),
    )


def _by_month(
    engagement: Engagement, monthly: Iterable[MonthlyCostLine], cost: CostSummary
) -> dict[str, tuple[Decimal, ...]]:
    """Each line of all teams by month; lines that cost nothing are left out.

    The months of a contract year sum to its line to the minor unit: the line is split over them.
    """
    sums: dict[str, list[Decimal]] = {}
    for line in monthly:
        months = sums.setdefault(line.name, [Decimal(0)] * engagement.term_months)
        months[line.month - 1] += line.amount
    years = {line.name: [one.amount for one in line.by_year] for line in cost.lines}
    split = {
        name: tuple(_split(years[name], months, engagement.currency))
        for name, months in sums.items()
        if name in years
    }
    return {name: months for name, months in split.items() if any(months)}


def _split(years: Sequence[Decimal], months: Sequence[Decimal], currency: str) -> Iterable[Decimal]:
    """Amounts of contract years over their months, in proportion to those unrounded."""
    for year, amount in enumerate(years):
        weights = months[year * MONTHS_PER_YEAR : (year + 1) * MONTHS_PER_YEAR]
        yield from allocate(amount, weights, currency) if any(weights) else weights


@dataclass(frozen=True)
class _Valuer:
    """What both offers share."""

    engagement: Engagement
    by_month: dict[str, tuple[Decimal, ...]]
    cost: CostSummary

    @property
    def lag(self) -> int:
        """Months to payment."""
        return months_to_payment(self.engagement.commercial.dso_days.value)

    def offer(self, offer: Offer, bills: Sequence[Decimal]) -> OfferValue:
        """Value one offer."""
        commercial, currency = self.engagement.commercial, self.engagement.currency
        flow = cash_flow(
            bills,
            self._delivery(),
            [quantize_amount(bill * commercial.sga.value, currency) for bill in bills],
            transition=self._upfront(),
            lag=self.lag,
            receipts=[
                bill - quantize_amount(bill * commercial.withholding_share, currency)
                for bill in bills
            ],
        )
        exposure, exposed_in = peak_exposure(flow)
        bill = offer.term.expected_bill.amount
        gross = bill - offer.term.delivery_cost.amount
        moving = sum(
            (line.amount.amount for line in self.cost.lines if moves_with_people(line.name)),
            Decimal(0),
        )
        return OfferValue(
            tcv=offer.term.expected_bill,
            acv=self._money(bill * MONTHS_PER_YEAR / self.engagement.term_months),
            contribution=self._level(bill - moving, bill),
            gross=self._level(gross, bill),
            operating=self._level(gross - offer.term.sga.amount, bill),
            peak_exposure=self._money(exposure),
            peak_exposure_month=exposed_in,
            payback_month=payback_month(flow),
            npv=self._money(present_value(flow, commercial.capital_cost.value)),
            cash_flow=tuple(self._months(flow)),
        )

    def exit_charges(self) -> Iterable[ExitCharge]:
        """What an end after each month of the term would leave open, month 0 first."""
        commercial, contract = self.engagement.commercial, self.engagement.contract
        transition = transition_cost(commercial)
        demobilisation = commercial.demobilisation_cost
        leaving = Decimal(0) if demobilisation is None else demobilisation.value
        agreed = {one.from_month: one.charge for one in contract.termination} if contract else {}
        in_force: Decimal | None = None
        for month in range(self.engagement.term_months + 1):
            in_force = agreed.get(month, in_force)
            open_balance = self._money(unamortised(transition, month))
            due = self._money(leaving)
            yield ExitCharge(
                after_month=month,
                unamortised_transition=open_balance,
                demobilisation=due,
                charge=self._money(open_balance.amount + due.amount),
                agreed=None if in_force is None else self._money(in_force),
            )

    def _delivery(self) -> list[Decimal]:
        """Cost paid in each month: all lines but the transition, which is paid up front."""
        columns = [months for name, months in self.by_month.items() if name != _TRANSITION]
        return [
            sum((months[month] for months in columns), Decimal(0))
            for month in range(self.engagement.term_months)
        ]

    def _upfront(self) -> Decimal:
        terms = self.engagement.commercial.transition
        if terms is None:
            return Decimal(0)
        return quantize_amount(terms.cost.value, self.engagement.currency)

    def _money(self, amount: Decimal) -> Money:
        return Money.of(amount, self.engagement.currency)

    def _level(self, amount: Decimal, bill: Decimal) -> MarginLevel:
        share = round(float(amount / bill), _SHARE_PLACES) if bill else 0.0
        return MarginLevel(amount=self._money(amount), share=share)

    def _months(self, flow: CashFlow) -> Iterable[CashMonth]:
        columns = (
            flow.billed,
            flow.received,
            flow.delivery,
            flow.transition,
            flow.sga,
            flow.net,
            flow.cumulative,
        )
        for month, *amounts in zip(flow.months, *columns, strict=True):
            billed, received, delivery, transition, sga, net, cumulative = map(self._money, amounts)
            yield CashMonth(
                month=month,
                billed=billed,
                received=received,
                delivery=delivery,
                transition=transition,
                sga=sga,
                net=net,
                cumulative=cumulative,
            )
