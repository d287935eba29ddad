"""Quotes made by hand for the store: a few fields and no plan, stored in a millisecond."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from api.lifecycle import transitions
from api.lifecycle.transitions import Move
from api.store import quotes
from api.store.events import Origin

MONDAY = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
SALES = Origin("u-sales", "Sam Sales", "sales")
APPROVER = Origin("u-approver", "Ann Approver", "approver")
CLIENT = Origin("u-client", "Cleo Client", "client")
CHOICE = {"claims": "output_based"}


@dataclass(frozen=True)
class HandMade:
    """What the store reads of a document."""

    data: dict[str, object] = field(default_factory=dict)
    content_hash: str = "c" * 64

    def model_dump(self, mode):
        assert mode == "json"
        return self.data


class HandMadeQuote(HandMade):
    """A quote with two bills."""

    reproducible = True
    engagement = SimpleNamespace(
        name="Claims 2027", client="Acme", currency="USD", content_hash="e" * 64
    )
    offers = SimpleNamespace(
        input_based=SimpleNamespace(term=SimpleNamespace(expected_bill=SimpleNamespace(amount=1))),
        output_based=SimpleNamespace(term=SimpleNamespace(expected_bill=SimpleNamespace(amount=2))),
    )


def add_quote(session, by=SALES, at=MONDAY, revision=None):
    """Store a quote made by hand as a draft, and return it."""
    quote = HandMadeQuote({"offers": "by hand", "engagement": {"validity_days": 30}})
    document: Any = quote
    engagement: Any = HandMade()
    return quotes.add(session, engagement, document, by=by, at=at, revision=revision)


def send_quote(session, quote_id, days=30, at=MONDAY):
    """Have a stored quote approved and sent to its client."""
    transitions.request_approval(session, quote_id, Move(SALES, at), ())
    return transitions.send(session, quote_id, Move(SALES, at), days)
