"""Webhooks in the store; every function works in the transaction it is given."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from api.store.webhook_tables import WebhookDeliveryRow, WebhookRow
from pricing.reading import canonical_json

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.store.events import StoredEvent

PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"
OLD_SECRET_HOLDS = timedelta(hours=24)
KEPT = timedelta(days=30)
LEASE = timedelta(seconds=60)
# Waits between attempts, as Standard Webhooks proposes: about two days in all.
BACK_OFF = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000)
)


@dataclass(frozen=True)
class DueDelivery:
    """A delivery that was taken to be sent now."""

    id: str
    url: str
    secrets: tuple[str, ...]
    body: str
    attempts: int


def add(session: Session, url: str, types: list[str], secret: str, by: str) -> WebhookRow:
    """Add an endpoint that is told of some types of events; none: of all."""
    row = WebhookRow(
        id=str(uuid.uuid4()),
        created_at=datetime.now(UTC),
        created_by=by,
        url=url,
        types=json.dumps(sorted(types)),
        secret=secret,
        active=True,
    )
    session.add(row)
    session.flush()
    return row


def every(session: Session) -> list[WebhookRow]:
    """All endpoints, oldest first."""
    return list(session.scalars(select(WebhookRow).order_by(WebhookRow.created_at)))


def rotate(row: WebhookRow, secret: str) -> None:
    """Sign with a new secret; the old one signs as well for a day."""
    row.old_secret, row.secret = row.secret, secret
    row.old_secret_until = datetime.now(UTC) + OLD_SECRET_HOLDS


def enqueue(session: Session, event: StoredEvent) -> None:
    """Put an event into the outbox of everybody who is told of it, in the event's transaction."""
    data = {"subject": event.subject_type, "id": event.subject_id, "after": event.after}
    body = canonical_json({"type": event.type, "timestamp": event.at, "data": data})
    for row in session.scalars(select(WebhookRow).where(WebhookRow.active.is_(True))):
        types = json.loads(row.types)
        if not types or event.type in types:
            deliver_to(session, row, event.type, body)


def deliver_to(session: Session, row: WebhookRow, kind: str, body: str) -> WebhookDeliveryRow:
    """Put one message into the outbox, due now."""
    now = datetime.now(UTC)
    delivery = WebhookDeliveryRow(
        id=str(uuid.uuid4()),
        webhook_id=row.id,
        created_at=now,
        type=kind,
        body=body,
        state=PENDING,
        attempts=0,
        due_at=now,
    )
    session.add(delivery)
    session.flush()
    return delivery


def any_due(session: Session, now: datetime) -> bool:
    """Whether a message waits to be sent now."""
    query = select(WebhookDeliveryRow.id).where(
        WebhookDeliveryRow.state == PENDING, WebhookDeliveryRow.due_at <= now
    )
    return session.scalars(query.limit(1)).one_or_none() is not None


def take_due(session: Session, now: datetime, at_most: int) -> list[DueDelivery]:
    """Take what is due; nobody else takes it for a minute, and then it counts as lost."""
    query = (
        select(WebhookDeliveryRow, WebhookRow)
        .join(WebhookRow, WebhookRow.id == WebhookDeliveryRow.webhook_id)
        .where(
            WebhookDeliveryRow.state == PENDING,
            WebhookDeliveryRow.due_at <= now,
            WebhookRow.active.is_(True),
        )
        .order_by(WebhookDeliveryRow.due_at)
        .limit(at_most)
        .with_for_update(skip_locked=True, of=WebhookDeliveryRow)
    )
    taken = []
    for delivery, row in session.execute(query).all():
        delivery.due_at = now + LEASE
        delivery.attempts += 1
        taken.append(
            DueDelivery(delivery.id, row.url, _secrets(row, now), delivery.body, delivery.attempts)
        )
    return taken


def settle(
    session: Session, delivery_id: str, now: datetime, status: int | None, problem: str | None
) -> None:
    """Note how an attempt went: delivered, to be tried again, or given up."""
    row = session.get(WebhookDeliveryRow, delivery_id)
    if row is None:  # its endpoint was removed meanwhile
        return
    row.status, row.problem = status, problem
    if problem is None:
        row.state, row.done_at = DELIVERED, now
    elif row.attempts > len(BACK_OFF):
        row.state, row.done_at = FAILED, now
    else:
        row.due_at = now + BACK_OFF[row.attempts - 1]


def forget_old(session: Session, now: datetime) -> None:
    """Drop what was settled more than a month ago."""
    session.execute(
        delete(WebhookDeliveryRow).where(
            WebhookDeliveryRow.state != PENDING, WebhookDeliveryRow.done_at < now - KEPT
        )
    )


def deliveries(session: Session, webhook_id: str, limit: int) -> list[WebhookDeliveryRow]:
    """The newest messages to an endpoint."""
    query = select(WebhookDeliveryRow).where(WebhookDeliveryRow.webhook_id == webhook_id)
    newest = query.order_by(WebhookDeliveryRow.created_at.desc(), WebhookDeliveryRow.id)
    return list(session.scalars(newest.limit(limit)))


def _secrets(row: WebhookRow, now: datetime) -> tuple[str, ...]:
    if row.old_secret and row.old_secret_until and now < row.old_secret_until:
        return row.secret, row.old_secret
    return (row.secret,)
