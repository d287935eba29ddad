"""Reading a JSON body strictly: bounded size, real JSON, no repeated keys, no NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from api.errors import NOT_JSON, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, RefusedError
from api.json_text import read_json as read_json_text

if TYPE_CHECKING:
    from starlette.requests import Request


MAX_DEPTH = 40


async def read_json(request: Request, max_bytes: int) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Read the body of a request as JSON.

    Raises
    ------
    RefusedError
        Not declared as JSON (415), too large (413), or not JSON (400).
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(UNSUPPORTED_MEDIA_TYPE, "send Content-Type: application/json")
    return parse_json(await read_bytes(request, max_bytes))


async def read_bytes(request: Request, max_bytes: int) -> bytes:
    """Read the body of a request once, however often it is asked for.

    Raises
    ------
    RefusedError
        Too large (413).
    """
    known: bytes | None = getattr(request.state, "body", None)
    if known is not None:
        return known
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise RefusedError(TOO_LARGE, f"a body has at most {max_bytes:,} bytes")
    request.state.body = bytes(body)
    return bytes(body)


def parse_json(body: bytes) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Parse strict JSON; see `read_json`."""
    too_deep = RefusedError(NOT_JSON, f"a document is at most {MAX_DEPTH} levels deep")
    try:
        data = read_json_text(body, constant=_no_constant)
    except RecursionError:
        raise too_deep from None
    except (ValueError, UnicodeDecodeError) as error:
        raise RefusedError(NOT_JSON, str(error)) from None
    if _deeper_than(data, MAX_DEPTH):
        raise too_deep
    return data


def _deeper_than(data: object, limit: int) -> bool:
    """Whether containers nest deeper than `limit`; level by level, so no recursion can overflow."""
    level = [data]
    for _ in range(limit):
        level = [
            child
            for item in level
            if isinstance(item, dict | list)
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
