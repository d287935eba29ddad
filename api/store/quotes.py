"""Quotes in the store; every function works in the transaction it is given."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import load_only

from api.store import events, lifecycles
from api.store.events import SYSTEM
from api.store.lifecycles import Lifecycle
from api.store.lookup import Lookup
from api.store.tables import LifecycleRow, QuoteRow
from api.store.times import exact, utc_text
from pricing.reading import content_hash

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row
    from sqlalchemy.orm import Session

    from api.store.events import Origin
    from pricing.engagement import Engagement
    from pricing.quote import Quote

CREATED = "quote.created"
_LISTED = (
    "id",
    "created_at",
    "name",
    "client",
    "currency",
    "input_bill",
    "output_bill",
    "content_hash",
    "variant_of",
)
_UNCHANGING = (*_LISTED, "engagement_hash", "reproducible", "engagement", "quote")


# Columns of the tables, no rows of the session: reading a quote is what is asked most.
_QUOTE, _LIFE = QuoteRow.__table__.c, LifecycleRow.__table__.c
_HEAD_ONLY = (
    select(
        *(_QUOTE[name] for name in ("id", "created_at", "variant_of", "content_hash")),
        *(_LIFE[name] for name in Lifecycle.__dataclass_fields__),
    )
    .join_from(QuoteRow.__table__, LifecycleRow.__table__)
    .where(_QUOTE.id == bindparam("quote_id"))
)
HEAD = Lookup(_HEAD_ONLY)
_ONE = _HEAD_ONLY.add_columns(_QUOTE.quote, _QUOTE.engagement)
_TEXT = select(_QUOTE.quote).where(_QUOTE.id == bindparam("quote_id"))


@dataclass(frozen=True)
class QuoteHead:
    """What the store adds to a quote."""

    id: str
    created_at: str
    variant_of: str | None
    lifecycle: Lifecycle


@dataclass(frozen=True)
class StoredQuote:
    """A quote with what the store adds: JSON texts, which are read only where it is asked for."""

    id: str
    created_at: str
    variant_of: str | None
    document_text: str
    engagement_text: str
    lifecycle: Lifecycle

    @cached_property
    def document(self) -> dict[str, Any]:
        """The quote as plain JSON data."""
        data: dict[str, Any] = json.loads(self.document_text)
        return data

    @cached_property
    def engagement(self) -> dict[str, Any]:
        """The engagement as plain JSON data."""
        data: dict[str, Any] = json.loads(self.engagement_text)
        return data


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
    number: str
    revision: int
    state: str
    place: tuple[datetime, str]


@dataclass(frozen=True)
class Wanted:
    """Which quotes to list; what is None does not matter."""

    state: str | None = None
    client: str | None = None
    number: str | None = None
    sent: bool | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Revision:
    """Which revision of which number a quote is, and of which quote it was made."""

    number: str
    revision: int
    revision_of: str


def add(
    session: Session,
    engagement: Engagement,
    quote: Quote,
    variant_of: str | None = None,
    *,
    by: Origin = SYSTEM,
    at: datetime | None = None,
    revision: Revision | None = None,
) -> StoredQuote:
    """Store a priced quote as a draft, and return it with its id and time.

    Parameters
    ----------
    by : Origin
        Who had it priced.
    at : datetime, optional
        When; now by default.
    revision : Revision, optional
        Place among the revisions of a number; by default it is the first of the next number.
    """
    at = at or datetime.now(UTC)
    row = QuoteRow(
        id=str(uuid.uuid4()),
        created_at=at,
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
    number = revision.number if revision else lifecycles.next_number(session, at.year)
    life = lifecycles.start(session, row.id, by.id, number, revision.revision if revision else 1)
    after = {
        **lifecycles.record(life),
        "revision_of": revision.revision_of if revision else None,
        "content_hash": row.content_hash,
        "stored_hash": stored_hash(row),
    }
    events.append(session, CREATED, row.id, by, after=after, at=at)
    return _stored(row, lifecycles.of(life))


def stored_hash(row: QuoteRow) -> str:
    """SHA-256 of everything of a quote that never changes, as the event of its making keeps it."""
    values = {name: getattr(row, name) for name in _UNCHANGING}
    return content_hash({**values, "created_at": exact(row.created_at)})


def get(session: Session | Connection, quote_id: str) -> StoredQuote | None:
    """Return a quote, or None."""
    row = session.execute(_ONE, {"quote_id": quote_id}).one_or_none()
    return None if row is None else _stored(row, lifecycles.of(row))


def head(row: Row[Any]) -> QuoteHead:
    """Read a quote without its document off the row that `HEAD` found."""
    made = utc_text(row.created_at)
    return QuoteHead(row.id, made, row.variant_of, lifecycles.of(row))


def text(connection: Session | Connection, quote_id: str) -> str | None:
    """Return the document of a quote as it is stored, or None."""
    found: str | None = connection.execute(_TEXT, {"quote_id": quote_id}).scalar_one_or_none()
    return found


def sent_to(session: Session, quote_id: str, client: str) -> bool:
    """Whether a quote is one that a client was sent, whatever became of it since."""
    own = select(QuoteRow.id).join(LifecycleRow).where(QuoteRow.id == quote_id)
    own = own.where(QuoteRow.client == client, LifecycleRow.sent_at.is_not(None))
    return session.scalar(own) is not None


def page(
    session: Session,
    limit: int,
    starting_after: str | None,
    *,
    after: tuple[datetime, str] | None = None,
    wanted: Wanted = EVERYTHING,
) -> tuple[list[QuoteListing], bool]:
    """List quotes, newest first, after the one named.

    Parameters
    ----------
    starting_after : str or None
        Id of the last quote seen.
    after : tuple of datetime and str, optional
        Time and id of the last quote seen, which may be gone by now.
    wanted : Wanted
        Which quotes.

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
    columns = [getattr(QuoteRow, name) for name in _LISTED]
    query = select(QuoteRow, LifecycleRow).join(LifecycleRow).options(load_only(*columns))
    query = query.order_by(QuoteRow.created_at.desc(), QuoteRow.id.desc()).limit(limit + 1)
    for column, value in (
        (LifecycleRow.state, wanted.state),
        (LifecycleRow.number, wanted.number),
        (QuoteRow.client, wanted.client),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.sent is not None:
        query = query.where(LifecycleRow.sent_at.is_not(None) == wanted.sent)
    if starting_after is not None:
        last = session.get(QuoteRow, starting_after)
        if last is None:
            raise KeyError(starting_after)
        after = (last.created_at, last.id)
    if after is not None:
        query = query.where(tuple_(QuoteRow.created_at, QuoteRow.id) < tuple_(*after))
    rows = session.execute(query).all()
    return [_listing(row, life) for row, life in rows[:limit]], len(rows) > limit


def _stored(row: QuoteRow | Row[Any], life: Lifecycle) -> StoredQuote:
    return StoredQuote(
        id=row.id,
        created_at=utc_text(row.created_at),
        variant_of=row.variant_of,
        document_text=row.quote,
        engagement_text=row.engagement,
        lifecycle=life,
    )


def _listing(row: QuoteRow, life: LifecycleRow) -> QuoteListing:
    values = {name: getattr(row, name) for name in _LISTED}
    return QuoteListing(
        **{**values, "created_at": utc_text(row.created_at)},
        number=life.number,
        revision=life.revision,
        state=life.state,
        place=(row.created_at, row.id),
    )
