"""The pages: where each is found, and the permission of the API without which it shows nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.views import (
    account,
    choice,
    client_quotes,
    compare,
    demand,
    explain,
    futures,
    glossary,
    hiring,
    invoice,
    new_quote,
    peak,
    people,
    plan,
    portfolio,
    quote,
    rates,
    risk,
    scenarios,
    sites,
    stored,
    surge,
    what_if,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from api.client import Client

SALES, CLIENT, PLAN, PORTFOLIO, ACCOUNT = "Sales", "Client", "Plan", "Portfolio", "Account"
_READ, _WRITE, _STUDIES = "quotes:read", "quotes:write", "studies"
_CLIENT_VIEW, _SURGE_OFFER, _PROFILE = "client-view", "surge-offer", "profile"


@dataclass(frozen=True)
class PageOf:
    """A page: its section, title, address, the permission it needs, and what renders it."""

    section: str
    title: str
    path: str
    needs: str
    render: Callable[[Client], None]


PAGES = (
    PageOf(SALES, "Quote", "offers", _READ, quote.render),
    PageOf(SALES, "New quote", "new-quote", _WRITE, new_quote.render),
    PageOf(SALES, "What if", "what-if", _WRITE, what_if.render),
    PageOf(SALES, "Scenarios", "scenarios", "scenarios:read", scenarios.render),
    PageOf(SALES, "Explain", "explain", _READ, explain.render),
    PageOf(SALES, "Choice", "choice", _STUDIES, choice.render),
    PageOf(SALES, "Rates", "rates", _STUDIES, rates.render),
    PageOf(SALES, "Risk", "risk", _STUDIES, risk.render),
    PageOf(SALES, "Invoice", "invoice", _READ, invoice.render),
    PageOf(CLIENT, "Your quotes", "your-quotes", _CLIENT_VIEW, client_quotes.render),
    PageOf(CLIENT, "Compare", "compare", _CLIENT_VIEW, compare.render),
    PageOf(CLIENT, "Peaks", "peaks", _SURGE_OFFER, peak.render),
    PageOf(PLAN, "Plan", "plan", _READ, plan.render),
    PageOf(PLAN, "People", "people", _READ, people.render),
    PageOf(PLAN, "Demand", "demand", _STUDIES, demand.render),
    PageOf(PLAN, "Hiring", "hiring", _STUDIES, hiring.render),
    PageOf(PLAN, "Surge", "surge", _STUDIES, surge.render),
    PageOf(PLAN, "Futures", "futures", _STUDIES, futures.render),
    PageOf(PLAN, "Sites", "sites", _STUDIES, sites.render),
    PageOf(PORTFOLIO, "Portfolio", "portfolio", _READ, portfolio.render),
    PageOf(PORTFOLIO, "Stored quotes", "stored", _READ, stored.render),
    PageOf(ACCOUNT, "Glossary", "glossary", _PROFILE, glossary.render),
    PageOf(ACCOUNT, "Your account", "account", _PROFILE, account.render),
)

# Where a person begins: the first page whose permission the API gives.
_BEGIN = (
    (_WRITE, "offers"),
    ("quotes:approve", "stored"),
    (_STUDIES, "plan"),
    (_CLIENT_VIEW, "your-quotes"),
    (_PROFILE, "account"),
)


def pages_for(permissions: Collection[str]) -> list[PageOf]:
    """Return the pages that show something to a caller, in the order of the menu."""
    return [page for page in PAGES if page.needs in permissions]


def first_page(permissions: Collection[str]) -> PageOf | None:
    """Return the page on which a caller begins."""
    paths = {page.path: page for page in pages_for(permissions)}
    found = (paths.get(path) for needed, path in _BEGIN if needed in permissions)
    return next((page for page in found if page is not None), None)
