"""Rate cards in the store; every function works in the transaction it is given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_

from api.store.rate_card_tables import RateCardRow
from api.store.times import utc_text
from pricing.rate_cards import RateCard
from pricing.reading import canonical_json, content_hash

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class RateCardListing:
    """What a list shows of a version."""

    name: str
    version: int
    created_at: str
    created_by: str
    note: str
    content_hash: str


@dataclass(frozen=True)
class StoredRateCard(RateCardListing):
    """A version with its rows."""

    card: RateCard


def add(session: Session, name: str, card: RateCard, created_by: str, note: str) -> StoredRateCard:
    """Store the next version of a card; one that changes nothing is the version there is."""
    data = card.model_dump(mode="json")
    latest = get(session, name)
    digest = content_hash(data)
    if latest is not None and latest.content_hash == digest:
        return latest
    row = RateCardRow(
        name=name,
        version=1 if latest is None else latest.version + 1,
        created_at=datetime.now(UTC),
        created_by=created_by,
        note=note,
        content_hash=digest,
        document=canonical_json(data),
    )
    session.add(row)
    session.flush()
    return _stored(row)


def get(session: Session, name: str, version: int | None = None) -> StoredRateCard | None:
    """Return a version of a card, the newest unless told, or None."""
    query = select(RateCardRow).where(RateCardRow.name == name)
    if version is not None:
        query = query.where(RateCardRow.version == version)
    row = session.scalars(query.order_by(RateCardRow.version.desc()).limit(1)).one_or_none()
    return None if row is None else _stored(row)


def newest(session: Session) -> list[RateCardListing]:
    """The newest version of every card, by name."""
    last = select(RateCardRow.name, func.max(RateCardRow.version)).group_by(RateCardRow.name)
    query = select(RateCardRow).where(
        tuple_(RateCardRow.name, RateCardRow.version).in_(last.subquery().select())
    )
    return [_listing(row) for row in session.scalars(query.order_by(RateCardRow.name))]


def versions(session: Session, name: str) -> list[RateCardListing]:
    """All versions of a card, newest first."""
    query = select(RateCardRow).where(RateCardRow.name == name)
    rows = session.scalars(query.order_by(RateCardRow.version.desc()))
    return [_listing(row) for row in rows]


def _listing(row: RateCardRow) -> RateCardListing:
    return RateCardListing(
        name=row.name,
        version=row.version,
        created_at=utc_text(row.created_at),
        created_by=row.created_by,
        note=row.note,
        content_hash=row.content_hash,
    )


def _stored(row: RateCardRow) -> StoredRateCard:
    card = RateCard.model_validate(json.loads(row.document))
    return StoredRateCard(**vars(_listing(row)), card=card)
