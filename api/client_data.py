"""All that is kept of one client, for the client: nothing of the vendor's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import select

from api.client_view.build import client_quote
from api.store import events, proposals, quotes
from api.store.identity_tables import UserRow
from api.store.tables import EventRow, QuoteRow
from api.store.times import utc_text
from pricing.quote import Quote

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.store.quotes import StoredQuote

Json = dict[str, Any]
_ABOUT_LIFE = ("number", "revision", "state", "sent_at", "expires_at", "choice", "note")
_OF_SERVICE = ("name", "unit", "volume")


def client_data(session: Session, client: str) -> Json:
    """Collect a client's users and quotes; offers and proposals of those it was sent.

    Returns
    -------
    dict
        Plain JSON data.
    """
    ids = session.scalars(
        select(QuoteRow.id).where(QuoteRow.client == client).order_by(QuoteRow.created_at)
    ).all()
    users = session.scalars(
        select(UserRow).where(UserRow.client == client).order_by(UserRow.created_at)
    ).all()
    own = {user.id: user.name for user in users}
    return {
        "client": client,
        "users": [
            {"email": user.email, "name": user.name, "since": utc_text(user.created_at)}
            for user in users
        ],
        "quotes": [_quote(session, quote_id, own) for quote_id in ids],
    }


def _quote(session: Session, quote_id: str, own: dict[str, str]) -> Json:
    stored = quotes.get(session, quote_id)
    assert stored is not None  # noqa: S101 (its id was read in the same transaction)
    life = {name: getattr(stored.lifecycle, name) for name in _ABOUT_LIFE}
    return {
        "id": stored.id,
        "name": stored.document.get("engagement", {}).get("name"),
        "created_at": stored.created_at,
        **life,
        "services": [
            {name: service[name] for name in _OF_SERVICE if name in service}
            for service in stored.engagement.get("services", [])
        ],
        "offers": _offers(stored) if stored.lifecycle.sent_at else None,
        "proposals": [
            {"id": one.id, "created_at": one.created_at, "document": one.document}
            for one in proposals.of_quote(session, quote_id)
        ]
        if stored.lifecycle.sent_at
        else [],
        "events": _events(session, quote_id, own),
    }


def _offers(stored: StoredQuote) -> Json | None:
    """Both offers as the client reads them; of a quote that an earlier version made, none."""
    try:
        quote = Quote.model_validate(stored.document)
    except ValidationError:
        return None
    return client_quote(stored, quote).model_dump(mode="json", include={"offers"})


def _events(session: Session, quote_id: str, own: dict[str, str]) -> list[Json]:
    """What happened to a quote and when; who did it only where that is the client's own user."""
    rows = session.scalars(
        select(EventRow)
        .where(EventRow.subject_type == events.QUOTE, EventRow.subject_id == quote_id)
        .order_by(EventRow.sequence)
    )
    return [{"at": row.at, "type": row.type, "by": own.get(row.actor_id)} for row in rows]
