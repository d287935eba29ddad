"""Quotes in the store; every function works in the transaction it is given."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import load_only

from api.store.tables import QuoteRow
from api.store.times import utc_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pricing.engagement import Engagement
    from pricing.quote import Quote


@dataclass(frozen=True)
class StoredQuote:
    """A quote with what the store adds; `document` and `engagement` are plain JSON data."""

    id: str
    created_at: str
    variant_of: str | None
    document: dict[str, Any]
    engagement: dict[str, Any]


@dataclass(frozen=True)
class QuoteListing:
    """What a list shows of a quote."""

    id: str
    created_at: str
    name: str
    client: str
    currency: str
    input_bill: str
    output_bill: str
    content_hash: str
    variant_of: str | None


def add(
    session: Session, engagement: Engagement, quote: Quote, variant_of: str | None = None
) -> StoredQuote:
    """Store a priced quote and return it with its id and time."""
    row = QuoteRow(
        id=str(uuid.uuid4()),
        created_at=datetime.now(UTC),
        name=quote.engagement.name,
        client=quote.engagement.client,
        currency=quote.engagement.currency,
        input_bill=str(quote.offers.input_based.term.expected_bill.amount),
        output_bill=str(quote.offers.output_based.term.expected_bill.amount),
        engagement_hash=quote.engagement.content_hash,
        content_hash=quote.content_hash,
        reproducible=quote.reproducible,
        engagement=json.dumps(engagement.model_dump(mode="json")),
        quote=json.dumps(quote.model_dump(mode="json")),
        variant_of=variant_of,
    )
    session.add(row)
    session.flush()
    return _stored(row)


def get(session: Session, quote_id: str) -> StoredQuote | None:
    """Return a quote, or None."""
    row = session.get(QuoteRow, quote_id)
    return None if row is None else _stored(row)


def sent_to(session: Session, quote_id: str, client: str) -> bool:
    """Whether a quote is one that a client was sent."""
    own = select(QuoteRow.id).where(QuoteRow.id == quote_id, QuoteRow.client == client)
    return session.scalar(own) is not None


def page(
    session: Session, limit: int, starting_after: str | None, *, client: str | None = None
) -> tuple[list[QuoteListing], bool]:
    """List quotes, newest first, after the one named.

    Returns
    -------
    listings : list of QuoteListing
        At most `limit`.
    has_more : bool
        Whether older ones follow.

    Raises
    ------
    KeyError
        When `starting_after` names no quote.
    """
    columns = [getattr(QuoteRow, name) for name in QuoteListing.__dataclass_fields__]
    query = select(QuoteRow).options(load_only(*columns))
    query = query.order_by(QuoteRow.created_at.desc(), QuoteRow.id.desc()).limit(limit + 1)
    if client is not None:
        query = query.where(QuoteRow.client == client)
    if starting_after is not None:
        last = session.get(QuoteRow, starting_after)
        if last is None or client not in {None, last.client}:
            raise KeyError(starting_after)
        query = query.where(
            tuple_(QuoteRow.created_at, QuoteRow.id) < tuple_(last.created_at, last.id)
        )
    rows = session.scalars(query).all()
    return [_listing(row) for row in rows[:limit]], len(rows) > limit


def _stored(row: QuoteRow) -> StoredQuote:
    return StoredQuote(
        id=row.id,
        created_at=utc_text(row.created_at),
        variant_of=row.variant_of,
        document=json.loads(row.quote),
        engagement=json.loads(row.engagement),
    )


def _listing(row: QuoteRow) -> QuoteListing:
    values = {name: getattr(row, name) for name in QuoteListing.__dataclass_fields__}
    return QuoteListing(**{**values, "created_at": utc_text(row.created_at)})
