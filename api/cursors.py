"""Opaque cursors: where a page of a list ended, in a form that callers only hand back."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from pydantic import Field

from api.errors import BAD_PARAMETER, RefusedError

CURSOR_PATTERN = "^[A-Za-z0-9_-]{4,200}$"
Cursor = Annotated[str, Field(pattern=CURSOR_PATTERN, examples=["WyIyMDI3LTAxLTA0Il0"])]


def write_cursor(*place: str) -> str:
    """Write a place in a list as a cursor."""
    text = json.dumps(place, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> list[str]:
    """Read the place a cursor of ours names, of so many texts.

    Raises
    ------
    RefusedError
        It is none of this list's.
    """
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        place = json.loads(urlsafe_b64decode(padded))
    except (binascii.Error, ValueError, RecursionError):
        place = None
    if (
        not isinstance(place, list)
        or len(place) != length
        or not all(isinstance(part, str) for part in place)
    ):
        raise wrong_cursor()
    return place


def wrong_cursor() -> RefusedError:
    """Say that a cursor is none of this list's."""
    detail = "after is no cursor of this list; hand back the next_cursor of the page before"
    return RefusedError(BAD_PARAMETER, detail)
