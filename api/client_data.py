"""All that is kept of one client, for the client: nothing of the vendor's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import select

from api.client_view.build import client_quote
from api.store import drafts, events, proposals, quotes
from api.store.identity_tables import UserRow
from api.store.tables import EventRow, QuoteRow
from api.store.times import utc_text
from pricing.quote import Quote

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.store.draft_tables import DraftRow
    from api.store.quotes import StoredQuote

Json = dict[str, Any]
_ABOUT_LIFE = ("number", "revision", "state", "sent_at", "expires_at", "choice", "note")
_OF_SERVICE = ("name", "unit", "volume")


def client_data(session: Session, client: str) -> Json:
    """Collect a client's users, quotes and drafts; offers and proposals of quotes it was sent.

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
        "drafts": [_draft(row) for row in drafts.of_client(session, client)],
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
        "services": _services(stored.engagement),
        "offers": _offers(stored) if stored.lifecycle.sent_at else None,
        "proposals": [
            {"id": one.id, "created_at": one.created_at, "document": one.document}
            for one in proposals.of_quote(session, quote_id)
        ]
        if stored.lifecycle.sent_at
        else [],
        "events": _events(session, quote_id, own),
    }


def _draft(row: DraftRow) -> Json:
    """What somebody has begun to write for the client, which may be anything as yet."""
    engagement = drafts.document(row)["engagement"]
    name = engagement.get("name")
    return {
        "id": row.id,
        "name": name if isinstance(name, str) else None,
        "created_at": utc_text(row.created_at),
        "changed_at": utc_text(row.changed_at),
        "services": _services(engagement),
    }


def _services(engagement: Json) -> list[Json]:
    """The client's work without how the vendor would do it."""
    stated = engagement.get("services")
    return [
        {name: service[name] for name in _OF_SERVICE if name in service}
        for service in (stated if isinstance(stated, list) else [])
        if isinstance(service, dict)
    ]


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
