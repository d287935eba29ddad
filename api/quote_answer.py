"""A stored quote as it is answered: its document, with what the store adds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fastapi.responses import Response

from pricing.quote import Quote

if TYPE_CHECKING:
    from api.store.quotes import StoredQuote

CREATED = 201


class QuoteAnswer(Quote):
    """A stored quote: the quote with its id, time, and the quote it is a variant of."""

    id: str
    created_at: str
    variant_of: str | None


def quote_answer(stored: StoredQuote, status: int = 200) -> Response:
    """Answer with a stored quote."""
    own = {"id": stored.id, "created_at": stored.created_at, "variant_of": stored.variant_of}
    headers = {"Location": f"/v1/quotes/{stored.id}"} if status == CREATED else None
    body = json.dumps({**own, **stored.document})
    return Response(body, status_code=status, headers=headers, media_type="application/json")
