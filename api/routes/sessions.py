"""`/v1/sessions`: signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api.deps import StoreDep
from api.errors import NOT_FOUND, RefusedError
from api.identity.bodies import SignIn
from api.identity.caller import CallerDep
from api.identity.gate import address_of
from api.identity.signing_in import sign_in
from api.openapi import request_body
from api.problems import problem_responses
from api.routes.users import UserAnswer
from api.store import credentials

if TYPE_CHECKING:
    from api.identity.throttle import Throttle
    from api.settings import Settings

router = APIRouter(prefix="/v1/sessions", tags=["signing in"])

NO_STORE = {"Cache-Control": "no-store"}


class SessionAnswer(BaseModel):
    """A session that has begun; its token is shown this once."""

    token: str = Field(description="Send it as Authorization: Bearer TOKEN.")
    expires_at: str
    user: UserAnswer


@router.post(
    "",
    status_code=201,
    responses=problem_responses(400, 401, 403, 413, 415, 422, 503),
    openapi_extra=request_body(
        "SignInBody", "a user", {"email": "ana@vendor.example", "password": "long and secret"}
    ),
)
def create_session(
    body: SignIn, request: Request, response: Response, store: StoreDep
) -> SessionAnswer:
    """Sign in with address and password; the answer holds a token for the next hours."""
    settings: Settings = request.app.state.settings
    throttle: Throttle = request.app.state.throttle
    signed = sign_in(
        store,
        throttle,
        body.email,
        body.password,
        address=address_of(request),
        hours=settings.session_hours,
    )
    response.headers.update(NO_STORE)
    return SessionAnswer(
        token=signed.token, expires_at=signed.expires_at, user=UserAnswer.of(signed.user)
    )


@router.delete("/current", status_code=204, responses=problem_responses(403, 404, 503))
def end_session(caller: CallerDep, store: StoreDep) -> None:
    """Sign out: the token of this request ends at once."""
    if caller.credential is None or caller.is_key:
        remedy = "; an API key ends with DELETE /v1/keys/{id}" if caller.is_key else ""
        raise RefusedError(NOT_FOUND, f"this request came without the token of a session{remedy}")
    with store.writing() as session:
        credentials.revoke(session, caller.credential)
