"""The gate in front of every route: who calls, whether it may, and not too often."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from fastapi import Request  # noqa: TC002 (FastAPI reads the annotation)
from starlette.concurrency import run_in_threadpool

from api.errors import FORBIDDEN, NOT_SIGNED_IN, NotFoundError, RefusedError
from api.identity.caller import LOCAL, Caller, Role
from api.identity.permissions import NEEDED, PUBLIC, Permission, may
from api.identity.tokens import digest, well_formed
from api.store import credentials, quotes
from api.stored_quotes import QUOTE_ID_PATTERN

if TYPE_CHECKING:
    from api.identity.throttle import Throttle
    from api.settings import Settings
    from api.store.database import Database
    from api.store.identity_tables import CredentialRow

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="crewquote"'}
_INVALID = {"WWW-Authenticate": 'Bearer realm="crewquote", error="invalid_token"'}
_OF_A_QUOTE = ("quote_id", "other_id")


async def admit(request: Request) -> None:
    """Let a request through to its route, or refuse it; runs before its body is read.

    Raises
    ------
    RefusedError
        Not signed in (401), not allowed (403), another client's quote (404), too often (429).
    """
    settings: Settings = request.app.state.settings
    throttle: Throttle = request.app.state.throttle
    operation = f"{request.method} {request.scope['route'].path}"
    if operation in PUBLIC:  # and its route has no caller
        if settings.require_sign_in:
            throttle.count_address(address_of(request))
        return
    try:
        caller = await _caller(request, required=settings.require_sign_in)
    except RefusedError:
        # Who is known is counted for itself: all people of a dashboard call from its address.
        if settings.require_sign_in:
            throttle.count_address(address_of(request))
        raise
    request.state.caller = caller
    if caller is LOCAL:
        return
    throttle.count_caller(caller.credential or caller.id)
    if not may(caller, operation):
        raise RefusedError(FORBIDDEN, _why(caller, operation))
    if caller.role is Role.CLIENT:
        asked = {request.path_params[name] for name in _OF_A_QUOTE if name in request.path_params}
        if asked:
            await run_in_threadpool(_check_own, request.app.state.store, asked, caller.client or "")


def address_of(request: Request) -> str:
    """Where a request came from."""
    return request.client.host if request.client else "unknown"


async def _caller(request: Request, *, required: bool) -> Caller:
    presented = request.headers.getlist("authorization")
    if not presented:
        if required:
            raise RefusedError(
                NOT_SIGNED_IN, "send Authorization: Bearer with a token or an API key", CHALLENGE
            )
        return LOCAL
    scheme, _, token = presented[0].partition(" ")
    token = token.strip()
    if len(presented) == 1 and scheme.lower() == "bearer" and well_formed(token):
        caller = await run_in_threadpool(_known, request.app.state.store, token)
        if caller is not None:
            return caller
    raise RefusedError(
        NOT_SIGNED_IN, "the token or API key is unknown, has expired or was revoked", _INVALID
    )


def _known(store: Database, token: str) -> Caller | None:
    """Return whom a token belongs to, and note now and then that it is used."""
    with store.reading() as session:
        row = credentials.valid(session, digest(token))
        if row is None:
            return None
        caller, stale = _caller_of(row), credentials.due_for_a_note(row)
    if stale and caller.credential:
        with store.writing() as session:
            credentials.note_use(session, caller.credential)
    return caller


def _caller_of(row: CredentialRow) -> Caller:
    scope = None
    if row.permissions is not None:
        known = set(Permission)
        scope = frozenset(Permission(name) for name in json.loads(row.permissions) if name in known)
    return Caller(
        id=row.user.id,
        name=row.user.name,
        role=Role(row.user.role),
        client=row.user.client,
        scope=scope,
        credential=row.id,
        is_key=row.name is not None,
    )


def _check_own(store: Database, quote_ids: set[str], client: str) -> None:
    """Answer for quotes a client was not sent as if there were none."""
    with store.reading() as session:
        for quote_id in quote_ids:
            if not re.fullmatch(QUOTE_ID_PATTERN, quote_id) or not quotes.sent_to(
                session, quote_id, client
            ):
                raise NotFoundError(quote_id)


def _why(caller: Caller, operation: str) -> str:
    needed = NEEDED.get(operation)
    if needed is None:
        return f"{operation} is for an admin"
    who = "this API key" if caller.scope is not None else f"the role {caller.role}"
    return f"{operation} needs the permission {needed}, which {who} lacks"
