"""`crewquote users`: users straight in the database, so that there can be a first admin."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from getpass import getpass
from typing import TYPE_CHECKING

import typer

from api.identity import passwords
from api.identity.bodies import NewUserBody
from api.identity.caller import Role
from api.identity.roles import check_client
from api.identity.trail import note_user
from api.settings import Settings
from api.store import credentials, users
from api.store.address import UnusableDatabaseError
from api.store.database import Database
from api.store.events import SYSTEM
from pricing.field_errors import Guide
from pricing.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from api.store.identity_tables import UserRow

_GUIDE = Guide(NewUserBody, "`crewquote users add --help`")


def add_user(
    database: str | None, email: str, role: str, name: str | None, client: str | None
) -> None:
    """Add a user with a password that nobody reads off the command line."""
    given = {"email": email, "name": name or email.partition("@")[0], "role": role}
    # Checked before a password is asked for.
    body = read_document(NewUserBody, {**given, "client": client, "password": ""}, _GUIDE)
    check_client(body.role, body.client)
    password = _new_password(body.name, body.email)
    hashed = passwords.hashed(password)
    try:
        with _store(database) as store, store.writing() as session:
            made = users.add(
                session,
                email=body.email,
                name=body.name,
                role=body.role,
                client=body.client,
                password_hash=hashed,
            )
            note_user(session, "created", _row(session, made.email), SYSTEM)
    except users.EmailTakenError:
        raise typer.BadParameter(
            f"{body.email} is another user's already; `crewquote users list` shows them",
            param_hint="--email",
        ) from None
    print(f"added {made.email} as {made.role}")


def list_users(database: str | None) -> None:
    """Print all users, one a line."""
    with _store(database) as store, store.reading() as session:
        after: str | None = None
        if users.page(session, 1, None) == ([], False):
            print("no users yet")
        more = True
        while more:
            found, more = users.page(session, 100, after)
            for user in found:
                client = f" of {user.client}" if user.client else ""
                ended = f", disabled {user.disabled_at}" if user.disabled_at else ""
                print(f"{user.email}  {user.role}{client}{ended}  ({user.name})")
                after = user.id


def disable_user(database: str | None, email: str) -> None:
    """Disable a user."""
    try:
        with _store(database) as store, store.writing() as session:
            row = _row(session, email)
            was_admin = row.role == Role.ADMIN
            row.disabled_at = row.disabled_at or datetime.now(UTC)
            credentials.revoke_all(session, row.id)
            if was_admin:
                users.ensure_an_admin(session)
            note_user(session, "changed", row, SYSTEM)
    except users.LastAdminError:
        raise typer.BadParameter(
            "this is the last admin; add another first", param_hint="--email"
        ) from None
    print(f"disabled {users.normal_email(email)}")


def reset(database: str | None, email: str) -> None:
    """Give a user another password."""
    with _store(database) as store:
        with store.reading() as session:
            row = _row(session, email)
            names = (row.name, row.email)
        hashed = passwords.hashed(_new_password(*names))
        with store.writing() as session:
            row = _row(session, email)
            row.password_hash = hashed
            credentials.revoke_all(session, row.id)
            note_user(session, "password_reset", row, SYSTEM)
    print(f"{users.normal_email(email)} has a new password; sessions and API keys ended")


def _row(session: Session, email: str) -> UserRow:
    row = users.find_row(session, email)
    if row is None:
        raise typer.BadParameter(
            f"nobody signs in with {email}; `crewquote users list` shows who does",
            param_hint="--email",
        )
    return row


def _new_password(*names: str) -> str:
    """Ask twice at a terminal; else the first line of standard input."""
    if sys.stdin.isatty():
        password = getpass("Password: ")
        if getpass("Again: ") != password:
            raise typer.BadParameter("the two differ", param_hint="password")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    passwords.refuse_weak(password, *names)
    return password


@contextmanager
def _store(database: str | None) -> Iterator[Database]:
    try:
        store = Database(database or Settings().database)
    except UnusableDatabaseError as error:
        raise typer.BadParameter(str(error), param_hint="--database") from None
    with closing(store):
        yield store
