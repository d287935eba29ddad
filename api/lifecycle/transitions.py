"""Moving a quote from state to state: checked, changed and recorded in the caller's transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from api.errors import STALE, NotFoundError, RefusedError, WrongStateError
from api.lifecycle.states import (
    OPEN,
    REPLACED_BY_REVISION,
    REVISABLE,
    Action,
    State,
    allowed_from,
    next_state,
)
from api.store import events, lifecycles
from api.store.events import Origin
from api.store.tables import QuoteRow
from api.store.times import utc_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from api.store.lifecycles import Lifecycle
    from api.store.tables import LifecycleRow

POLICY = Origin("policy", "approval policy", "system")


@dataclass(frozen=True)
class Move:
    """Who moves a quote, when, and which versions of it they have seen (None: any will do)."""

    by: Origin
    at: datetime
    seen: frozenset[int] | None = None
    note: str | None = None


def request_approval(
    session: Session, quote_id: str, move: Move, reasons: Sequence[Mapping[str, Any]]
) -> Lifecycle:
    """Ask for approval; without a reason against it, the policy approves at once."""
    row, _ = _take(session, quote_id, move)
    listed = json.dumps([dict(reason) for reason in reasons])
    asked = {"requested_by": move.by.id, "reasons": listed}
    _apply(session, row, Action.REQUEST_APPROVAL, move, **asked)
    if not reasons:
        origin = replace(POLICY, request_id=move.by.request_id)
        _approve(session, row, replace(move, by=origin))
    return lifecycles.of(row)


def approve(session: Session, quote_id: str, move: Move) -> Lifecycle:
    """Approve this content of a quote, which its hash identifies."""
    row, _ = _take(session, quote_id, move)
    _approve(session, row, move)
    return lifecycles.of(row)


def reject(session: Session, quote_id: str, move: Move) -> Lifecycle:
    """Send a quote back to its author, who may revise it or ask again."""
    row, _ = _take(session, quote_id, move)
    _apply(session, row, Action.REJECT, move, requested_by=None)
    return lifecycles.of(row)


def send(session: Session, quote_id: str, move: Move, validity_days: int) -> Lifecycle:
    """Offer a quote to the client for so many days; earlier revisions no longer hold."""
    row, family = _take(session, quote_id, move)
    approved = _content_hash(session, quote_id)
    if row.state == State.APPROVED and row.approved_hash != approved:
        remedy = "its content is not what was approved; verify the audit trail"
        raise WrongStateError(name(row), row.state, remedy)
    ends = move.at + timedelta(days=validity_days)
    _apply(session, row, Action.SEND, move, sent_at=move.at, expires_at=ends)
    _supersede(session, [one for one in family if one.revision < row.revision], move)
    return lifecycles.of(row)


def accept(session: Session, quote_id: str, move: Move, choice: Mapping[str, str]) -> Lifecycle:
    """Accept the chosen offers; all other revisions of the number are superseded.

    Parameters
    ----------
    choice : mapping of str to str
        Chosen method by service.
    """
    row, family = _take(session, quote_id, move)
    refuse_unanswerable(row, family, move, Action.ACCEPT)
    others = [one for one in family if one is not row]
    _apply(session, row, Action.ACCEPT, move, choice=json.dumps(dict(sorted(choice.items()))))
    _supersede(session, others, move)
    return lifecycles.of(row)


def decline(session: Session, quote_id: str, move: Move) -> Lifecycle:
    """Turn a quote down for good."""
    row, _ = _take(session, quote_id, move)
    _refuse_if_over(row, move)
    _apply(session, row, Action.DECLINE, move)
    return lifecycles.of(row)


def request_revision(session: Session, quote_id: str, move: Move) -> Lifecycle:
    """Ask for another offer instead of this one."""
    row, _ = _take(session, quote_id, move)
    _refuse_if_over(row, move)
    _apply(session, row, Action.REQUEST_REVISION, move)
    return lifecycles.of(row)


def void(session: Session, quote_id: str, move: Move) -> Lifecycle:
    """Withdraw a quote for good."""
    row, _ = _take(session, quote_id, move)
    _apply(session, row, Action.VOID, move)
    return lifecycles.of(row)


def expire(session: Session, quote_id: str, move: Move) -> Lifecycle:
    """End a sent quote whose last day is over."""
    row, _ = _take(session, quote_id, move)
    if row.state == State.SENT and not _is_over(row, move):
        ends = utc_text(row.expires_at) if row.expires_at else "never"
        raise WrongStateError(name(row), row.state, f"it holds until {ends}")
    _apply(session, row, Action.EXPIRE, move)
    return lifecycles.of(row)


def refuse_unanswerable(
    row: LifecycleRow, family: Sequence[LifecycleRow], move: Move, action: Action
) -> None:
    """Refuse an answer of the client that comes too late, or accepts what a newer one replaced.

    Raises
    ------
    WrongStateError
        Saying until when it held, or which revision can be accepted.
    """
    _refuse_if_over(row, move)
    if action is Action.ACCEPT:
        _refuse_if_replaced(row, family)


def check_revisable(session: Session, quote_id: str, move: Move) -> LifecycleRow:
    """Return the row of a quote that a revision may be made of, all of its number held.

    Raises
    ------
    NotFoundError, RefusedError
        There is none, it has changed, it was accepted or withdrawn, or a later revision exists.
    """
    row, family = _take(session, quote_id, move)
    refuse_unrevisable(row, family)
    return row


def refuse_unrevisable(row: LifecycleRow, family: Sequence[LifecycleRow]) -> None:
    """Refuse a revision of what was accepted, withdrawn, or revised before.

    Raises
    ------
    WrongStateError
        Saying what a revision can be made of.
    """
    if any(one.state == State.ACCEPTED for one in family):
        remedy = f"a revision of {row.number} was accepted; make another quote"
        raise WrongStateError(name(row), row.state, remedy)
    if row.state not in REVISABLE:
        remedy = f"a revision is made of what is {' or '.join(REVISABLE)}"
        raise WrongStateError(name(row), row.state, remedy)
    newer = [one for one in family if one.revision > row.revision and one.state != State.VOID]
    if newer:
        remedy = f"revise the newest revision, {newer[-1].revision} ({newer[-1].quote_id})"
        raise WrongStateError(name(row), row.state, remedy)


def next_revision(session: Session, quote_id: str, move: Move) -> tuple[str, int]:
    """Make room for a revision: supersede what it replaces, return its number and revision.

    Raises
    ------
    NotFoundError, RefusedError
        See `check_revisable`.
    """
    row = check_revisable(session, quote_id, move)
    family = lifecycles.hold(session, quote_id)
    _supersede(session, [one for one in family if one.state in REPLACED_BY_REVISION], move)
    return row.number, family[-1].revision + 1


def name(row: LifecycleRow | Lifecycle) -> str:
    """Call a quote as people do."""
    return f"{row.number} revision {row.revision}"


def _take(
    session: Session, quote_id: str, move: Move
) -> tuple[LifecycleRow, Sequence[LifecycleRow]]:
    """Hold a quote's number, and return the quote and all revisions if it is as was seen."""
    family = lifecycles.hold(session, quote_id)
    row = next((one for one in family if one.quote_id == quote_id), None)
    if row is None:
        raise NotFoundError(quote_id)
    if move.seen is not None and row.version not in move.seen:
        detail = f"{name(row)} is {row.state} at version {row.version} now; read it again"
        raise RefusedError(STALE, detail)
    return row, family


