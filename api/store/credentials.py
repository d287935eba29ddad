"""Sessions and API keys in the store; every function works in the transaction it is given."""

from __future__ import annotations

import hmac
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from api.store.identity_tables import CredentialRow
from api.store.times import utc_text, utc_text_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

KEPT_AFTER_ITS_END = timedelta(days=30)
USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Key:
    """An API key as a list shows it."""

    id: str
    name: str
    hint: str
    user_id: str
    user_email: str
    permissions: list[str]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None


def add(
    session: Session,
    *,
    user_id: str,
    digest: str,
    hint: str,
    expires_at: datetime | None,
    name: str | None = None,
    permissions: Iterable[str] | None = None,
) -> CredentialRow:
    """Store a credential by the hash of its token: a key if it has a name, a session if not."""
    row = CredentialRow(
        id=str(uuid.uuid4()),
        user_id=user_id,
        digest=digest,
        hint=hint,
        name=name,
        permissions=None if permissions is None else json.dumps(sorted(permissions)),
        created_at=datetime.now(UTC),
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row


def valid(session: Session, digest: str) -> CredentialRow | None:
    """Return the credential with this hash, unless it has ended or its user is disabled."""
    row = session.scalar(select(CredentialRow).where(CredentialRow.digest == digest))
    if row is None or not hmac.compare_digest(row.digest, digest):
        return None
    ended = row.expires_at is not None and row.expires_at <= datetime.now(UTC)
    if ended or row.revoked_at is not None or row.user.disabled_at is not None:
        return None
    return row


def due_for_a_note(row: CredentialRow) -> bool:
    """Whether the last noted use is long enough ago to write another."""
    return row.used_at is None or row.used_at + USE_IS_NOTED_EVERY <= datetime.now(UTC)


def note_use(session: Session, credential_id: str) -> None:
    """Write down that a credential was used now."""
    used = (
        update(CredentialRow)
        .where(CredentialRow.id == credential_id)
        .values(used_at=datetime.now(UTC))
    )
    session.execute(used)


def revoke(session: Session, credential_id: str) -> None:
    """End a credential, once."""
    _revoke(session, CredentialRow.id == credential_id)


def revoke_all(session: Session, user_id: str, *, but: str | None = None) -> None:
    """End all credentials of a user, sessions and keys, or all but one."""
    _revoke(session, CredentialRow.user_id == user_id, CredentialRow.id != (but or ""))


def end_sessions(session: Session, user_id: str, *, but: str | None = None) -> None:
    """End all sessions of a user, or all but one; API keys go on."""
    _revoke(
        session,
        CredentialRow.user_id == user_id,
        CredentialRow.name.is_(None),
        CredentialRow.id != (but or ""),
    )


def forget_old_sessions(session: Session) -> None:
    """Drop sessions that ended long ago."""
    long_ago = datetime.now(UTC) - KEPT_AFTER_ITS_END
    old = delete(CredentialRow).where(
        CredentialRow.name.is_(None), CredentialRow.expires_at < long_ago
    )
    session.execute(old)


def keys(session: Session, user_id: str | None) -> list[Key]:
    """List API keys, newest first: of one user, or of all."""
    query = select(CredentialRow).where(CredentialRow.name.is_not(None))
    if user_id is not None:
        query = query.where(CredentialRow.user_id == user_id)
    query = query.order_by(CredentialRow.created_at.desc(), CredentialRow.id)
    return [key_of(row) for row in session.scalars(query)]


def get_key(session: Session, key_id: str) -> CredentialRow | None:
    """Return the row of an API key, or None."""
    row = session.get(CredentialRow, key_id)
    return None if row is None or row.name is None else row


def key_of(row: CredentialRow) -> Key:
    """What a list shows of a key's row."""
    return Key(
        id=row.id,
        name=row.name or "",
        hint=row.hint,
        user_id=row.user_id,
        user_email=row.user.email,
        permissions=json.loads(row.permissions or "[]"),
        created_at=utc_text(row.created_at),
        expires_at=utc_text_or_none(row.expires_at),
        revoked_at=utc_text_or_none(row.revoked_at),
        used_at=utc_text_or_none(row.used_at),
    )


def _revoke(session: Session, *which: object) -> None:
    live = update(CredentialRow).where(CredentialRow.revoked_at.is_(None), *which)  # type: ignore[arg-type]
    session.execute(live.values(revoked_at=datetime.now(UTC)))
