"""Savings against in-house: total of ownership, present value, payback (pricing-facts 5.6).

    in-house    = pay (1 + burden) + idle capacity + recruiting + training + management + software
                  + facilities
    outsourced  = bill (1 + governance + rework + travel_legal_security + exit_reserve)
                  + retained x in-house + selection x first year's bill + overlap x in-house
    saving      = in-house - outsourced        share = saving / in-house

In-house stays at plan volume in every case, also where the bill is at its P90 because more volume
came: more people would be needed there too, so the saving errs low.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pricing.client_comparison.savings_document import (
    OutsourcedLine,
    OwnTeam,
    SavingCase,
    Savings,
)
from pricing.client_comparison.wording import OFFERS, percent, sentence
from pricing.money import Money, quantize_amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pricing.client_comparison.savings_document import Case
    from pricing.in_house import InHouseCosts
    from pricing.quote import Method, Offer, Quote

_MONTHS = 12
_PLACES = 4
_SHARES_OF_BILL = ("governance", "rework", "travel_legal_security", "exit_reserve")


def savings(quote: Quote) -> Savings | None:
    """Compare both offers with the in-house side of a quote, if it has one."""
    own = quote.in_house
    if own is None:
        return None
    withheld = unsourced_pay(quote)
    cases = () if withheld else tuple(_cases(quote, own))
    return Savings(
        country=own.country,
        hours_per_week=own.hours_per_week,
        formula=own.formula,
        teams=tuple(
            OwnTeam(
                **team.model_dump(include=set(OwnTeam.model_fields) - {"pay_per_hour"}),
                pay_per_hour=None if team.pay_quality == "unsourced" else team.pay_per_hour,
            )
            for team in own.teams
        ),
        withheld=withheld,
        headline=_headline(quote, cases) if cases else None,
        in_house_lines=() if withheld else own.lines,
        in_house_total=None if withheld else own.total,
        cases=cases,
    )


def unsourced_pay(quote: Quote) -> tuple[str, ...]:
    """Say why no saving is claimed: pay on either side that rests on no source.

    Returns
    -------
    tuple of str
        Empty where all pay has a source.
    """
    own = quote.in_house
    reasons = []
    if own and own.unsourced_pay:
        services = ", ".join(own.unsourced_pay)
        reasons.append(
            f"the in-house pay for {services} has no source: state it in in_house.staff with one"
        )
    named = {item.path for item in (own.assumptions if own else ())}
    if any(is_pay(path) and path not in named for path in quote.unsourced):
        reasons.append("the pay behind the quoted prices has no source yet")
    return tuple(reasons)


def is_pay(path: str) -> bool:
    """Whether an assumption is the pay of somebody who does the work."""
    return path.startswith("wages[") or (path.startswith("sites[") and ".wages." in path)


def _cases(quote: Quote, own: InHouseCosts) -> list[SavingCase]:
    made = []
    spreads = {spread.method: spread for spread in quote.risk.spreads}
    for offer in (quote.offers.input_based, quote.offers.output_based):
        spread = spreads[offer.method]
        bills: dict[Case, Decimal] = {
            "expected": offer.term.expected_bill.amount,
            "p50": spread.bill_p50.amount,
            "p90": spread.bill_p90.amount,
        }
        made += [
            saving_case(offer, case, bill, own, quote.engagement.term_months)
            for case, bill in bills.items()
        ]
    return made


def saving_case(
    offer: Offer, case: Case, bill: Decimal, own: InHouseCosts, term_months: int
) -> SavingCase:
    """One offer at one level of its bill, against in-house.

    Parameters
    ----------
    offer : Offer
        Its expected bills give the shape over the years.
    case : str
        Name of the level.
    bill : Decimal
        Bill over the term at that level.
    own : InHouseCosts
        In-house side.
    term_months : int
        Length of the term.
    """
    currency, shares = own.total.currency, own.outsourcing
    level = bill / offer.term.expected_bill.amount
    bill_by_year = [year.expected_bill.amount * level for year in offer.per_year]
    in_house_by_year = [year.amount for year in own.total_by_year]
    first_months = min(_MONTHS, term_months)
    overlap = shares["overlap_months"] * in_house_by_year[0] / first_months
    lines = {
        "bill": bill,
        **{name: shares[name] * bill for name in _SHARES_OF_BILL},
        "retained": shares["retained"] * sum(in_house_by_year, Decimal(0)),
        "selection": shares["selection"] * bill_by_year[0],
        "overlap": overlap,
    }
    rounded = {name: quantize_amount(amount, currency) for name, amount in lines.items()}
    total = sum(rounded.values(), Decimal(0))
    saving = own.total.amount - total
    flows = monthly_flows(bill_by_year, in_house_by_year, shares, term_months)
    at_start = rounded["selection"] + rounded["overlap"]
    flows[-1] -= rounded["exit_reserve"]
    return SavingCase(
        method=offer.method,
        case=case,
        lines=tuple(
            OutsourcedLine(name=name, amount=Money.of(amount, currency))
            for name, amount in rounded.items()
        ),
        total=Money.of(total, currency),
        saving=Money.of(saving, currency),
        share=round(float(saving / own.total.amount), _PLACES) if own.total.amount else 0.0,
        npv=Money.of(present_value(at_start, flows, shares["discount_rate"]), currency),
        payback_month=payback_month(at_start, flows),
    )


def monthly_flows(
    bill_by_year: list[Decimal],
    in_house_by_year: list[Decimal],
    shares: Mapping[str, Decimal],
    term_months: int,
) -> list[Decimal]:
    """Running saving of every month: in-house less bill, its shares and the retained team.

    Years are spread evenly over their months; one-off outlays and the exit reserve are apart.
    """
    running = 1 + sum((shares[name] for name in _SHARES_OF_BILL if name != "exit_reserve"), 0)
    flows = []
    for year, (bill, in_house) in enumerate(zip(bill_by_year, in_house_by_year, strict=True)):
        months = min(_MONTHS, term_months - _MONTHS * year)
        saved = in_house * (1 - shares["retained"]) - bill * running
        flows += [saved / months] * months
    return flows


def present_value(at_start: Decimal, flows: list[Decimal], yearly_rate: Decimal) -> Decimal:
    """Net present value of a spend at the start and of flows at the end of each month."""
    monthly = (1 + yearly_rate) ** (Decimal(1) / _MONTHS)
    value, factor = -at_start, Decimal(1)
    for flow in flows:
        factor *= monthly
        value += flow / factor
    return value


def payback_month(at_start: Decimal, flows: list[Decimal]) -> int | None:
    """First month (1 first) from whose end on the sum of all flows is never below zero again."""
    balance, since = -at_start, None
    for month, flow in enumerate(flows, start=1):
        balance += flow
        if balance < 0:
            since = None
        elif since is None:
            since = month
    return since


def _headline(quote: Quote, cases: tuple[SavingCase, ...]) -> str:
    """One sentence on the offer that saves more at P50, with its P90."""
    at = {(one.method, one.case): one for one in cases}
    methods: tuple[Method, ...] = ("input_based", "output_based")
    best = max(methods, key=lambda method: at[method, "p50"].saving.amount)
    mid, high = at[best, "p50"], at[best, "p90"]
    months = quote.engagement.term_months
    if mid.saving.amount <= 0:
        return (
            f"In-house is cheaper over {months} months: {OFFERS[best]} takes "
            f"{percent(-mid.share, 0)} more than in-house at P50 of the bill, "
            f"{percent(-high.share, 0)} at P90."
        )
    back = mid.payback_month
    when = "it does not pay back within the term" if back is None else f"pays back in month {back}"
    return (
        f"{sentence(OFFERS[best])} saves {percent(mid.share, 0)} of the in-house total over "
        f"{months} months at P50 of the bill and {percent(high.share, 0)} at P90; {when}."
    )
