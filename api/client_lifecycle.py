"""Calls of the client that move a quote; each names the version of the quote in hand.

A quote is the document as the vendor or its client read it; whoever changed it since then makes the
server refuse (412).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

Json = dict[str, Any]


class QuoteLifecycle:
    """Revisions, approval, sending, the client's answer, and what happened."""

    def revise(self: Calls, quote: Json, engagement: Json) -> Json:
        """Price another engagement as the next revision of a quote's number."""
        return _move(self, quote, "revisions", engagement)

    def request_approval(self: Calls, quote: Json, note: str | None = None) -> Json:
        """Ask for approval; the answer's ``reasons`` say why it is needed."""
        return _move(self, quote, "request-approval", _stated(note=note))

    def approve(self: Calls, quote: Json, note: str | None = None) -> Json:
        """Approve a quote as it is."""
        return _move(self, quote, "approve", _stated(note=note))

    def reject(self: Calls, quote: Json, note: str) -> Json:
        """Refuse approval: the quote is a draft again."""
        return _move(self, quote, "reject", _stated(note=note))

    def send(self: Calls, quote: Json, note: str | None = None) -> Json:
        """Offer an approved quote to its client."""
        return _move(self, quote, "send", _stated(note=note))

    def accept(
        self: Calls,
        quote: Json,
        method: str | None = None,
        services: dict[str, str] | None = None,
        note: str | None = None,
    ) -> Json:
        """Accept a method for all services, or one for each service."""
        return _move(self, quote, "accept", _stated(method=method, services=services, note=note))

    def decline(self: Calls, quote: Json, note: str | None = None) -> Json:
        """Turn a quote down for good."""
        return _move(self, quote, "decline", _stated(note=note))

    def request_revision(self: Calls, quote: Json, note: str) -> Json:
        """Ask for another offer instead."""
        return _move(self, quote, "request-revision", _stated(note=note))

    def void(self: Calls, quote: Json, note: str) -> Json:
        """Withdraw a quote for good."""
        return _move(self, quote, "void", _stated(note=note))

    def move(
        self: Calls,
        quote: Json,
        action: str,
        *,
        note: str | None = None,
        method: str | None = None,
    ) -> Json:
        """Make one of the changes that `quote_actions` lists, by its name."""
        return _move(self, quote, action, _stated(note=note, method=method))

    def quote_actions(self: Calls, quote_id: str) -> Json:
        """Return where a quote stands, what the caller may do with it, who changed it last."""
        return self._call("GET", f"/v1/quotes/{quote_id}/actions")

    def quote_events(self: Calls, quote_id: str, limit: int = 50, after: str | None = None) -> Json:
        """Return what happened to a quote, oldest first."""
        params = {"limit": str(limit)} | ({} if after is None else {"after": after})
        return self._call("GET", f"/v1/quotes/{quote_id}/events", params=params)


def _move(client: Calls, quote: Json, action: str, body: Json) -> Json:
    path = f"/v1/quotes/{quote['id']}/{action}"
    stands = quote.get("lifecycle") or quote["status"]
    return client._call("POST", path, body, etag=stands["etag"])  # noqa: SLF001


def _stated(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
