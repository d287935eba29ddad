"""`/v1/me`: who the caller is, and its own password."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from api.deps import StoreDep
from api.errors import FORBIDDEN, NOT_FOUND, WRONG_CREDENTIALS, RefusedError
from api.identity import passwords
from api.identity.bodies import OwnPassword
from api.identity.caller import CallerDep, Role
from api.identity.permissions import Permission, permissions_of
from api.openapi import request_body
from api.problems import problem_responses
from api.store import credentials, users

router = APIRouter(prefix="/v1/me", tags=["signing in"])

Kind = Literal["session", "key", "none"]


class Me(BaseModel):
    """The caller, and what it may do."""

    id: str
    name: str
    role: Role
    client: str | None
    permissions: list[Permission]
    signed_in_with: Kind


@router.get("", responses=problem_responses(403, 503))
def get_me(caller: CallerDep) -> Me:
    """Tell who the caller is and what it may do."""
    with_key: Kind = "key" if caller.is_key else "session"
    return Me(
        id=caller.id,
        name=caller.name,
        role=caller.role,
        client=caller.client,
        permissions=sorted(permissions_of(caller)),
        signed_in_with="none" if caller.credential is None else with_key,
    )


@router.put(
    "/password",
    status_code=204,
    responses=problem_responses(400, 403, 404, 413, 415, 422, 503),
    openapi_extra=request_body(
        "OwnPasswordBody", "another", {"current": "long and secret", "password": "longer, secret"}
    ),
)
def change_own_password(body: OwnPassword, caller: CallerDep, store: StoreDep) -> None:
    """Change the caller's own password; its other sessions end, its API keys go on."""
    if caller.is_key:
        raise RefusedError(FORBIDDEN, "a password is changed by its user, not by an API key")
    with store.reading() as session:
        row = users.get(session, caller.id)
        if row is None:
            raise RefusedError(NOT_FOUND, "the local user has no password")
        stored, names = row.password_hash, (row.name, row.email)
    right, _ = passwords.check(body.current, stored)
    if not right:
        raise RefusedError(WRONG_CREDENTIALS, "the current password is another one")
    passwords.refuse_weak(body.password, *names)
    hashed = passwords.hashed(body.password)
    with store.writing() as session:
        row = users.get(session, caller.id)
        if row is not None:
            row.password_hash = hashed
            credentials.end_sessions(session, caller.id, but=caller.credential)
