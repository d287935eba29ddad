"""Refusing every request that is not addressed to this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from api.errors import NOT_LOOPBACK
from api.problems import problem
from api.settings import is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class LoopbackGuard:
    """Without authentication, only loopback may call.

    The server binds to loopback; this also refuses a page on another host that has its name
    point here (the ``Host`` header then names that host).
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with 403."""
        if scope["type"] == "http":
            request = Request(scope)
            host = request.url.hostname or ""
            if not is_loopback(host):
                detail = f"the request is addressed to {host or 'no host'}, not to loopback"
                await problem(request, NOT_LOOPBACK, detail)(scope, receive, send)
                return
        await self.app(scope, receive, send)
