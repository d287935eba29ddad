"""Signing in: a password for an opaque token, the same answer whatever was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from api.errors import WRONG_CREDENTIALS, RefusedError
from api.identity import passwords
from api.identity.gate import CHALLENGE
from api.identity.tokens import SESSION, digest, hint, new_token
from api.store import credentials, users
from api.store.times import utc_text

if TYPE_CHECKING:
    from api.identity.throttle import Throttle
    from api.store.database import Database
    from api.store.users import User


@dataclass(frozen=True)
class Signed:
    """A session that has begun; the token is shown this once."""

    token: str
    expires_at: str
    user: User


def sign_in(
    store: Database, throttle: Throttle, email: str, password: str, *, address: str, hours: float
) -> Signed:
    """Begin a session.

    Raises
    ------
    RefusedError
        Unknown user, wrong password and disabled user alike (401); too many failures (429).
    """
    email = users.normal_email(email)
    throttle.begin_sign_in(email, address)
    with store.reading() as session:
        row = users.find_row(session, email)
        stored = None if row is None else row.password_hash
        open_to = row is not None and row.disabled_at is None
    right, rehashed = passwords.check(password, stored)
    if stored is None or not (right and open_to):
        raise _wrong()
    throttle.end_sign_in(email, address)
    token, ends = new_token(SESSION), datetime.now(UTC) + timedelta(hours=hours)
    with store.writing() as session:
        row = users.find_row(session, email)
        if row is None or row.disabled_at is not None or row.password_hash != stored:
            raise _wrong()  # since the password was compared
        if rehashed is not None:
            row.password_hash = rehashed
        credentials.forget_old_sessions(session)
        credentials.add(
            session, user_id=row.id, digest=digest(token), hint=hint(token), expires_at=ends
        )
        return Signed(token, utc_text(ends), users.user_of(row))


def _wrong() -> RefusedError:
    return RefusedError(WRONG_CREDENTIALS, "this address and password do not match", CHALLENGE)
