"""A stored quote as it is answered: its document, with what the store adds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fastapi.responses import Response

from api.formats import JSON
from api.lifecycle.answers import QuoteLifecycle, lifecycle
from api.preconditions import etag
from pricing.quote import Quote

if TYPE_CHECKING:
    from api.store.quotes import QuoteHead, StoredQuote

CREATED = 201


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
    return headed_answer(stored, without_brace(stored.document_text), status)


def without_brace(text: str) -> bytes:
    """A document as it is sent behind what the store adds."""
    return text[1:].encode()


def headed_answer(head: QuoteHead | StoredQuote, document: bytes, status: int = 200) -> Response:
    """Answer with what the store adds to a quote, and with its document `without_brace`."""
    own = {
        "id": head.id,
        "created_at": head.created_at,
        "variant_of": head.variant_of,
        "lifecycle": lifecycle(head.lifecycle).model_dump(mode="json"),
    }
    headers = {"ETag": etag(head.lifecycle.version)}
    if status == CREATED:
        headers["Location"] = f"/v1/quotes/{head.id}"
    body = b"".join((json.dumps(own)[:-1].encode(), b", ", document))
    return Response(body, status_code=status, headers=headers, media_type=JSON)
