"""Keys of requests in the store, and the answers kept for a retry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select

from api.store.lookup import Lookup
from api.store.work_tables import IdempotencyRow

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from api.store.database import Database

KEPT = timedelta(hours=24)


_KEY = IdempotencyRow.__table__.c
_ONE = select(_KEY.request_hash, _KEY.status, _KEY.headers, _KEY.body).where(
    _KEY.caller_id == bindparam("caller_id"),
    _KEY.key == bindparam("key"),
    _KEY.created_at >= bindparam("since"),
)
_LOOKUP = Lookup(_ONE)


@dataclass(frozen=True)
class KeptAnswer:
    """An answer as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class KnownKey:
    """A key that was used before; without an answer its request is still under way."""

    request_hash: str
    answer: KeptAnswer | None


def find(session: Session, caller_id: str, key: str) -> KnownKey | None:
    """Return what a caller's key was used for within the last 24 hours, or None."""
    return _known(session.execute(_ONE, _asked(caller_id, key)).one_or_none())


def find_in(store: Database, caller_id: str, key: str) -> KnownKey | None:
    """Return the same where no transaction is open."""
    return _known(store.find(_LOOKUP, **_asked(caller_id, key)))


def _asked(caller_id: str, key: str) -> dict[str, object]:
    return {"caller_id": caller_id, "key": key, "since": datetime.now(UTC) - KEPT}


def _known(row: Row[*tuple[Any, ...]] | None) -> KnownKey | None:
    if row is None:
        return None
    if row.status is None:
        return KnownKey(row.request_hash, None)
    answer = KeptAnswer(row.status, json.loads(row.headers or "{}"), row.body or b"")
    return KnownKey(row.request_hash, answer)


def claim(session: Session, caller_id: str, key: str, request_hash: str) -> None:
    """Take a key that `find` did not know, and forget all that are older than 24 hours.

    Raises
    ------
    IntegrityError
        Another transaction took it in the meantime.
    """
    now = datetime.now(UTC)
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.created_at < now - KEPT))
    session.add(
        IdempotencyRow(caller_id=caller_id, key=key, request_hash=request_hash, created_at=now)
    )
    session.flush()


def complete(session: Session, caller_id: str, key: str, answer: KeptAnswer) -> None:
    """Keep the answer of a key that was claimed."""
    row = session.get_one(IdempotencyRow, (caller_id, key))
    row.status = answer.status
    row.headers = json.dumps(answer.headers)
    row.body = answer.body


def release(session: Session, caller_id: str, key: str) -> None:
    """Free a key whose request came to nothing, so that it may be tried again."""
    session.execute(
        delete(IdempotencyRow).where(
            IdempotencyRow.caller_id == caller_id, IdempotencyRow.key == key
        )
    )
