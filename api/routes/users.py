"""`/v1/users`: who may sign in, managed by admins."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal, Self

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.deps import OriginDep, StoreDep
from api.errors import EMAIL_TAKEN, LAST_ADMIN, NOT_FOUND, RefusedError
from api.identity import passwords
from api.identity.bodies import NewUser, Password, UserChange
from api.identity.caller import Role
from api.identity.roles import check_client
from api.identity.trail import note_user
from api.openapi import request_body
from api.problems import problem_responses
from api.store import credentials, users
from api.stored_quotes import QUOTE_ID_PATTERN

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.identity.bodies import UserChangeBody
    from api.store.identity_tables import UserRow
    from api.store.users import User

router = APIRouter(prefix="/v1/users", tags=["users"])

Id = Annotated[str, Field(pattern=QUOTE_ID_PATTERN)]
_BODY = problem_responses(400, 403, 404, 409, 413, 415, 422, 503)
_NEW = {
    "email": "kim@client.example",
    "name": "Kim Lee",
    "role": "client",
    "client": "Clinic Group",
    "password": "a long secret of theirs",
}


class UserAnswer(BaseModel):
    """A user; nothing of its password."""

    id: str
    email: str
    name: str
    role: Role
    client: str | None
    created_at: str
    disabled_at: str | None

    @classmethod
    def of(cls, user: User) -> Self:
        """Answer with a stored user."""
        return cls(**asdict(user))


class UserPage(BaseModel):
    """Users by address."""

    object: Literal["list"] = "list"
    data: list[UserAnswer]
    has_more: bool


class UserQuery(BaseModel):
    """Which page of users."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(20, ge=1, le=100, description="How many at most, 1 to 100.")
    starting_after: Id | None = Field(None, description="Id of the last one seen.")


@router.get("", responses=problem_responses(403, 404, 422, 503))
def list_users(store: StoreDep, query: Annotated[UserQuery, Query()]) -> UserPage:
    """List users by address."""
    try:
        with store.reading() as session:
            rows, has_more = users.page(session, query.limit, query.starting_after)
    except KeyError:
        raise _nobody(str(query.starting_after)) from None
    return UserPage(data=[UserAnswer.of(row) for row in rows], has_more=has_more)


@router.post(
    "",
    status_code=201,
    response_model=UserAnswer,
    responses=problem_responses(400, 403, 409, 413, 415, 422, 503),
    openapi_extra=request_body("NewUserBody", "of a client's side", _NEW),
)
def create_user(body: NewUser, store: StoreDep, by: OriginDep) -> JSONResponse:
    """Add a user, who signs in with the password given here and should change it."""
    check_client(body.role, body.client)
    passwords.refuse_weak(body.password, body.name, body.email)
    hashed = passwords.hashed(body.password)
    try:
        with store.writing() as session:
            made = users.add(
                session,
                email=body.email,
                name=body.name,
                role=body.role,
                client=body.client,
                password_hash=hashed,
            )
            note_user(session, "created", _row(session, made.id), by)
    except users.EmailTakenError:
        raise RefusedError(EMAIL_TAKEN, "give the user another address, or change theirs") from None
    headers = {"Location": f"{router.prefix}/{made.id}"}
    return JSONResponse(asdict(made), status_code=201, headers=headers)


@router.get("/{user_id}", responses=problem_responses(403, 404, 422, 503))
def get_user(user_id: Id, store: StoreDep) -> UserAnswer:
    """Return a user."""
    with store.reading() as session:
        return UserAnswer.of(users.user_of(_row(session, user_id)))


@router.patch(
    "/{user_id}",
    responses=_BODY,
    openapi_extra=request_body("UserChangeBody", "no longer with us", {"disabled": True}),
)
def change_user(user_id: Id, body: UserChange, store: StoreDep, by: OriginDep) -> UserAnswer:
    """Change a user's name, role or client, or disable it; it counts from its next request on."""
    try:
        with store.writing() as session:
            row = _row(session, user_id)
            was_admin = row.role == Role.ADMIN
            _change(session, row, body)
            if was_admin:
                users.ensure_an_admin(session)
            note_user(session, "changed", row, by)
            return UserAnswer.of(users.user_of(row))
    except users.LastAdminError:
        raise RefusedError(LAST_ADMIN, "make somebody else an admin first") from None


@router.put(
    "/{user_id}/password",
    status_code=204,
    responses=_BODY,
    openapi_extra=request_body("PasswordBody", "forgotten", {"password": "a new long secret"}),
)
def reset_password(user_id: Id, body: Password, store: StoreDep, by: OriginDep) -> None:
    """Give a user another password; all its sessions and API keys end."""
    with store.reading() as session:
        row = _row(session, user_id)
        passwords.refuse_weak(body.password, row.name, row.email)
    hashed = passwords.hashed(body.password)
    with store.writing() as session:
        row = _row(session, user_id)
        row.password_hash = hashed
        credentials.revoke_all(session, user_id)
        note_user(session, "password_reset", row, by)


def _change(session: Session, row: UserRow, body: UserChangeBody) -> None:
    row.name = body.name or row.name
    role = body.role or Role(row.role)
    client = body.client or row.client if role is Role.CLIENT else body.client
    check_client(role, client)
    row.role, row.client = role, client
    if body.disabled is True and row.disabled_at is None:
        row.disabled_at = datetime.now(UTC)
        credentials.revoke_all(session, row.id)
    elif body.disabled is False:
        row.disabled_at = None


def _row(session: Session, user_id: str) -> UserRow:
    row = users.get(session, user_id)
    if row is None:
        raise _nobody(user_id)
    return row


def _nobody(user_id: str) -> RefusedError:
    return RefusedError(NOT_FOUND, f"no user has the id {user_id}")
