"""Users of every role in a store, each with a token, made without the slow hash of a password."""

import secrets
from datetime import UTC, datetime, timedelta

from pwdlib.hashers.argon2 import Argon2Hasher

from api.identity.caller import Role
from api.identity.tokens import KEY, SESSION, digest, hint, new_token
from api.store import credentials, users

QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
NO_PASSWORD = QUICK.hash(secrets.token_hex())  # of none that anybody knows


def add_user(store, role, *, client=None, email=None, password_hash=NO_PASSWORD):
    """A user; of a client's side with a client."""
    with store.writing() as session:
        return users.add(
            session,
            email=email or f"{role}.{secrets.token_hex(4)}@example.org",
            name=f"{role} of the tests",
            role=Role(role),
            client=client,
            password_hash=password_hash,
        )


def token_of(store, user, *, hours=1.0, permissions=None, name=None):
    """A session of a user, or with a name an API key."""
    token = new_token(SESSION if name is None else KEY)
    with store.writing() as session:
        credentials.add(
            session,
            user_id=user.id,
            digest=digest(token),
            hint=hint(token),
            expires_at=datetime.now(UTC) + timedelta(hours=hours),
            name=name,
            permissions=permissions,
        )
    return token


def bearer(token):
    """Headers of a request with a token."""
    return {"Authorization": f"Bearer {token}"}


def tokens_by_role(store, client):
    """A token for each role; the client's is of the client named."""
    return {
        role.value: token_of(
            store, add_user(store, role, client=client if role is Role.CLIENT else None)
        )
        for role in Role
    }


def row_of(session, email):
    """The row of a user that is there."""
    row = users.find_row(session, email)
    assert row is not None
    return row


def store_of(http):
    """The store of a server under test."""
    return http.app.state.store
