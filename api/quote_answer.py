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
    from api.store.quotes import StoredQuote

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
    own = {
        "id": stored.id,
        "created_at": stored.created_at,
        "variant_of": stored.variant_of,
        "lifecycle": lifecycle(stored.lifecycle).model_dump(mode="json"),
    }
    headers = {"ETag": etag(stored.lifecycle.version)}
    if status == CREATED:
        headers["Location"] = f"/v1/quotes/{stored.id}"
    body = f"{json.dumps(own)[:-1]}, {stored.document_text[1:]}"
    return Response(body, status_code=status, headers=headers, media_type=JSON)
