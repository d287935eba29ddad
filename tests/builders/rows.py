"""Rows of the store that no pricing stands behind."""

from datetime import UTC, datetime

from api.store.tables import LifecycleRow, QuoteRow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def quote_row(quote_id, **changes):
    """A row of the table of quotes whose documents are empty, of a draft without an event."""
    values = {
        "id": quote_id,
        "created_at": NOON,
        "name": "Claims",
        "client": "Lakeshore",
        "currency": "USD",
        "input_bill": "1.00",
        "output_bill": "2.00",
        "engagement_hash": "e" * 64,
        "content_hash": "c" * 64,
        "reproducible": True,
        "engagement": "{}",
        "quote": "{}",
        "lifecycle": LifecycleRow(
            number=quote_id[-20:], revision=1, state="draft", created_by="system"
        ),
    }
    return QuoteRow(**{**values, **changes})
