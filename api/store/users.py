"""Users in the store; every function works in the transaction it is given."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from api.identity.caller import Role
from api.store.identity_tables import UserRow
from api.store.times import utc_text, utc_text_or_none

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class User:
    """A user as others may see it: without the hash of its password."""

    id: str
    email: str
    name: str
    role: Role
    client: str | None
    created_at: str
    disabled_at: str | None


class EmailTakenError(Exception):
    """Another user signs in with this address."""


class LastAdminError(Exception):
    """Nobody would be left to manage users."""


def normal_email(email: str) -> str:
    """An address as it is stored and compared: without regard to case."""
    return email.strip().casefold()


def add(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role,
    client: str | None,
    password_hash: str,
) -> User:
    """Store a user.

    Raises
    ------
    EmailTakenError
        The address is another user's.
    """
    if find_row(session, email) is not None:
        raise EmailTakenError
    row = UserRow(
        id=str(uuid.uuid4()),
        email=normal_email(email),
        name=name,
        role=role,
        client=client,
        password_hash=password_hash,
        created_at=datetime.now(UTC),
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # added by another since we looked
        raise EmailTakenError from None
    return user_of(row)


def find_row(session: Session, email: str) -> UserRow | None:
    """Return the row of whoever signs in with this address."""
    return session.scalar(select(UserRow).where(UserRow.email == normal_email(email)))


def get(session: Session, user_id: str) -> UserRow | None:
    """Return a user's row, or None."""
    return session.get(UserRow, user_id)


def page(session: Session, limit: int, starting_after: str | None) -> tuple[list[User], bool]:
    """List users by address, after the one named, and say whether more follow.

    Raises
    ------
    KeyError
        When `starting_after` names no user.
    """
    query = select(UserRow).order_by(UserRow.email).limit(limit + 1)
    if starting_after is not None:
        last = get(session, starting_after)
        if last is None:
            raise KeyError(starting_after)
        query = query.where(UserRow.email > last.email)
    rows = session.scalars(query).all()
    return [user_of(row) for row in rows[:limit]], len(rows) > limit


def ensure_an_admin(session: Session) -> None:
    """Check that somebody can still manage users.

    Raises
    ------
    LastAdminError
        No admin would be left.
    """
    session.flush()
    admins = select(UserRow.id).where(UserRow.role == Role.ADMIN, UserRow.disabled_at.is_(None))
    if not session.scalars(admins.with_for_update()).all():
        raise LastAdminError


def user_of(row: UserRow) -> User:
    """What others may see of a row."""
    return User(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        client=row.client,
        created_at=utc_text(row.created_at),
        disabled_at=utc_text_or_none(row.disabled_at),
    )
