"""`/v1/keys`: API keys, what programs call with."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from api.deps import OriginDep, StoreDep
from api.errors import FORBIDDEN, NOT_FOUND, RefusedError
from api.identity.bodies import NewKey
from api.identity.caller import Caller, CallerDep, Role
from api.identity.permissions import Permission, granted, permissions_of
from api.identity.tokens import KEY, digest, hint, new_token
from api.identity.trail import note_key
from api.openapi import request_body
from api.problems import problem_responses
from api.routes.sessions import NO_STORE
from api.store import credentials, users
from api.stored_quotes import QUOTE_ID_PATTERN
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from api.store.identity_tables import UserRow

router = APIRouter(prefix="/v1/keys", tags=["signing in"])


class KeyAnswer(BaseModel):
    """An API key; `hint` is the end of it."""

    id: str
    name: str
    hint: str
    user_id: str
    user_email: str
    permissions: list[Permission]
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None = Field(description="Of its last use, to the minute.")


class NewKeyAnswer(KeyAnswer):
    """A new API key; the key itself is shown this once."""

    key: str = Field(description="Send it as Authorization: Bearer KEY.")


class KeyList(BaseModel):
    """API keys, newest first."""

    object: Literal["list"] = "list"
    data: list[KeyAnswer]


@router.get("", responses=problem_responses(403, 503))
def list_keys(caller: CallerDep, store: StoreDep) -> KeyList:
    """List the caller's API keys; for an admin those of all users."""
    with store.reading() as session:
        own = None if _manages(caller) else caller.id
        return KeyList(data=[KeyAnswer(**asdict(key)) for key in credentials.keys(session, own)])


@router.post(
    "",
    status_code=201,
    response_model=NewKeyAnswer,
    responses=problem_responses(400, 403, 404, 413, 415, 422, 503),
    openapi_extra=request_body(
        "NewKeyBody", "a program that prices", {"name": "intake", "permissions": ["quotes:write"]}
    ),
)
def create_key(body: NewKey, caller: CallerDep, store: StoreDep, by: OriginDep) -> JSONResponse:
    """Make an API key that may do some of what its user may; it is shown this once."""
    key = new_token(KEY)
    days = body.expires_in_days
    ends = None if days is None else datetime.now(UTC) + timedelta(days=days)
    with store.writing() as session:
        user = _user(session, caller, body.user_id)
        _check_granted(body.permissions, caller, user)
        row = credentials.add(
            session,
            user_id=user.id,
            digest=digest(key),
            hint=hint(key),
            expires_at=ends,
            name=body.name,
            permissions=set(body.permissions),
        )
        note_key(session, "created", row, by)
        made = {**asdict(credentials.key_of(row)), "key": key}
    return JSONResponse(made, status_code=201, headers=NO_STORE)


@router.delete("/{key_id}", status_code=204, responses=problem_responses(403, 404, 422, 503))
def revoke_key(
    key_id: Annotated[str, Field(pattern=QUOTE_ID_PATTERN)],
    caller: CallerDep,
    store: StoreDep,
    by: OriginDep,
) -> None:
    """End an API key at once, one's own or as an admin anybody's."""
    with store.writing() as session:
        row = credentials.get_key(session, key_id)
        if row is None or not (row.user_id == caller.id or _manages(caller)):
            raise RefusedError(NOT_FOUND, f"no API key has the id {key_id}")
        credentials.revoke(session, key_id)
        note_key(session, "revoked", row, by)


def _manages(caller: Caller) -> bool:
    return Permission.USERS in permissions_of(caller)


def _user(session: Session, caller: Caller, wanted: str | None) -> UserRow:
    """Return in whose name a key is to act."""
    if wanted not in {None, caller.id} and not _manages(caller):
        raise RefusedError(FORBIDDEN, "a key in another user's name is made by an admin")
    row = users.get(session, wanted or caller.id)
    if row is None or row.disabled_at is not None:
        raise BadInputError(FieldIssue("user_id", "", "the id of a user who may sign in"))
    return row


def _check_granted(asked: Iterable[Permission], caller: Caller, user: UserRow) -> None:
    """Refuse a key that may do more than its user, or than the key it is made with."""
    may = granted(Role(user.role))
    if caller.scope is not None:
        may &= caller.scope
    missing = sorted(set(asked) - may)
    if missing:
        accepted = f"some of {', '.join(sorted(may))}, not {', '.join(missing)}"
        raise BadInputError(FieldIssue("permissions", "", accepted))
