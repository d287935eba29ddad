"""What happens to users and API keys, as events of the audit chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.store import events

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.store.events import Origin
    from api.store.identity_tables import CredentialRow, UserRow


def note_user(session: Session, what: str, row: UserRow, by: Origin) -> None:
    """Write down what happened to a user; no name or address, which may have to be forgotten."""
    after = {"role": row.role, "disabled": row.disabled_at is not None}
    events.append(session, f"user.{what}", row.id, by, after=after, subject_type="user")


def note_key(session: Session, what: str, row: CredentialRow, by: Origin) -> None:
    """Write down what happened to an API key."""
    after = {"user_id": row.user_id, "permissions": row.permissions}
    events.append(session, f"key.{what}", row.id, by, after=after, subject_type="key")
