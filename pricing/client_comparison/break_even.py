"""Break-even volume and productivity of every service, and of all as a bundle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.client_comparison.document import BreakEvenView, CrossingView
from pricing.client_comparison.service_under_contract import service_bills
from pricing.client_comparison.staircase import bills_of, cheaper_everywhere
from pricing.money import Money

if TYPE_CHECKING:
    from pricing.client_comparison.equivalents import ServiceTerm
    from pricing.client_comparison.staircase import Bills
    from pricing.quote import Quote

_SHOWN = 20
_PLACES = 6
_VOLUME_PLACES = 2


def break_evens(quote: Quote, terms: tuple[ServiceTerm, ...]) -> list[BreakEvenView]:
    """Bundle first, then every service.

    The bundle moves all services together, a service its own volume alone. Productivity at
    break-even is the input-based bill over the output-based one at plan; units per FTE-month is
    what an FTE-month comes to over what a unit does, of all sites by what is ordered there.
    """
    return [_bundle(quote), *(_service(quote, term) for term in terms)]


def _bundle(quote: Quote) -> BreakEvenView:
    found = quote.comparison
    listed = [
        CrossingView(**crossing.model_dump(include=set(CrossingView.model_fields)))
        for crossing in found.break_even
    ]
    return BreakEvenView(
        name="all services",
        unit=found.volume_unit,
        plan_volume_per_month=found.plan_volume_per_month,
        crossings=_ends(listed),
        left_out=found.break_even_left_out + len(listed) - len(_ends(listed)),
        cheaper_when_no_crossing=found.cheaper_when_no_crossing,
        productivity=found.break_even_productivity,
        units_per_fte_month=found.break_even_units_per_fte_month,
    )


def _service(quote: Quote, term: ServiceTerm) -> BreakEvenView:
    currency = quote.engagement.currency
    under_contract = bool(quote.contract_at_plan)
    bills = (service_bills if under_contract else bills_of)(quote, term.service)
    plan = float(term.units) / quote.engagement.term_months
    listed = _views(bills, plan, currency)
    input_bill, output_bill = term.bills["input_based"], term.bills["output_based"]
    per_fte = input_bill / term.fte_months / (output_bill / term.units)
    return BreakEvenView(
        name=term.service,
        unit=f"units per month ({term.unit})",
        plan_volume_per_month=round(plan, _VOLUME_PLACES),
        crossings=_ends(listed),
        left_out=len(listed) - len(_ends(listed)),
        cheaper_when_no_crossing=None if listed else cheaper_everywhere(bills),
        productivity=round(float(input_bill / output_bill), _PLACES),
        units_per_fte_month={term.service: round(float(per_fte), _VOLUME_PLACES)},
    )


def crossings_at(quote: Quote, bills: Bills, productivity: float) -> tuple[CrossingView, ...]:
    """Break-evens of the bundle if productivity comes out at a share of plan.

    Parameters
    ----------
    quote : Quote
        For its currency and plan volume.
    bills : Bills
        Of the bundle, at plan.
    productivity : float
        Share of plan, 0.1 to 3.
    """
    plan = quote.comparison.plan_volume_per_month
    return _ends(_views(bills.believed(productivity), plan, quote.engagement.currency))


def _views(bills: Bills, plan: float, currency: str) -> list[CrossingView]:
    """Every crossing as the client reads it; `plan` is units a month."""
    return [
        CrossingView(
            volume=round(plan * crossing.share, _VOLUME_PLACES),
            share_of_plan=crossing.share,
            bill=Money.of(bills.both(crossing.share)[1], currency),
            kind="step" if crossing.kind == "step" else "line",
            cheaper_below=crossing.cheaper_below,
            cheaper_above=crossing.cheaper_above,
        )
        for crossing in bills.crossings()
    ]


def _ends(listed: list[CrossingView]) -> tuple[CrossingView, ...]:
    """First and last of very many; an even number is left out, so that offers take turns."""
    if len(listed) <= _SHOWN:
        return tuple(listed)
    half = _SHOWN // 2
    return tuple(listed[:half] + listed[-half - len(listed) % 2 :])
