"""`/v1/quotes/{id}/…`: revising, approving, sending and answering quotes; what happened to them.

Every change names the version it was decided on (`If-Match`), is checked where it is made, and is
written together with its event.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.cursors import Cursor, read_cursor, write_cursor, wrong_cursor
from api.deps import EngagementBody, OriginDep, PolicyDep, PricerDep, StoreDep
from api.errors import NotFoundError
from api.identity.caller import CallerDep
from api.lifecycle import answers, transitions
from api.lifecycle.answers import QuoteEvent, QuoteLifecycle, QuoteStatus
from api.lifecycle.approval import Reason
from api.lifecycle.bodies import AcceptanceBody, NoteBody, ReasonedBody
from api.lifecycle.measures import Terms
from api.lifecycle.transitions import Move
from api.openapi import engagement_request, optional_request, transition_request
from api.preconditions import SeenDep
from api.problems import problem_responses
from api.quote_answer import CREATED, QuoteAnswer, quote_answer
from api.store import events, lifecycles, quotes
from api.stored_quotes import QuoteId, find, stored_quote
from pricing.engagement import Engagement

if TYPE_CHECKING:
    from api.store.events import Origin
    from api.store.lifecycles import Lifecycle

router = APIRouter(prefix="/v1/quotes", tags=["lifecycle"])

_PROBLEMS = problem_responses(400, 403, 404, 409, 412, 413, 415, 422, 428, 503)

_BY_OUTPUT = {"method": "output_based"}
_LONGEST_SEQUENCE = 18  # digits


class EventQuery(BaseModel):
    """Which events of a quote."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=100, description="How many at most, 1 to 100.")
    after: Cursor | None = Field(None, description="Where to go on: next_cursor of a page.")


class EventPage(BaseModel):
    """What happened to a quote, oldest first."""

    object: Literal["list"] = "list"
    data: list[QuoteEvent]
    has_more: bool
    next_cursor: str | None = Field(description="What to hand back as after; none: no more.")


@router.post(
    "/{quote_id}/revisions",
    status_code=CREATED,
    response_model=QuoteAnswer,
    responses=_PROBLEMS,
    openapi_extra=engagement_request(),
)
def create_revision(
    quote_id: QuoteId,
    engagement: EngagementBody,
    store: StoreDep,
    pricer: PricerDep,
    seen: SeenDep,
    by: OriginDep,
) -> JSONResponse:
    """Price another engagement under the same number, as its next revision and a draft.

    A revision that was sent holds until its successor is sent; any other open one is superseded.
    """
    with store.writing() as session:
        transitions.check_revisable(session, quote_id, _move(by, seen))
    quote = pricer.price(engagement)
    with store.writing() as session:
        move = _move(by, seen)
        number, revision = transitions.next_revision(session, quote_id, move)
        place = quotes.Revision(number, revision, quote_id)
        stored = quotes.add(session, engagement, quote, by=by, at=move.at, revision=place)
        return quote_answer(stored, CREATED)


@router.post(
    "/{quote_id}/request-approval",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "a word to the approver", {"note": "Year-end price"}),
)
def request_approval(
    quote_id: QuoteId,
    body: NoteBody,
    store: StoreDep,
    policy: PolicyDep,
    seen: SeenDep,
    by: OriginDep,
) -> JSONResponse:
    """Ask for approval. The answer lists why it is needed; without a reason it is given at once."""
    engagement = Engagement.model_validate(find(store, quote_id).engagement)
    terms = Terms(stored_quote(store, quote_id), engagement)
    reasons = [reason.model_dump(mode="json") for reason in policy.reasons(terms)]
    with store.writing() as session:
        move = _move(by, seen, body.note)
        return _vendor(transitions.request_approval(session, quote_id, move, reasons))


@router.post(
    "/{quote_id}/approve",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "as it is", {}),
)
def approve_quote(
    quote_id: QuoteId,
    body: NoteBody,
    store: StoreDep,
    policy: PolicyDep,
    caller: CallerDep,
    seen: SeenDep,
    by: OriginDep,
) -> JSONResponse:
    """Approve a quote as it is; whoever made it or asked for this may not, unless configured."""
    with store.writing() as session:
        life = lifecycles.get(session, quote_id)
        if life is None:
            raise NotFoundError(quote_id)
        reasons = [Reason.model_validate(reason) for reason in life.reasons or ()]
        policy.check_approver(caller, reasons, (life.created_by, life.requested_by))
        return _vendor(transitions.approve(session, quote_id, _move(by, seen, body.note)))


