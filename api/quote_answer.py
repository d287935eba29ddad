"""A stored quote as it is answered: its document, with what the store adds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from fastapi.responses import Response

from api.formats import JSON
from api.lifecycle.answers import QuoteLifecycle, lifecycle
from api.preconditions import etag
from api.store import quotes
from pricing.quote import Quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Row

    from api.store.quotes import QuoteHead, StoredQuote

CREATED = 201
_MOST_REMEMBERED = 1_000


@dataclass(frozen=True)
class _Added:
    """What the store adds to a quote: text up to its document, and entity tag."""

    text: bytes
    etag: str


class QuoteAnswer(Quote):
    """A stored quote: the quote with its id, time, what it is a variant of, and where it stands."""

    id: str
    created_at: str
    variant_of: str | None
    lifecycle: QuoteLifecycle


def quote_answer(stored: StoredQuote, status: int = 200) -> Response:
    """Answer with a stored quote; its ETag changes with where it stands, its content never does.

    The text of the store is sent as it is, without being read.
    """
    headers = {"Location": f"/v1/quotes/{stored.id}"} if status == CREATED else None
    return _answer(_added(stored), without_brace(stored.document_text), status, headers)


def found_answer(row: Row[Any], document: bytes) -> Response:
    """Answer with a row of `quotes.HEAD` as it is now, and with its document `without_brace`."""
    return _answer(_added_to(row), document)


def without_brace(text: str) -> bytes:
    """A document as it is sent behind what the store adds."""
    return text[1:].encode()


@lru_cache(_MOST_REMEMBERED)
def _added_to(row: Row[Any]) -> _Added:
    """What is sent of a row follows from its values alone, so equal rows are written once."""
    return _added(quotes.head(row))


def _added(head: QuoteHead | StoredQuote) -> _Added:
    own = {
        "id": head.id,
        "created_at": head.created_at,
        "variant_of": head.variant_of,
        "lifecycle": lifecycle(head.lifecycle).model_dump(mode="json"),
    }
    return _Added(json.dumps(own)[:-1].encode(), etag(head.lifecycle.version))


def _answer(
    added: _Added, document: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    body = b"".join((added.text, b", ", document))
    return Response(body, status, {"ETag": added.etag, **(headers or {})}, JSON)
