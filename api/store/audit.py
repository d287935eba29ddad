"""Whether the store is as it was written: the chain of events, and every quote against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from api.store import events, lifecycles, quotes
from api.store.tables import ChainRow, EventRow, LifecycleRow, QuoteRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

ERASED = "quote.erased"  # deleted where law asks; its events stay, which hold none of its content
_AT_A_TIME = 200


@dataclass(frozen=True)
class Audit:
    """What was looked at, and what is not as it was written; the first broken event alone counts.

    After a broken event nothing that follows in the chain can be trusted.
    """

    events: int
    quotes: int
    broken_event: str | None
    broken_quotes: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether everything is as it was written."""
        return self.broken_event is None and not self.broken_quotes


@dataclass
class _Told:
    """What the events say of quotes: hash when made, last record, which were erased."""

    made: dict[str, str] = field(default_factory=dict)
    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)

    def read(self, event: events.StoredEvent) -> None:
        """Take in one event."""
        if event.subject_type != events.QUOTE:
            return
        after = event.after or {}
        if event.type == ERASED:
            self.erased.add(event.subject_id)
        if event.type == quotes.CREATED:
            self.made[event.subject_id] = after["stored_hash"]
        if "state" in after:
            self.last[event.subject_id] = after


def verify(session: Session) -> Audit:
    """Walk the whole chain, then hash every quote again; nothing is written."""
    told = _Told()
    rows = session.scalars(
        select(EventRow).order_by(EventRow.sequence).execution_options(yield_per=_AT_A_TIME)
    )
    count, broken = _walk(session, (events.stored(row) for row in rows), told)
    checked, broken_quotes = _check_quotes(session, told)
    return Audit(count, checked, broken, tuple(broken_quotes))


def _walk(
    session: Session, chain: Iterable[events.StoredEvent], told: _Told
) -> tuple[int, str | None]:
    """Follow the chain to its end or its first broken event, which is named."""
    sequence, previous = 0, events.GENESIS
    for event in chain:
        wrong = _wrong_with(event, sequence + 1, previous)
        if wrong is not None:
            return sequence, wrong
        told.read(event)
        sequence, previous = event.sequence, event.hash
    end = session.get(ChainRow, events.CHAIN)
    long, last = (0, events.GENESIS) if end is None else (end.sequence, end.hash)
    if sequence < long:
        return sequence, f"event {sequence + 1}: missing, the chain was {long} events long"
    if (sequence, previous) != (long, last):
        return sequence, f"event {sequence}: the chain ended before it, at event {long}"
    return sequence, None


def _wrong_with(event: events.StoredEvent, sequence: int, previous: str) -> str | None:
    name = f"event {event.sequence} ({event.type} of {event.subject_type} {event.subject_id})"
    if event.sequence != sequence:
        return f"event {sequence}: missing, {name} follows"
    if event.previous_hash != previous:
        return f"{name}: it does not follow the event before it"
    if events.hash_of(event) != event.hash:
        return f"{name}: its content is not what was written"
    return None


def _check_quotes(session: Session, told: _Told) -> tuple[int, list[str]]:
    """Hash every quote again, one at a time, and compare where it stands with its last event."""
    found: set[str] = set()
    wrong: list[str] = []
    for quote_id in session.scalars(select(QuoteRow.id).order_by(QuoteRow.created_at)).all():
        found.add(quote_id)
        row = session.get_one(QuoteRow, quote_id)
        life = session.get(LifecycleRow, quote_id)
        made, last = told.made.get(quote_id), told.last.get(quote_id)
        if made is None:
            wrong.append(f"quote {quote_id}: no event tells of its making")
        elif quotes.stored_hash(row) != made:
            wrong.append(f"quote {quote_id}: its content is not what was stored when it was made")
        elif life is None or not _agree(lifecycles.record(life), last):
            wrong.append(f"quote {quote_id}: it stands otherwise than its last event says")
        session.expunge_all()
    missing = told.made.keys() - found - told.erased
    wrong += [f"quote {quote_id}: missing" for quote_id in sorted(missing)]
    return len(found), wrong


def _agree(record: dict[str, Any], last: dict[str, Any] | None) -> bool:
    return last is not None and all(last.get(key) == value for key, value in record.items())
