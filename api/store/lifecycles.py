"""Where quotes stand: numbers, revisions, states; who changes one holds its whole number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from api.store.tables import LifecycleRow, QuoteNumberRow
from api.store.times import exact, utc_text
from pricing.reading import content_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

FIRST_STATE = "draft"


@dataclass(frozen=True)
class Lifecycle:
    """Where a quote stands; `reasons` and `choice` are plain JSON data."""

    quote_id: str
    number: str
    revision: int
    state: str
    version: int
    created_by: str
    requested_by: str | None
    approved_by: str | None
    approved_hash: str | None
    reasons: list[dict[str, Any]] | None
    note: str | None
    sent_at: str | None
    expires_at: str | None
    choice: dict[str, str] | None


def next_number(session: Session, year: int) -> str:
    """Give out the next number of a year, e.g. ``Q-2026-00001``."""
    session.execute(
        text("INSERT INTO quote_numbers (year, last) VALUES (:year, 0) ON CONFLICT DO NOTHING"),
        {"year": year},
    )
    query = select(QuoteNumberRow).where(QuoteNumberRow.year == year).with_for_update()
    row = session.scalars(query).one()
    row.last += 1
    return f"Q-{year}-{row.last:05d}"


def start(
    session: Session, quote_id: str, created_by: str, number: str, revision: int = 1
) -> LifecycleRow:
    """Begin the life of a quote as a draft."""
    row = LifecycleRow(
        quote_id=quote_id,
        number=number,
        revision=revision,
        state=FIRST_STATE,
        created_by=created_by,
    )
    session.add(row)
    session.flush()
    return row


def get(session: Session, quote_id: str) -> Lifecycle | None:
    """Tell where a quote stands, or None."""
    row = session.get(LifecycleRow, quote_id)
    return None if row is None else of(row)


def hold(session: Session, quote_id: str) -> Sequence[LifecycleRow]:
    """Lock all revisions of a quote's number until the transaction ends, and return them in order.

    The first revision stands for its number: whoever holds it is alone with all of them. Empty when
    there is no such quote.
    """
    number = session.scalar(select(LifecycleRow.number).where(LifecycleRow.quote_id == quote_id))
    if number is None:
        return []
    of_number = select(LifecycleRow).where(LifecycleRow.number == number)
    session.scalars(of_number.where(LifecycleRow.revision == 1).with_for_update()).one()
    # Asked again: what the last holder wrote was not to be seen before the lock was had.
    return session.scalars(
        of_number.order_by(LifecycleRow.revision).execution_options(populate_existing=True)
    ).all()


def revisions(session: Session, quote_id: str) -> Sequence[LifecycleRow]:
    """All revisions of a quote's number in order, to be looked at; `hold` is for changing them."""
    number = select(LifecycleRow.number).where(LifecycleRow.quote_id == quote_id)
    of_number = select(LifecycleRow).where(LifecycleRow.number == number.scalar_subquery())
    return session.scalars(of_number.order_by(LifecycleRow.revision)).all()


def due(session: Session, state: str, moment: datetime, limit: int) -> list[str]:
    """Ids of quotes in a state whose last day is over."""
    query = (
        select(LifecycleRow.quote_id)
        .where(LifecycleRow.state == state, LifecycleRow.expires_at <= moment)
        .order_by(LifecycleRow.expires_at)
        .limit(limit)
    )
    return list(session.scalars(query))


def of(row: LifecycleRow | Row[Any]) -> Lifecycle:
    """Read where a quote stands off its row."""
    values = {name: getattr(row, name) for name in Lifecycle.__dataclass_fields__}
    values["reasons"] = None if row.reasons is None else json.loads(row.reasons)
    values["choice"] = None if row.choice is None else json.loads(row.choice)
    values["sent_at"] = None if row.sent_at is None else utc_text(row.sent_at)
    values["expires_at"] = None if row.expires_at is None else utc_text(row.expires_at)
    return Lifecycle(**values)


def record(row: LifecycleRow) -> dict[str, Any]:
    """Everything about a quote that may change, as an event keeps it before and after.

    Of a note, which may name people, an event keeps the hash: it outlives the note's erasure.
    """
    columns = (column.key for column in LifecycleRow.__table__.columns)
    values = {name: getattr(row, name) for name in columns if name != "quote_id"}
    note = values.pop("note")
    values["note_hash"] = None if note is None else content_hash(note)
    for name in ("sent_at", "expires_at"):
        values[name] = None if values[name] is None else exact(values[name])
    return values
