"""Reading a stored quote, or saying why there is none to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from api.errors import NotFoundError, OutdatedError
from api.store import quotes
from pricing.quote import Quote

if TYPE_CHECKING:
    from api.store.database import Database
    from api.store.quotes import StoredQuote

QUOTE_ID_PATTERN = "^[0-9a-f-]{36}$"
QuoteId = Annotated[
    str, Field(pattern=QUOTE_ID_PATTERN, examples=["4a7f9c1e-2d3b-4f60-8a15-6c0e9b7d2f11"])
]


def find(store: Database, quote_id: str) -> StoredQuote:
    """Return a quote as it is stored.

    Raises
    ------
    NotFoundError
        There is none.
    """
    with store.looking() as connection:
        found = quotes.get(connection, quote_id)
    if found is None:
        raise NotFoundError(quote_id)
    return found


def stored_quote(store: Database, quote_id: str) -> Quote:
    """Read a stored quote as a document.

    Raises
    ------
    NotFoundError, OutdatedError
        There is none, or an earlier version wrote it, which may lack what this one compares.
    """
    stored = find(store, quote_id)
    try:
        return Quote.model_validate(stored.document)
    except ValidationError:
        raise OutdatedError(stored.id) from None
