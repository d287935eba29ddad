"""Erasing quotes where law or retention asks, so that the trail of events stays whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased

from api.store import drafts, events, scenarios
from api.store.audit import ERASED
from api.store.draft_tables import DraftRow
from api.store.forgetting import forget_work
from api.store.identity_tables import CredentialRow, UserRow
from api.store.tables import Base, EventRow, LifecycleRow, QuoteRow
from api.store.times import exact
from pricing.reading import content_hash

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from api.store.events import Origin

CLIENT_ERASED = "client.erased"
_ACCEPTED = "accepted"
_FIRST = aliased(LifecycleRow)  # who changes a quote holds the first revision of its number
_ENDED = ("declined", "expired", "superseded", "void")


@dataclass(frozen=True)
class Erased:
    """What is gone, and how many quotes stay: accepted ones, and those they were made from."""

    quotes: int
    kept: int
    users: int


def clients(session: Session) -> list[str]:
    """Every client that quotes, drafts or users are of."""
    found = {
        *session.scalars(select(QuoteRow.client).distinct()),
        *session.scalars(select(DraftRow.client).distinct()),
        *session.scalars(select(UserRow.client).where(UserRow.client.is_not(None)).distinct()),
    }
    return sorted(name for name in found if name is not None)


def erase_client(session: Session, client: str, by: Origin, accepted_before: datetime) -> Erased:
    """Erase a client's quotes and users.

    Parameters
    ----------
    accepted_before : datetime
        Quotes accepted later than that stay: they are contracts.
    """
    of_client = set(session.scalars(select(QuoteRow.id).where(QuoteRow.client == client)))
    contracts = of_client & (_accepted(session) - _accepted(session, accepted_before))
    erased = _erase(session, of_client - contracts, by)
    forget_work(session, [client])
    drafts.forget_client(session, client)
    users = _erase_users(session, client)
    after = {"quotes": erased, "users": users}
    subject = content_hash({"client": client})  # the name would outlive its erasure
    events.append(session, CLIENT_ERASED, subject, by, after=after, subject_type="client")
    return Erased(erased, len(of_client) - erased, users)


def outlived(
    session: Session, accepted_before: datetime | None, ended_before: datetime | None
) -> set[str]:
    """Ids of quotes that were kept long enough.

    Parameters
    ----------
    accepted_before, ended_before : datetime or None
        When such a quote was accepted, or last changed once nothing could come of it; None: it is
        kept for ever.
    """
    found: set[str] = set()
    if accepted_before is not None:
        found |= _accepted(session, accepted_before)
    if ended_before is not None:
        last = select(EventRow.subject_id).where(EventRow.subject_type == events.QUOTE)
        quiet = last.group_by(EventRow.subject_id).having(
            func.max(EventRow.at) < exact(ended_before)
        )
        ended = select(LifecycleRow.quote_id).where(LifecycleRow.state.in_(_ENDED))
        found |= set(session.scalars(ended.where(LifecycleRow.quote_id.in_(quiet))))
    return _closed(session, found)


def purge(session: Session, ids: set[str], by: Origin) -> int:
    """Erase quotes that were kept long enough; returns how many."""
    return _erase(session, ids, by)


def _accepted(session: Session, before: datetime | None = None) -> set[str]:
    """Quotes that stand accepted, all or those accepted before a moment."""
    found = select(LifecycleRow.quote_id).where(LifecycleRow.state == _ACCEPTED)
    if before is not None:
        when = select(EventRow.subject_id).where(
            EventRow.type == f"{events.QUOTE}.{_ACCEPTED}", EventRow.at < exact(before)
        )
        found = found.where(LifecycleRow.quote_id.in_(when))
    return set(session.scalars(found))


def _closed(session: Session, ids: set[str]) -> set[str]:
    """Without those that a quote which stays refers to: its base, the first of its number."""
    variants = select(QuoteRow.id, QuoteRow.variant_of).where(QuoteRow.variant_of.is_not(None))
    revisions = (
        select(LifecycleRow.quote_id, _FIRST.quote_id)
        .join(_FIRST, (_FIRST.number == LifecycleRow.number) & (_FIRST.revision == 1))
        .where(LifecycleRow.revision > 1)
    )
    refers = [*session.execute(variants), *session.execute(revisions)]
    ids = set(ids)
    while bound := {base for quote_id, base in refers if quote_id not in ids} & ids:
        ids -= bound
    return ids


def _erase(session: Session, ids: set[str], by: Origin) -> int:
    ids = _closed(session, ids)
    newest_first = select(QuoteRow.id).order_by(QuoteRow.created_at.desc(), QuoteRow.id.desc())
    waiting = [quote_id for quote_id in session.scalars(newest_first).all() if quote_id in ids]
    while waiting:  # a quote goes after those that were made from it
        bases = set(
            session.scalars(select(QuoteRow.variant_of).where(QuoteRow.variant_of.is_not(None)))
        )
        for quote_id in [one for one in waiting if one not in bases]:
            _erase_one(session, quote_id, by)
        waiting = [quote_id for quote_id in waiting if quote_id in bases]
    forget_work(session, ids)
    session.expire_all()
    return len(ids)


def _erase_one(session: Session, quote_id: str, by: Origin) -> None:
    """Delete a quote with all that belongs to it; the event holds its hash and its number."""
    row = session.execute(
        select(QuoteRow.content_hash, LifecycleRow.number, LifecycleRow.revision)
        .outerjoin(LifecycleRow, LifecycleRow.quote_id == QuoteRow.id)
        .where(QuoteRow.id == quote_id)
    ).one()
    for one in scenarios.of_base(session, quote_id):  # they go with what they start from
        before = scenarios.record(one)
        events.append(
            session, scenarios.DELETED, one.id, by, before=before, subject_type=scenarios.SUBJECT
        )
    quotes = Base.metadata.tables[QuoteRow.__tablename__]
    for table in reversed(Base.metadata.sorted_tables):
        for key in table.foreign_keys:
            lets_go = key.ondelete == "SET NULL"  # it is more than the quote it refers to
            if key.column.table is quotes and table is not quotes and not lets_go:
                session.execute(delete(table).where(key.parent == quote_id))
    session.execute(delete(quotes).where(quotes.c.id == quote_id))
    events.append(session, ERASED, quote_id, by, after=dict(row._mapping))  # noqa: SLF001 (its name)


def _erase_users(session: Session, client: str) -> int:
    """Delete those who could sign in for a client, and their credentials."""
    own = select(UserRow.id).where(UserRow.client == client)
    session.execute(delete(CredentialRow).where(CredentialRow.user_id.in_(own)))
    ids = list(session.scalars(own))
    session.execute(delete(UserRow).where(UserRow.id.in_(ids)))
    return len(ids)
