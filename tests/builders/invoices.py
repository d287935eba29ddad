"""Quotes for invoices: two teams, two services, three months, priced by hand; no solver."""

from datetime import date
from functools import cache
from typing import Any

from pricing.agreement import agree
from pricing.cost import plan_cost
from pricing.invoice.actuals import Actuals
from pricing.invoice.billing import invoice_month
from pricing.offers import build_offers
from pricing.quote import EngagementSummary, Quote
from pricing.reading import read_document
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


@cache
def _plan():
    years = (year_quantities(**_WORK),)
    return staffing_plan(
        (
            team_plan("claims", "Manila", years, (3.4, 3.9, 3.2)),
            team_plan("helpdesk", "Manila", years, (4.0, 4.1, 4.0)),
        ),
        UNITS,
    )


def quoted(contract: dict[str, Any] | None = None, **commercial: Any) -> Quote:
    """Quote of the plan under a contract; what an invoice does not read is left empty."""
    changes: dict[str, Any] = {f"commercial.{name}": value for name, value in commercial.items()}
    if contract is not None:
        changes["contract"] = contract
    document = engagement(changes, services=[DEFERRABLE, LIVE])
    teams, plan = terms_of(document), _plan()
    offers, _ = build_offers(document, teams, plan, plan_cost(document, teams, plan))
    summary = EngagementSummary(
        name="Small case",
        client="Test client",
        currency="USD",
        start=date(2027, 1, 4),
        end=date(2027, 4, 4),
        term_months=3,
        validity_days=60,
        content_hash="",
    )
    parts: dict[str, Any] = {
        "engagement": summary,
        "offers": offers,
        "staffing": plan,
        "agreement": agree(document, teams, plan, offers),
        "content_hash": "0" * 64,
    }
    return Quote.model_construct(**parts)


def billed(contract: dict[str, Any] | None = None, month: int = 1, **actuals: Any):
    """Both invoices of a month: input-based, output-based."""
    happened = read_document(Actuals, {"schema_version": 1, **actuals})
    return invoice_month(quoted(contract), happened, number=month).invoices


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
