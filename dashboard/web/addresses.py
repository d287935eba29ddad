"""Addresses within the dashboard, and whether a request comes from it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from starlette.requests import Request

HOME = "/"
SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
_MOST_LETTERS = 2_000


def within(address: str | None) -> str:
    """Return an address if it stays on this site and is no sign-in, else the home page.

    Browsers take two slashes, or a backslash, for the start of another site's address, and drop
    tabs and line breaks.
    """
    text = address or HOME
    printable = text.isprintable() and " " not in text
    if not printable or len(text) > _MOST_LETTERS or "\\" in text:
        return HOME
    if not text.startswith("/") or text.startswith("//"):
        return HOME
    return HOME if urlsplit(text).path in (SIGN_IN, SIGN_OUT) else text


def sign_in_address(back_to: str) -> str:
    """Return the address of the sign-in that leads back to a page."""
    back = within(back_to)
    return SIGN_IN if back == HOME else f"{SIGN_IN}?next={quote(back, safe='/')}"


def of_this_site(request: Request) -> bool:
    """Whether the browser says that one of our own pages sent a form."""
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return request.headers.get("sec-fetch-site") in ("same-origin", "none")


def from_another_site(request: Request) -> bool:
    """Whether a link of another site led here: the browser then keeps back a strict cookie."""
    return request.headers.get("sec-fetch-site") == "cross-site"
