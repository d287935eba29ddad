"""Drafts in the store; every function works in the transaction it is given."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from api.store.draft_tables import DraftRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    Json = dict[str, Any]

KEPT = timedelta(days=90)  # since their last change
MOST_OF_ONE = 50
_NAME = re.compile(r"[^\x00-\x1f\ud800-\udfff]{1,120}")


def add(session: Session, owner_id: str, document: Json, at: datetime) -> DraftRow:
    """Store a draft; of its owner's the oldest go beyond fifty, and all that are long unchanged."""
    session.execute(delete(DraftRow).where(DraftRow.changed_at < at - KEPT))
    row = DraftRow(id=str(uuid.uuid4()), owner_id=owner_id, version=0, created_at=at, changed_at=at)
    write(row, document, at)
    session.add(row)
    session.flush()
    for old in of_owner(session, owner_id)[MOST_OF_ONE:]:
        session.delete(old)
    return row


def write(row: DraftRow, document: Json, at: datetime) -> None:
    """Put another document in the place of a draft's."""
    client = document["engagement"].get("client")
    # What no quote can be for is nobody's name; not every store takes every character.
    row.client = client if isinstance(client, str) and _NAME.fullmatch(client) else None
    row.document = json.dumps(document)
    row.version += 1
    row.changed_at = at


def document(row: DraftRow) -> Json:
    """What is written: ``engagement`` and ``revises``."""
    held: Json = json.loads(row.document)
    return held


def own(
    session: Session, draft_id: str, owner_id: str, *, to_change: bool = False
) -> DraftRow | None:
    """Return a draft of an owner, or None; held for a change where one is meant."""
    query = select(DraftRow).where(DraftRow.id == draft_id, DraftRow.owner_id == owner_id)
    return session.scalars(query.with_for_update() if to_change else query).one_or_none()


def of_owner(session: Session, owner_id: str) -> Sequence[DraftRow]:
    """An owner's drafts, the last changed first."""
    query = select(DraftRow).where(DraftRow.owner_id == owner_id)
    return session.scalars(query.order_by(DraftRow.changed_at.desc(), DraftRow.id)).all()


def of_client(session: Session, client: str) -> Sequence[DraftRow]:
    """All drafts for a client, whoever writes them, in the order they were begun."""
    query = select(DraftRow).where(DraftRow.client == client)
    return session.scalars(query.order_by(DraftRow.created_at, DraftRow.id)).all()


def forget_client(session: Session, client: str) -> None:
    """Delete every draft for a client."""
    session.execute(delete(DraftRow).where(DraftRow.client == client))
