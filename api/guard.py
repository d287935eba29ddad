"""Refusing every request that is not addressed to this server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

from api.errors import NOT_LOOPBACK, WRONG_HOST
from api.problems import problem
from api.settings import is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from api.errors import HttpError
    from api.settings import Settings

_MOST_REMEMBERED = 100


class HostGuard:
    """Answers for loopback and for the host names it was given, for no other.

    A page on another host could have its name point here and read answers in a browser on this
    network; the ``Host`` header then names that host.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._names = {name.lower() for name in (*settings.allowed_hosts, settings.host)}
        self._signed_in = settings.require_sign_in
        self._good: set[tuple[bytes, ...]] = set()  # as they were sent; a few names, with ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and _named(scope) not in self._good:
            request = Request(scope)
            host = request.url.hostname or ""
            if not is_loopback(host) and host.lower() not in self._names:
                refusal = problem(request, *self._refusal(host or "no host"))
                await refusal(scope, receive, send)
                return
            if len(self._good) < _MOST_REMEMBERED:
                self._good.add(_named(scope))
        await self.app(scope, receive, send)

    def _refusal(self, host: str) -> tuple[HttpError, str]:
        if self._signed_in:
            return (
                WRONG_HOST,
                f"the request is addressed to {host}, none of CREWQUOTE_ALLOWED_HOSTS",
            )
        return NOT_LOOPBACK, f"the request is addressed to {host}, not to loopback"


def _named(scope: Scope) -> tuple[bytes, ...]:
    """The host a request is addressed to, as its headers say."""
    return tuple(value for name, value in scope["headers"] if name == b"host")
