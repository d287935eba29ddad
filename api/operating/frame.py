"""The frame around every request: its id, its limits, its log line, its metrics."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request

from api.errors import HEADERS_TOO_LARGE, URL_TOO_LONG, HttpError
from api.operating import request_id
from api.operating.logs import failure_fields
from api.problems import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from structlog.typing import FilteringBoundLogger

    from api.operating.metrics import Metrics

MOST_URL_BYTES = 8_000
MOST_HEADER_BYTES = 32_000
NO_ROUTE = "(no route)"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FAILED = 500


class RequestFrame:
    """Gives a request its id, refuses what is too long, and tells log and metrics how it went.

    Address and headers are bounded here, the body where it is read (`api.body`).
    """

    def __init__(self, app: ASGIApp, log: FilteringBoundLogger, metrics: Metrics) -> None:
        self.app = app
        self._log = log
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        named = request_id.of_scope(scope)
        started = time.perf_counter()
        status = _FAILED
        failure: dict[str, object] = {}

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[request_id.HEADER] = named
            await send(message)

        try:
            await (_refusal(scope) or self.app)(scope, receive, send_named)
        except BaseException as error:
            failure = failure_fields(error)
            raise
        finally:
            self._tell(scope, status, time.perf_counter() - started, failure)

    def _tell(self, scope: Scope, status: int, seconds: float, failure: dict[str, object]) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "(other)"
        route = getattr(scope.get("route"), "path", NO_ROUTE)
        caller = getattr(scope["state"].get("caller"), "id", None)
        self._metrics.count_request(method, route, status, seconds)
        tell = self._log.error if failure else self._log.info
        tell(
            "request",
            method=method,
            route=route,
            status=status,
            seconds=round(seconds, 4),
            caller=caller,
            request_id=scope["state"]["request_id"],
            **failure,
        )


def _refusal(scope: Scope) -> ASGIApp | None:
    """Refuse an address or headers that are longer than anyone needs."""
    url = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    if url > MOST_URL_BYTES:
        return _problem(scope, URL_TOO_LONG, f"an address has at most {MOST_URL_BYTES:,} bytes")
    headers = sum(len(name) + len(value) for name, value in scope["headers"])
    if headers > MOST_HEADER_BYTES:
        detail = f"headers have at most {MOST_HEADER_BYTES:,} bytes together"
        return _problem(scope, HEADERS_TOO_LARGE, detail)
    return None


def _problem(scope: Scope, kind: HttpError, detail: str) -> ASGIApp:
    return problem(Request(scope), kind, detail)
