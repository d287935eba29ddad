"""Jobs in the store: who has one in hand has a lease on it, and nobody else may finish it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import defer

from api.store.idempotency import KeptAnswer
from api.store.work_tables import JobRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

KEPT = timedelta(hours=24)
QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
STATES = (QUEUED, RUNNING, DONE, FAILED, CANCELLED)
OPEN = frozenset({QUEUED, RUNNING})


@dataclass(frozen=True)
class NewJob:
    """A piece of work to be done; `request` is JSON text."""

    id: str
    kind: str
    caller_id: str
    key: str | None
    request: str


@dataclass(frozen=True)
class ClaimedJob:
    """A job in hand, under the name `owner` that this claim alone has."""

    id: str
    kind: str
    caller_id: str
    key: str | None
    request: str
    attempts: int
    owner: str


@dataclass(frozen=True)
class ClosedJob:
    """Whose job it was, and its Idempotency-Key."""

    caller_id: str
    key: str | None


@dataclass(frozen=True)
class StoredJob:
    """How a job stands."""

    id: str
    kind: str
    caller_id: str
    state: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    version: int
    stage: int
    share: float | None
    words: str
    status: int | None


def add(session: Session, job: NewJob) -> None:
    """Put a job into the queue, and forget those that ended more than 24 hours ago."""
    now = datetime.now(UTC)
    session.execute(delete(JobRow).where(JobRow.created_at < now - KEPT, JobRow.state.not_in(OPEN)))
    session.add(
        JobRow(
            id=job.id,
            kind=job.kind,
            caller_id=job.caller_id,
            key=job.key,
            request=job.request,
            state=QUEUED,
            created_at=now,
        )
    )


def some_to_claim(session: Session) -> bool:
    """Whether a job waits, or was left by a process that ended."""
    return session.scalar(select(JobRow.id).where(_claimable()).limit(1)) is not None


def claim(session: Session, lease: timedelta) -> ClaimedJob | None:
    """Take the oldest job that waits, or whose lease has run out, in hand; None: there is none."""
    query = select(JobRow).options(defer(JobRow.body)).where(_claimable())
    query = query.order_by(JobRow.created_at, JobRow.id).limit(1)
    row = session.scalar(query.with_for_update(skip_locked=True))
    if row is None:
        return None
    now = datetime.now(UTC)
    row.state, row.owner, row.lease_until = RUNNING, str(uuid.uuid4()), now + lease
    row.started_at = row.started_at or now
    row.attempts += 1
    row.version += 1
    row.stage, row.share, row.words = 0, None, ""
    return ClaimedJob(
        row.id, row.kind, row.caller_id, row.key, row.request, row.attempts, row.owner
    )


def _claimable() -> ColumnElement[bool]:
    left = (JobRow.state == RUNNING) & (JobRow.lease_until < datetime.now(UTC))
    return or_(JobRow.state == QUEUED, left)


def renew(session: Session, owners: Iterable[str], lease: timedelta) -> None:
    """Keep jobs in hand."""
    change = update(JobRow).where(JobRow.owner.in_(list(owners)), JobRow.state == RUNNING)
    session.execute(change.values(lease_until=datetime.now(UTC) + lease))


def still_owned(session: Session, owners: Iterable[str]) -> set[str]:
    """Which of these claims hold: the others were cancelled, or taken over."""
    query = select(JobRow.owner).where(JobRow.owner.in_(list(owners)), JobRow.state == RUNNING)
    return {owner for owner in session.scalars(query) if owner is not None}


def tell(session: Session, owner: str, stage: int, share: float | None, words: str) -> None:
    """Note how far a job is."""
    session.execute(
        update(JobRow)
        .where(JobRow.owner == owner, JobRow.state == RUNNING)
        .values(stage=stage, share=share, words=words[:200], version=JobRow.version + 1)
    )


def holds(session: Session, owner: str) -> bool:
    """Whether a claim holds; nobody else can change the job before this transaction ends."""
    query = select(JobRow.id).where(JobRow.owner == owner, JobRow.state == RUNNING)
    return session.scalar(query.with_for_update()) is not None


def finish(session: Session, owner: str, state: str, answer: KeptAnswer) -> None:
    """Write what came of a job whose claim holds."""
    session.execute(
        update(JobRow)
        .where(JobRow.owner == owner, JobRow.state == RUNNING)
        .values(
            state=state,
            finished_at=datetime.now(UTC),
            owner=None,
            lease_until=None,
            share=1.0 if state == DONE else JobRow.share,
            status=answer.status,
            headers=json.dumps(answer.headers),
            body=answer.body,
            version=JobRow.version + 1,
        )
    )


def requeue(session: Session, owners: Iterable[str]) -> None:
    """Give jobs back, to be begun anew by whoever is there."""
    session.execute(
        update(JobRow)
        .where(JobRow.owner.in_(list(owners)), JobRow.state == RUNNING)
        .values(
            state=QUEUED,
            owner=None,
            lease_until=None,
            attempts=JobRow.attempts - 1,
            version=JobRow.version + 1,
        )
    )


def cancel(session: Session, job_id: str) -> ClosedJob | None:
    """Cancel a job that has not ended; None: it has."""
    row = session.scalar(select(JobRow).where(JobRow.id == job_id).with_for_update())
    if row is None or row.state not in OPEN:
        return None
    row.state, row.finished_at = CANCELLED, datetime.now(UTC)
    row.owner = row.lease_until = None
    row.version += 1
    return ClosedJob(row.caller_id, row.key)


def get(session: Session, job_id: str) -> StoredJob | None:
    """Return how a job stands, or None."""
    names = list(StoredJob.__dataclass_fields__)
    query = select(*(getattr(JobRow, name) for name in names)).where(JobRow.id == job_id)
    row = session.execute(query).one_or_none()
    return None if row is None else StoredJob(*row)


def answer_of(session: Session, job_id: str) -> KeptAnswer | None:
    """Return what came of a job; None while it has not ended."""
    query = select(JobRow.status, JobRow.headers, JobRow.body).where(JobRow.id == job_id)
    row = session.execute(query).one_or_none()
    if row is None or row.status is None:
        return None
    return KeptAnswer(row.status, json.loads(row.headers or "{}"), row.body or b"")


def request_of(session: Session, job_id: str) -> str | None:
    """Return what was asked, as JSON text."""
    return session.scalar(select(JobRow.request).where(JobRow.id == job_id))


def num_queued(session: Session) -> int:
    """How many jobs wait."""
    query = select(func.count()).select_from(JobRow).where(JobRow.state == QUEUED)
    return session.scalar(query) or 0


def count_by_state(session: Session) -> dict[str, int]:
    """How many jobs of the last 24 hours stand where."""
    found = session.execute(select(JobRow.state, func.count()).group_by(JobRow.state))
    return dict.fromkeys(STATES, 0) | {row.state: row[1] for row in found}