@router.post(
    "/{quote_id}/reject",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Reasoned", "too cheap", {"note": "Ask for a longer term."}),
)
def reject_quote(
    quote_id: QuoteId, body: ReasonedBody, store: StoreDep, seen: SeenDep, by: OriginDep
) -> JSONResponse:
    """Refuse approval: the quote is a draft again."""
    with store.writing() as session:
        return _vendor(transitions.reject(session, quote_id, _move(by, seen, body.note)))


@router.post(
    "/{quote_id}/send",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "nothing to add", {}),
)
def send_quote(
    quote_id: QuoteId, body: NoteBody, store: StoreDep, seen: SeenDep, by: OriginDep
) -> JSONResponse:
    """Offer an approved quote to its client; it holds for the validity the engagement states."""
    validity_days = int(find(store, quote_id).document["engagement"]["validity_days"])
    with store.writing() as session:
        move = _move(by, seen, body.note)
        return _vendor(transitions.send(session, quote_id, move, validity_days))


@router.post(
    "/{quote_id}/accept",
    response_model=QuoteStatus,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Acceptance", "everything by output", _BY_OUTPUT),
)
def accept_quote(
    quote_id: QuoteId, body: AcceptanceBody, store: StoreDep, seen: SeenDep, by: OriginDep
) -> JSONResponse:
    """Accept one method for all services, or one for each. Client's view."""
    prices = find(store, quote_id).document["offers"]["input_based"]["prices"]
    choice = body.choice(list(dict.fromkeys(price["service"] for price in prices)))
    with store.writing() as session:
        return _client(transitions.accept(session, quote_id, _move(by, seen, body.note), choice))


@router.post(
    "/{quote_id}/decline",
    response_model=QuoteStatus,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "another vendor", {"note": "We went elsewhere."}),
)
def decline_quote(
    quote_id: QuoteId, body: NoteBody, store: StoreDep, seen: SeenDep, by: OriginDep
) -> JSONResponse:
    """Turn a quote down for good. Client's view."""
    with store.writing() as session:
        return _client(transitions.decline(session, quote_id, _move(by, seen, body.note)))


@router.post(
    "/{quote_id}/request-revision",
    response_model=QuoteStatus,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Reasoned", "weekends", {"note": "Weekends as well, please"}),
)
def request_revision(
    quote_id: QuoteId, body: ReasonedBody, store: StoreDep, seen: SeenDep, by: OriginDep
) -> JSONResponse:
    """Ask for another offer instead of this one. Client's view."""
    with store.writing() as session:
        return _client(transitions.request_revision(session, quote_id, _move(by, seen, body.note)))


@router.post(
    "/{quote_id}/void",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Reasoned", "a mistake", {"note": "Wrong client."}),
)
def void_quote(
    quote_id: QuoteId, body: ReasonedBody, store: StoreDep, seen: SeenDep, by: OriginDep
) -> JSONResponse:
    """Withdraw a quote for good."""
    with store.writing() as session:
        return _vendor(transitions.void(session, quote_id, _move(by, seen, body.note)))


@router.get("/{quote_id}/events", responses=problem_responses(403, 404, 422, 503))
def list_events(
    quote_id: QuoteId, store: StoreDep, query: Annotated[EventQuery, Query()]
) -> EventPage:
    """List what happened to a quote, oldest first: who, when, what, before and after."""
    with store.reading() as session:
        found, has_more = events.page(session, quote_id, query.limit, _sequence(query.after))
        if not found and lifecycles.get(session, quote_id) is None:
            raise NotFoundError(quote_id)
    cursor = write_cursor(str(found[-1].sequence)) if has_more else None
    data = [answers.event(one) for one in found]
    return EventPage(data=data, has_more=has_more, next_cursor=cursor)


def _sequence(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (last,) = read_cursor(cursor, 1)
    if not last.isdecimal() or not last.isascii() or len(last) > _LONGEST_SEQUENCE:
        raise wrong_cursor()
    return int(last)


def _move(by: Origin, seen: frozenset[int] | None, note: str | None = None) -> Move:
    return Move(by, datetime.now(UTC), seen, note)


def _vendor(life: Lifecycle) -> JSONResponse:
    return _answer(answers.lifecycle(life))


def _client(life: Lifecycle) -> JSONResponse:
    return _answer(answers.status(life))


def _answer(body: QuoteStatus) -> JSONResponse:
    return JSONResponse(body.model_dump(mode="json"), headers={"ETag": body.etag})
