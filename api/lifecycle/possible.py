"""What a caller may do with a quote as it stands now, and what is kept from it and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, Field

from api.errors import RefusedError, WrongStateError
from api.identity.permissions import may
from api.lifecycle import transitions
from api.lifecycle.answers import QuoteLifecycle
from api.lifecycle.approval import Reason
from api.lifecycle.states import Action, State, next_state
from api.store import lifecycles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from api.identity.caller import Caller
    from api.lifecycle.approval import ApprovalPolicy
    from api.lifecycle.transitions import Move
    from api.store.lifecycles import Lifecycle
    from api.store.tables import LifecycleRow

ActionName = Literal[
    "request-approval",
    "approve",
    "reject",
    "send",
    "accept",
    "decline",
    "request-revision",
    "void",
    "revisions",
]
_MOVES: dict[ActionName, Action] = {
    "request-approval": Action.REQUEST_APPROVAL,
    "approve": Action.APPROVE,
    "reject": Action.REJECT,
    "send": Action.SEND,
    "accept": Action.ACCEPT,
    "decline": Action.DECLINE,
    "request-revision": Action.REQUEST_REVISION,
    "void": Action.VOID,
}
_REVISE: ActionName = "revisions"
_OF_CLIENT = (Action.ACCEPT, Action.DECLINE, Action.REQUEST_REVISION)
_TAKE_A_REASON = frozenset({"reject", "request-revision", "void"})


class Possible(BaseModel):
    """A change that the caller may make now."""

    action: ActionName = Field(description="Last step of its address.")
    reason: bool = Field(description="Whether it takes a note that says why.")


class Kept(BaseModel):
    """A change that the state allows, but not to this caller."""

    action: ActionName
    detail: str


class LastChange(BaseModel):
    """What happened to a quote last."""

    at: str
    type: str = Field(examples=["quote.sent"])
    actor_name: str


class Actions(BaseModel):
    """Where a quote stands, what the caller may do with it, and who changed it last."""

    lifecycle: QuoteLifecycle
    last_change: LastChange | None
    data: list[Possible]
    kept: list[Kept]


@dataclass(frozen=True)
class Asked:
    """Who asks, what it may, and when."""

    caller: Caller
    policy: ApprovalPolicy
    move: Move


def possible(session: Session, life: Lifecycle, asked: Asked) -> tuple[list[Possible], list[Kept]]:
    """Sort the changes a quote allows as it stands: those of the caller, and the others."""
    mine: list[Possible] = []
    kept: list[Kept] = []
    family = lifecycles.revisions(session, life.quote_id)
    for name in (*_MOVES, _REVISE):
        if not _starts_here(life.quote_id, family, name, asked.move):
            continue
        why = _refusal(life, name, asked)
        if why is None:
            mine.append(Possible(action=name, reason=name in _TAKE_A_REASON))
        else:
            kept.append(Kept(action=name, detail=why))
    return mine, kept


def _starts_here(
    quote_id: str, family: Sequence[LifecycleRow], name: ActionName, move: Move
) -> bool:
    row = next(one for one in family if one.quote_id == quote_id)
    action = _MOVES.get(name)
    try:
        if action is None:
            transitions.refuse_unrevisable(row, family)
        elif action in _OF_CLIENT:
            transitions.refuse_unanswerable(row, family, move, action)
    except WrongStateError:
        return False
    return action is None or next_state(action, State(row.state)) is not None


def _refusal(life: Lifecycle, name: ActionName, asked: Asked) -> str | None:
    if not may(asked.caller, f"POST /v1/quotes/{{quote_id}}/{name}"):
        return f"not for the role {asked.caller.role}"
    if name != "approve":
        return None
    reasons = [Reason.model_validate(reason) for reason in life.reasons or ()]
    try:
        asked.policy.check_approver(asked.caller, reasons, (life.created_by, life.requested_by))
    except RefusedError as refused:
        return str(refused)
    return None
