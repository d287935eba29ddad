"""From stored quotes to what their client reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.client_view.document import ClientListing, ClientOffer, ClientQuote
from api.lifecycle.answers import status
from pricing.client_comparison import client_comparison

if TYPE_CHECKING:
    from api.store.quotes import QuoteListing, StoredQuote
    from pricing.client_comparison.document import OfferView
    from pricing.quote import Quote

_ABOUT = {"name", "client", "currency", "start", "end", "term_months", "validity_days"}


def client_quote(stored: StoredQuote, quote: Quote) -> ClientQuote:
    """Cut a stored quote down to what its client may read."""
    seen = client_comparison(quote)
    one, two = (_offer(offer) for offer in seen.offers)
    here = f"/v1/quotes/{stored.id}"
    return ClientQuote(
        **seen.model_dump(include=_ABOUT),
        id=stored.id,
        status=status(stored.lifecycle),
        offers=(one, two),
        links={
            "comparison": f"{here}/comparison",
            "bills": f"{here}/bills",
            "invoices": f"{here}/invoices",
            "proposals": f"{here}/proposals",
            "accept": f"{here}/accept",
            "decline": f"{here}/decline",
            "request_revision": f"{here}/request-revision",
            "surge_offer": f"/v1/client/quotes/{stored.id}/surge-offer",
        },
    )


def client_listing(row: QuoteListing) -> ClientListing:
    """Cut a row of a list down to what a client may read."""
    return ClientListing(**{name: getattr(row, name) for name in ClientListing.model_fields})


def _offer(offer: OfferView) -> ClientOffer:
    return ClientOffer(**{name: getattr(offer, name) for name in ClientOffer.model_fields})
