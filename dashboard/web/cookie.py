"""The cookie that holds the token of a session; scripts of a page cannot read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.settings import secure_cookie

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

NAME = "crewquote_session"


def token_in(request: Request) -> str | None:
    """Return the token a browser sent along."""
    return request.cookies.get(NAME) or None


def keep(response: Response, request: Request, token: str, expires_at: str) -> None:
    """Let the browser keep a token until its session ends; only for this site's own requests."""
    ends = datetime.fromisoformat(expires_at).astimezone(UTC)
    response.set_cookie(
        NAME,
        token,
        expires=ends,
        path="/",
        secure=_over_tls(request),
        httponly=True,
        samesite="strict",
    )


def forget(response: Response, request: Request) -> None:
    """Let the browser forget its token."""
    response.delete_cookie(
        NAME, path="/", secure=_over_tls(request), httponly=True, samesite="strict"
    )


def _over_tls(request: Request) -> bool:
    """Whether the browser came over TLS, which may end at a proxy that says so, or is told to."""
    said = request.headers.get("x-forwarded-proto", "")
    return secure_cookie() or "https" in (request.url.scheme, said.partition(",")[0].strip())
