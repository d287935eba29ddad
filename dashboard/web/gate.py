"""The gate in front of the pages: who is not signed in, where the API wants it, signs in first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.client import ApiError
from dashboard.connection import NOT_SIGNED_IN, client_of
from dashboard.web import cookie
from dashboard.web.addresses import SIGN_IN, SIGN_OUT, from_another_site, sign_in_address
from dashboard.web.form import GUARDED, once_more

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SEE_OTHER = 303
_NO_PAGES = ("/_stcore/", "/static/", "/media/", "/component/")


class Gate:
    """Look at requests for a page; all else belongs to pages and asks the API as their caller."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or send its browser to sign in."""
        if not _wants_a_page(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        instead = await run_in_threadpool(_instead, request)
        if instead is not None:
            await instead(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(GUARDED)
            await send(message)

        await self._app(scope, receive, guarded)


def _wants_a_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path: str = scope["path"]
    if path in (SIGN_IN, SIGN_OUT) or path.startswith(_NO_PAGES):
        return False
    return "text/html" in Request(scope).headers.get("accept", "")


def _instead(request: Request) -> Response | None:
    """Return what is answered instead of a page; None: the page."""
    token = cookie.token_in(request)
    if _may_enter(token):
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    here = f"{request.url.path}{query}"
    if token is None and from_another_site(request):
        return HTMLResponse(once_more(), headers=GUARDED)
    if token is not None and _may_enter(None):  # nobody signs in here; the token is of elsewhere
        answer = RedirectResponse(here, _SEE_OTHER)
        cookie.forget(answer, request)
        return answer
    return RedirectResponse(sign_in_address(here), _SEE_OTHER)


def _may_enter(token: str | None) -> bool:
    """Whether the API knows the caller; where it does not answer, the page says so."""
    try:
        client_of(token).me()
    except ApiError as error:
        return error.status != NOT_SIGNED_IN
    return True
