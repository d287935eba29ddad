"""The id that a request carries through answer, log, problem and event."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from starlette.requests import Request

HEADER = "X-Request-Id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


def choose(sent: bytes | None) -> str:
    """Keep the caller's id when it is well-formed (8 to 64 letters, digits, ``.``, ``_``, ``-``).

    Anything else is not kept, not even in part: it would end up in logs.
    """
    if sent is not None and _WELL_FORMED.fullmatch(sent):
        return sent.decode("ascii")
    return uuid.uuid4().hex


def of_scope(scope: MutableMapping[str, Any]) -> str:
    """Id of the request of an ASGI scope, made when it has none yet."""
    state = scope.setdefault("state", {})
    if "request_id" not in state:
        sent = next((value for name, value in scope["headers"] if name == b"x-request-id"), None)
        state["request_id"] = choose(sent)
    found: str = state["request_id"]
    return found


def get_request_id(request: Request) -> str:
    """Return the id of the request."""
    return of_scope(request.scope)
