"""Quotes for invoices: two teams, two services, three months, priced by hand; no solver."""

from functools import cache
from typing import Any

from pricing.agreement import Agreement, agree
from pricing.comparison import compare
from pricing.cost import plan_cost
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.offers import build_offers
from pricing.quote import EngagementSummary, Quote
from pricing.reading import read_document
from staffing.calendar import add_months
from tests.builders.pricing import (
    DEFERRABLE,
    LIVE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

CLAIMS, CALLS = "claims @ Manila", "helpdesk @ Manila"
UNITS: dict[str, tuple[float, ...]] = {
    "claims": (5000.0, 5500.5, 4800.25),
    "helpdesk": (4100.0, 3900.0, 4000.0),
}
_WORK: dict[str, Any] = {"payroll_weeks": 60.0, "scheduled_hours_by_class": {"ordinary": 2000.0}}


def _cycle(values, months):
    return tuple(values[month % len(values)] for month in range(months))


@cache
def _plan(months):
    years = tuple(year_quantities(year, **_WORK) for year in range(1, -(-months // 12) + 1))
    return staffing_plan(
        (
            team_plan("claims", "Manila", years, _cycle((3.4, 3.9, 3.2), months)),
            team_plan("helpdesk", "Manila", years, _cycle((4.0, 4.1, 4.0), months)),
        ),
        {service: _cycle(units, months) for service, units in UNITS.items()},
    )


def quoted(contract: dict[str, Any] | None = None, months: int = 3) -> Quote:
    """Quote of the plan under a contract; what an invoice does not read is left empty."""
    changes = {} if contract is None else {"contract": contract}
    document = engagement(changes, services=[DEFERRABLE, LIVE], term_months=months)
    teams, plan = terms_of(document), _plan(months)
    offers, prices = build_offers(document, teams, plan, plan_cost(document, teams, plan))
    summary = EngagementSummary(
        name="Small case",
        client="Test client",
        currency="USD",
        start=document.start,
        end=add_months(document.start, months),
        term_months=months,
        validity_days=60,
        content_hash="",
    )
    parts: dict[str, Any] = {
        "engagement": summary,
        "offers": offers,
        "staffing": plan,
        "comparison": compare(document, plan, offers, prices),
        "agreement": agree(document, teams, plan, offers),
        "assumptions": (),
        "content_hash": "0" * 64,
    }
    return Quote.model_construct(**parts)


def agreed(contract: dict[str, Any] | None = None, months: int = 3) -> Agreement:
    """What the quote froze of the contract."""
    agreement = quoted(contract, months).agreement
    assert agreement is not None
    return agreement


def billed(
    contract: dict[str, Any] | None = None, month: int = 1, *, months: int = 3, **actuals: Any
):
    """Both invoices of a month: input-based, output-based."""
    happened = read_document(Actuals, {"schema_version": 1, **actuals})
    return invoice_month(quoted(contract, months), happened, number=month).invoices


def charge(invoice, mechanism, about=None):
    """The one line of a mechanism, or None."""
    found = [
        line
        for line in invoice.lines
        if line.mechanism == mechanism and about in {None, line.about}
    ]
    assert len(found) <= 1, mechanism
    return found[0] if found else None


def amount(invoice, mechanism, about=None):
    """What a mechanism comes to; 0 where it leaves no line."""
    found = charge(invoice, mechanism, about)
    return found.amount.amount if found else 0
