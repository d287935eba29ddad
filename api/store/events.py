"""Events: what happened, by whom, in a chain that shows every later change.

An event is written in the transaction of what it tells of. Its hash covers all its fields and the
hash of its predecessor, so that no event can be changed, taken out or put in without all later
hashes changing too.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from api.store import webhooks
from api.store.tables import ChainRow, EventRow
from api.store.times import exact
from pricing.reading import canonical_json, content_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Json = dict[str, Any]

GENESIS: Final = "0" * 64  # stands for the predecessor of the first event
CHAIN: Final = 1
QUOTE: Final = "quote"


@dataclass(frozen=True)
class Origin:
    """Who caused an event, and in which request."""

    id: str
    name: str
    role: str
    request_id: str | None = None


SYSTEM = Origin("system", "crewquote", "system")


@dataclass(frozen=True)
class StoredEvent:
    """One event as it is stored; `before` and `after` are plain JSON data."""

    sequence: int
    id: str
    at: str
    type: str
    subject_type: str
    subject_id: str
    actor_id: str
    actor_name: str
    actor_role: str
    request_id: str | None
    before: Json | None
    after: Json | None
    previous_hash: str
    hash: str


def append(
    session: Session,
    type: str,
    subject_id: str,
    by: Origin,
    *,
    before: Json | None = None,
    after: Json | None = None,
    subject_type: str = QUOTE,
    at: datetime | None = None,
) -> StoredEvent:
    """Add an event to the end of the chain, and return it as stored.

    Parameters
    ----------
    type : str
        What happened, e.g. ``quote.sent``.
    subject_id, subject_type : str
        To what.
    by : Origin
        Who caused it.
    before, after : mapping, optional
        What changed; neither documents nor names of clients, which may have to be deleted.
    """
    chain = session.scalars(
        select(ChainRow).where(ChainRow.id == CHAIN).with_for_update()
    ).one_or_none()
    if chain is None:
        chain = ChainRow(id=CHAIN, sequence=0, hash=GENESIS)
        session.add(chain)
    fields: Json = {
        "sequence": chain.sequence + 1,
        "id": str(uuid.uuid4()),
        "at": exact(at or datetime.now(UTC)),
        "type": type,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "actor_id": by.id,
        "actor_name": by.name,
        "actor_role": by.role,
        "request_id": by.request_id,
        "before": before,
        "after": after,
        "previous_hash": chain.hash,
    }
    event = StoredEvent(**fields, hash=content_hash(fields))
    chain.sequence, chain.hash = event.sequence, event.hash
    session.add(EventRow(**{**asdict(event), "before": _text(before), "after": _text(after)}))
    session.flush()
    webhooks.enqueue(session, event)
    return event


def hash_of(event: StoredEvent) -> str:
    """SHA-256 an event should have, by all its other fields."""
    fields = asdict(event)
    del fields["hash"]
    return content_hash(fields)


def page(
    session: Session, subject_id: str, limit: int, after: int = 0
) -> tuple[list[StoredEvent], bool]:
    """List what happened to a subject, oldest first, and say whether more follow.

    Parameters
    ----------
    after : int
        Sequence of the last event seen.
    """
    query = select(EventRow).where(EventRow.subject_id == subject_id, EventRow.sequence > after)
    rows = session.scalars(query.order_by(EventRow.sequence).limit(limit + 1)).all()
    return [stored(row) for row in rows[:limit]], len(rows) > limit


def last(session: Session, subject_id: str) -> StoredEvent | None:
    """What happened to a subject last, if anything."""
    query = select(EventRow).where(EventRow.subject_id == subject_id)
    row = session.scalars(query.order_by(EventRow.sequence.desc()).limit(1)).first()
    return None if row is None else stored(row)


def stored(row: EventRow) -> StoredEvent:
    """Read an event off its row."""
    values = {name: getattr(row, name) for name in StoredEvent.__dataclass_fields__}
    return StoredEvent(**{**values, "before": _data(row.before), "after": _data(row.after)})


def _text(data: Json | None) -> str | None:
    return None if data is None else canonical_json(data)


def _data(text: str | None) -> Json | None:
    if text is None:
        return None
    data: Json = json.loads(text)
    return data
