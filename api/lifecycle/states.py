"""States of a quote and what leads from one to another; pure data."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a quote stands."""

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVISION_REQUESTED = "revision_requested"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    VOID = "void"


class Action(StrEnum):
    """What moves a quote; the value is the type of its event, less ``quote.``."""

    REQUEST_APPROVAL = "approval_requested"
    APPROVE = "approved"
    REJECT = "rejected"
    SEND = "sent"
    ACCEPT = "accepted"
    DECLINE = "declined"
    REQUEST_REVISION = "revision_requested"
    EXPIRE = "expired"
    SUPERSEDE = "superseded"
    VOID = "voided"


OPEN = (
    State.DRAFT,
    State.PENDING_APPROVAL,
    State.APPROVED,
    State.SENT,
    State.REVISION_REQUESTED,
)
FINAL = tuple(state for state in State if state not in OPEN)
# What a revision is made of: whatever was not taken, replaced or withdrawn.
REVISABLE = (*OPEN, State.DECLINED, State.EXPIRED)
# A sent quote holds until its successor is sent; these are replaced once there is one.
REPLACED_BY_REVISION = tuple(state for state in OPEN if state is not State.SENT)

TRANSITIONS: dict[Action, dict[State, State]] = {
    Action.REQUEST_APPROVAL: {State.DRAFT: State.PENDING_APPROVAL},
    Action.APPROVE: {State.PENDING_APPROVAL: State.APPROVED},
    Action.REJECT: {State.PENDING_APPROVAL: State.DRAFT},
    Action.SEND: {State.APPROVED: State.SENT},
    Action.ACCEPT: {State.SENT: State.ACCEPTED},
    Action.DECLINE: {State.SENT: State.DECLINED},
    Action.REQUEST_REVISION: {State.SENT: State.REVISION_REQUESTED},
    Action.EXPIRE: {State.SENT: State.EXPIRED},
    Action.SUPERSEDE: dict.fromkeys(OPEN, State.SUPERSEDED),
    Action.VOID: dict.fromkeys(OPEN, State.VOID),
}


def next_state(action: Action, state: State) -> State | None:
    """State an action leads to, or None where it is not allowed."""
    return TRANSITIONS[action].get(state)


def allowed_from(action: Action) -> str:
    """Name the states an action starts from, for a message."""
    return " or ".join(TRANSITIONS[action])
