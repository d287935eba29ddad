"""Lines about the whole bill: what moves prices, commitments, credits, rebates, the end."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.invoice.lines import Basis, Bill, part
from pricing.terms.fx_band import fx_line
from pricing.terms.indexation import indexation_line
from pricing.terms.line import ONE
from pricing.terms.output.gainshare import gainshare_line
from pricing.terms.output.minimum_commitment import MECHANISM as TRUE_UP
from pricing.terms.output.minimum_commitment import true_up_line
from pricing.terms.output.surge_call_off import CallOff, call_off_lines, standby_line
from pricing.terms.rebates import early_payment_line, rebate_lines
from pricing.terms.sla_credits import credit_lines, earn_back_line
from pricing.terms.termination import termination_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pricing.invoice.document import InvoiceLine
    from pricing.invoice.month import Month
    from pricing.quote import Method

# Credits of a team or service; what is at risk or indexed is the charge before them.
OWN_CREDITS = ("fill_rate", "replacement", "accuracy", "turnaround")
_BESIDE_CHARGES = (
    *OWN_CREDITS,
    *("sla_credit", "sla_credit_cap", "earn_back"),
    *("surge_standby", "surge_call_off", "surge_minimum", "surge_demobilisation"),
    *("gainshare", "rebate", "early_payment", "termination"),
)


def bill_the_whole(month: Month, method: Method, bill: Bill) -> None:
    """Add what concerns the bill as a whole, in the order in which it is worked out.

    Indexation and exchange rates move the charges (a share of collections moves by itself); the
    commitment is met by charges so moved; credits and rebates are shares of all of these; the
    discount for early payment is one of everything above it.
    """
    charges = tuple(
        dict.fromkeys(line.mechanism for line in bill.lines if line.mechanism not in OWN_CREDITS)
    )
    moving = tuple(name for name in charges if name != "collections")
    _indexation(month, moving, bill)
    _exchange_rates(month, (*moving, "indexation"), bill)
    charges = (*charges, "indexation", "fx_clause")
    if method == "output_based":
        _commitment(month, charges, bill)
    charges = (*charges, TRUE_UP)
    if method in month.terms.sla_credits_for:
        _service_levels(month, _at_least_zero(bill.basis(charges)), bill)
    _surge(month, bill)
    if method == "output_based":
        _gainshare(month, bill)
    _rebates(month, _at_least_zero(bill.basis(charges)), bill)
    _early_payment(month, bill)
    if month.actuals.ends and month.number < month.quote.engagement.term_months:
        bill.add_term(termination_line(month.terms.termination, month.number))


def counted_charges(lines: Iterable[InvoiceLine]) -> Decimal:
    """Charges of a month that count for rebates, 0 at least."""
    amounts = (line.amount.amount for line in lines if line.mechanism not in _BESIDE_CHARGES)
    return max(Decimal(0), sum(amounts, Decimal(0)))


def _at_least_zero(basis: Basis) -> Basis:
    """Charges that credits can be a share of; of less than nothing there is no share."""
    return basis if basis.total >= 0 else Basis(Decimal(0), ())


def _indexation(month: Month, charges: tuple[str, ...], bill: Bill) -> None:
    terms, levels = month.terms.indexation, month.actuals.index_levels
    if terms is None or month.year == 1:
        return
    if not levels:
        bill.warnings.append(
            f"index_levels are not stated: prices of year {month.year} are billed as in year 1"
        )
        return
    if len(levels) < month.year:
        bill.warnings.append(
            f"index_levels hold {len(levels)} of the {month.year} levels from the start to this "
            "year's anniversary: later changes are not billed"
        )
    basis = bill.basis(charges)
    bill.add_term(indexation_line(terms, basis.amount, levels[: month.year]), of=basis)


def _exchange_rates(month: Month, charges: tuple[str, ...], bill: Bill) -> None:
    basis = bill.basis(charges)
    for clause in month.terms.fx_clauses:
        rate = month.actuals.fx.get(clause.currency, clause.base_rate)
        bill.add_term(fx_line(clause, basis.amount, rate), of=basis)


def _commitment(month: Month, charges: tuple[str, ...], bill: Bill) -> None:
    terms = month.terms.output_based.minimum_commitment if month.terms.output_based else None
    if terms is None:
        return
    basis, days = bill.basis(charges), month.days
    line = true_up_line(terms, max(Decimal(0), basis.amount), days.served, days.of)
    if line is not None:
        parts = [
            part(ONE, "month", terms.amount, days, what="committed"),
            part(-ONE, "charge", basis, what="less what is charged"),
        ]
        bill.add(TRUE_UP, "", bill.title(TRUE_UP), parts, line.what)


def _surge(month: Month, bill: Bill) -> None:
    terms = month.terms.surge
    if terms is None:
        return
    bill.add_term(standby_line(terms, month.days.served, month.days.of))
    for call in month.actuals.surge:
        for line in call_off_lines(terms, CallOff(call.notice_h, call.people, call.hours)):
            bill.add_term(line)


def _gainshare(month: Month, bill: Bill) -> None:
    terms = month.terms.output_based.gainshare if month.terms.output_based else None
    if terms is not None:
        bill.add_term(gainshare_line(terms, month.actuals.savings))


def _service_levels(month: Month, basis: Basis, bill: Bill) -> None:
    terms = month.terms.sla_credits
    if terms is None:
        return
    at_risk = Basis(basis.total, basis.numbers, terms.at_risk)
    note = f"{terms.at_risk:.0%} of the charges are at risk"
    for line in credit_lines(terms, basis.amount, month.actuals.sla):
        bill.add_term(line, of=at_risk, note=f"{line.what}; {note}")
    for one in month.actuals.earn_back:
        bill.add_term(earn_back_line(terms, one.measure, one.credit, one.results))


def _rebates(month: Month, basis: Basis, bill: Bill) -> None:
    if not month.terms.rebates:
        return
    before = month.actuals.charged_this_year
    for line in rebate_lines(month.terms.rebates, before, basis.amount):
        bill.add_term(line)


def _early_payment(month: Month, bill: Bill) -> None:
    terms, paid = month.terms.early_payment, month.actuals.paid_within_days
    if terms is None or paid is None:
        return
    basis = Basis(bill.total, tuple(range(1, len(bill.lines) + 1)))
    if basis.total > 0:
        bill.add_term(early_payment_line(terms, basis.amount, paid), of=basis)