def _apply(
    session: Session, row: LifecycleRow, action: Action, move: Move, **changes: object
) -> None:
    """Make one transition and append its event, or refuse it.

    Raises
    ------
    WrongStateError
        The action does not start from this state.
    """
    state = next_state(action, State(row.state))
    if state is None:
        raise WrongStateError(name(row), row.state, f"only {allowed_from(action)} can be {action}")
    before = lifecycles.record(row)
    row.state = state.value
    row.note = move.note
    for key, value in changes.items():
        setattr(row, key, value)
    session.flush()
    events.append(
        session,
        f"{events.QUOTE}.{action}",
        row.quote_id,
        move.by,
        before=before,
        after=lifecycles.record(row),
        at=move.at,
    )


def _approve(session: Session, row: LifecycleRow, move: Move) -> None:
    approved = _content_hash(session, row.quote_id)
    _apply(session, row, Action.APPROVE, move, approved_by=move.by.id, approved_hash=approved)


def _supersede(session: Session, rows: Sequence[LifecycleRow], move: Move) -> None:
    for row in rows:
        if row.state in OPEN:
            _apply(session, row, Action.SUPERSEDE, replace(move, note=None))


def _refuse_if_over(row: LifecycleRow, move: Move) -> None:
    """Refuse a client's answer that comes too late, though nothing has ended the quote yet."""
    if row.state == State.SENT and row.expires_at is not None and _is_over(row, move):
        remedy = f"it held until {utc_text(row.expires_at)}; ask for a revision"
        raise WrongStateError(name(row), row.state, remedy)


def _refuse_if_replaced(row: LifecycleRow, family: Sequence[LifecycleRow]) -> None:
    """Refuse to accept a sent quote of which a later revision was sent."""
    newer = [one for one in family if one.revision > row.revision and one.sent_at is not None]
    if row.state == State.SENT and newer:
        remedy = f"only the newest revision sent, {newer[-1].revision}, can be accepted"
        raise WrongStateError(name(row), row.state, remedy)


def _is_over(row: LifecycleRow, move: Move) -> bool:
    return row.expires_at is not None and row.expires_at <= move.at


def _content_hash(session: Session, quote_id: str) -> str:
    row = session.get_one(QuoteRow, quote_id)
    return row.content_hash
