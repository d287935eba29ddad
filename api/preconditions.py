"""ETag and If-Match: nobody changes what they have not seen as it is now (RFC 9110, 13.1.1)."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header

from api.errors import NO_PRECONDITION, RefusedError

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_OURS = re.compile(r'"v(\d{1,9})"')


def etag(version: int) -> str:
    """Write a version as a strong entity tag."""
    return f'"v{version}"'


async def seen_versions(
    if_match: Annotated[
        str | None,
        Header(
            description="ETag of what is changed, as it was read; without it the answer is 428.",
            examples=['"v1"'],
        ),
    ] = None,
) -> frozenset[int] | None:
    """Read which versions a caller will change; None for ``*``, whatever version there is.

    Raises
    ------
    RefusedError
        The header is missing.
    """
    if if_match is None or not if_match.strip():
        raise RefusedError(
            NO_PRECONDITION, "send If-Match with the ETag of what you change, as you read it"
        )
    if if_match.strip() == "*":
        return None
    tags = (_OURS.fullmatch(tag) for tag in _TAG.findall(if_match))
    return frozenset(int(tag[1]) for tag in tags if tag)


SeenDep = Annotated[frozenset[int] | None, Depends(seen_versions)]
