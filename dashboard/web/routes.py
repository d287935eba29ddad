"""Signing in and out: forms in, a cookie and the way back out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from api.client import ApiError
from dashboard.connection import NOT_SIGNED_IN, client_of
from dashboard.web import cookie
from dashboard.web.addresses import HOME, SIGN_IN, SIGN_OUT, of_this_site, within
from dashboard.web.form import page, refusal

if TYPE_CHECKING:
    from starlette.requests import Request

_SEE_OTHER, _FORBIDDEN, _TOO_LARGE = 303, 403, 413
_MOST_BYTES = 10_000
_SIGNED_OUT = {
    "out": "You are signed out.",
    "out-here": "You are signed out in this browser. The server did not answer, so that the "
    "session itself ends at its own time.",
}


async def show_form(request: Request) -> Response:
    """Show the form; who is signed in goes on."""
    back = within(request.query_params.get("next"))
    token = cookie.token_in(request)
    if token is None:
        return _form(back, said=_SIGNED_OUT.get(request.query_params.get("signed", "")))
    if await run_in_threadpool(_is_known, token):
        return RedirectResponse(back, _SEE_OTHER)
    answer = _form(back, said="Your session has ended. Sign in to go on where you were.")
    cookie.forget(answer, request)
    return answer


async def sign_in(request: Request) -> Response:
    """Begin a session at the API; its token goes into the cookie and nowhere else."""
    if not of_this_site(request):
        return _form(
            HOME, _FORBIDDEN, said="This form was sent from another site. Please sign in here."
        )
    fields = await _fields(request)
    if fields is None:
        return _form(HOME, _TOO_LARGE, said="That was too long to be an address and a password.")
    back, email = within(fields.get("next")), fields.get("email", "").strip()
    try:
        session = await run_in_threadpool(
            client_of(None).sign_in, email, fields.get("password", "")
        )
    except ApiError as error:
        return _form(back, error.status or 503, email=email, said=refusal(error))
    answer = RedirectResponse(back, _SEE_OTHER)
    cookie.keep(answer, request, session["token"], session["expires_at"])
    return answer


async def sign_out(request: Request) -> Response:
    """End the session at the API, and let the browser forget its token."""
    if not of_this_site(request):
        return _form(HOME, _FORBIDDEN, said="This request came from another site.")
    token = cookie.token_in(request)
    ended = token is None or await run_in_threadpool(_ended, token)
    answer = RedirectResponse(f"{SIGN_IN}?signed={'out' if ended else 'out-here'}", _SEE_OTHER)
    cookie.forget(answer, request)
    return answer


async def _fields(request: Request) -> dict[str, str] | None:
    """Read a form as browsers send it, or nothing where it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in found.items()}


def _form(back: str, status: int = 200, *, email: str = "", said: str | None = None) -> Response:
    html, headers = page(back, email=email, said=said)
    return HTMLResponse(html, status, headers=headers)


def _is_known(token: str) -> bool:
    try:
        client_of(token).me()
    except ApiError as error:
        return error.status != NOT_SIGNED_IN
    return True


def _ended(token: str) -> bool:
    """End a session; one that has ended already is as good."""
    try:
        client_of(token).sign_out()
    except ApiError as error:
        return error.status == NOT_SIGNED_IN
    return True


ROUTES = [
    Route(SIGN_IN, show_form, methods=["GET"]),
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route(SIGN_OUT, sign_out, methods=["POST"]),
]
