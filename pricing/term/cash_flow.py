"""Cash flow of a term: when money comes in and goes out, and how deep the vendor is in.

Months are counted by their ends: month 0 ends when the contract starts. A bill is written at the
end of its month and paid DSO days later; cost is paid in the month it is incurred in. Financing
is no payment of the contract (it is what the exposure costs), so it is left out here and comes in
by discounting.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from staffing.calendar import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAYS_PER_YEAR = 365


def months_to_payment(dso_days: Decimal) -> int:
    """Months from the end of the month of work to the month its bill is received in.

    Days are turned into months of 365/12 days and rounded up, as a payment within a month is
    there at the month's end.

    Parameters
    ----------
    dso_days : Decimal
        Days until the client pays, 0 or more.
    """
    months = dso_days * MONTHS_PER_YEAR / _DAYS_PER_YEAR
    return int(months.to_integral_value(ROUND_CEILING))


@dataclass(frozen=True)
class CashFlow:
    """Money by month, all tuples of one length; engagement currency.

    Parameters
    ----------
    months : tuple of int
        0, the months of the term, and those in which bills are paid, rising.
    billed, received, delivery, transition, sga : tuple of Decimal
        What is invoiced for a month; what is paid by the client in it; what is paid out in it.
    """

    months: tuple[int, ...]
    billed: tuple[Decimal, ...]
    received: tuple[Decimal, ...]
    delivery: tuple[Decimal, ...]
    transition: tuple[Decimal, ...]
    sga: tuple[Decimal, ...]

    @property
    def net(self) -> tuple[Decimal, ...]:
        """``received - delivery - transition - sga`` of each month."""
        columns = zip(self.received, self.delivery, self.transition, self.sga, strict=True)
        return tuple(inflow - sum(out, Decimal(0)) for inflow, *out in columns)

    @property
    def cumulative(self) -> tuple[Decimal, ...]:
        """Sum of `net` from month 0 on."""
        return tuple(accumulate(self.net))


def cash_flow(
    bills: Sequence[Decimal],
    delivery: Sequence[Decimal],
    sga: Sequence[Decimal],
    *,
    transition: Decimal,
    lag: int,
    receipts: Sequence[Decimal] | None = None,
) -> CashFlow:
    """Lay bills and costs out over the months.

    Parameters
    ----------
    bills, delivery, sga : sequence of Decimal
        By contract month, the first month first; one length.
    transition : Decimal
        Paid before the first month.
    lag : int
        Months from a bill to its payment, 0 or more. Months between the term and the first payment
        are left out.
    receipts : sequence of Decimal, optional
        What is paid of each bill, where the client withholds tax; none: the whole bill.
    """
    term = range(1, len(bills) + 1)
    months = tuple(sorted({0, *term, *(month + lag for month in term)}))

    def laid_out(amounts: Sequence[Decimal], first: int) -> tuple[Decimal, ...]:
        by_month = dict(enumerate(amounts, start=first))
        return tuple(by_month.get(month, Decimal(0)) for month in months)

    return CashFlow(
        months=months,
        billed=laid_out(bills, 1),
        received=laid_out(bills if receipts is None else receipts, 1 + lag),
        delivery=laid_out(delivery, 1),
        transition=laid_out([transition], 0),
        sga=laid_out(sga, 1),
    )


def peak_exposure(flow: CashFlow) -> tuple[Decimal, int]:
    """Most that was paid out and not yet received, 0 or more, and the first month of it."""
    lowest = min(flow.cumulative)
    return max(Decimal(0), -lowest), flow.months[flow.cumulative.index(lowest)]


def payback_month(flow: CashFlow) -> int | None:
    """First month from which on no more is paid out than was received; none where there is none."""
    paid_back = None
    for month, total in zip(reversed(flow.months), reversed(flow.cumulative), strict=True):
        if total < 0:
            break
        paid_back = month
    return paid_back


def present_value(flow: CashFlow, yearly_rate: Decimal) -> Decimal:
    """Net present value, ``sum of net_m / (1 + r)^(m / 12)``, at the start of the contract.

    Parameters
    ----------
    flow : CashFlow
        Each month's money counts at the month's end.
    yearly_rate : Decimal
        Effective capital cost per year, 0 or more.
    """
    return sum(
        (
            amount / (1 + yearly_rate) ** (Decimal(month) / MONTHS_PER_YEAR)
            for month, amount in zip(flow.months, flow.net, strict=True)
        ),
        Decimal(0),
    )
