"""Forgetting work that names what is erased: kept answers, jobs, and messages to other systems.

They hold whole engagements and quotes, or notes, as JSON text; no column says whose they are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete, select

from api.store.idempotency import release
from api.store.webhook_tables import WebhookDeliveryRow
from api.store.work_tables import IdempotencyRow, JobRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_Marks = frozenset[str]


def forget_work(session: Session, words: Iterable[str]) -> None:
    """Delete whatever work holds one of these words, names or ids of quotes."""
    marks = frozenset().union(*map(_marks, words))
    if marks:
        _forget_jobs(session, marks)
        _forget_answers(session, marks)
        _forget_messages(session, marks)


def _forget_jobs(session: Session, marks: _Marks) -> None:
    """Delete jobs, also those that wait or run: whoever does one has lost it, and stores nothing.

    Whoever asked is told that the job was cancelled, and its key is free.
    """
    jobs = select(JobRow.id, JobRow.caller_id, JobRow.key, JobRow.request, JobRow.headers)
    for job_id, caller_id, key, *texts, body in session.execute(
        jobs.add_columns(JobRow.body)
    ).all():
        if _holds(marks, *texts, body):
            session.execute(delete(JobRow).where(JobRow.id == job_id))
            if key is not None:
                release(session, caller_id, key)


def _forget_answers(session: Session, marks: _Marks) -> None:
    answers = select(
        IdempotencyRow.caller_id, IdempotencyRow.key, IdempotencyRow.headers, IdempotencyRow.body
    )
    for caller_id, key, headers, body in session.execute(answers).all():
        if _holds(marks, headers, body):
            release(session, caller_id, key)


def _forget_messages(session: Session, marks: _Marks) -> None:
    """Delete messages, also those that were not sent yet."""
    messages = select(WebhookDeliveryRow.id, WebhookDeliveryRow.body)
    for message_id, body in session.execute(messages).all():
        if _holds(marks, body):
            session.execute(delete(WebhookDeliveryRow).where(WebhookDeliveryRow.id == message_id))


def _marks(word: str) -> set[str]:
    """A word as JSON may write it; an id stands in addresses, too."""
    marks = {json.dumps(word, ensure_ascii=only) for only in (True, False)}
    return marks | {word} if _is_id(word) else marks


def _is_id(word: str) -> bool:
    """Whether this is the id of a quote."""
    try:
        return str(UUID(word)) == word
    except ValueError:
        return False


def _holds(marks: _Marks, *texts: str | bytes | None) -> bool:
    held = "".join(
        text.decode(errors="replace") if isinstance(text, bytes) else text or "" for text in texts
    )
    return any(mark in held for mark in marks)
