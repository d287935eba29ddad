"""`/v1/quotes/{id}/…`: revising, approving, sending and answering quotes; what happened to them.

Every change names the version it was decided on (`If-Match`), is checked where it is made, and is
written together with its event.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.deps import EngagementBody, OriginDep, PolicyDep, StoreDep
from api.errors import NotFoundError
from api.event_pages import EventPage, EventQuery, event_page
from api.identity.caller import CallerDep
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.lifecycle import answers, transitions
from api.lifecycle.answers import QuoteLifecycle, QuoteStatus
from api.lifecycle.approval import Reason
from api.lifecycle.bodies import AcceptanceBody, NoteBody, ReasonedBody
from api.lifecycle.change import ChangeDep
from api.lifecycle.measures import Terms
from api.lifecycle.possible import Actions, Asked, LastChange, possible
from api.lifecycle.transitions import Move
from api.openapi import engagement_request, optional_request, transition_request
from api.problems import problem_responses
from api.quote_answer import CREATED, QuoteAnswer
from api.store import events, lifecycles
from api.store.database import Database
from api.stored_quotes import QuoteId, find, stored_quote
from pricing.engagement import Engagement

router = APIRouter(prefix="/v1/quotes", tags=["lifecycle"])

_PROBLEMS = problem_responses(400, 403, 404, 409, 412, 413, 415, 422, 428, 503)
_PRICED = JOB_ANSWER | _PROBLEMS | problem_responses(429, 500)

_BY_OUTPUT = {"method": "output_based"}


@router.post(
    "/{quote_id}/revisions",
    status_code=CREATED,
    response_model=QuoteAnswer,
    responses=_PRICED,
    openapi_extra=engagement_request(),
)
async def create_revision(
    quote_id: QuoteId,
    change: ChangeDep,
    engagement: EngagementBody,
    store: StoreDep,
    desk: DeskDep,
) -> Response:
    """Price another engagement under the same number, as its next revision and a draft.

    A revision that was sent holds until its successor is sent; any other open one is superseded.
    Answered like `POST /v1/quotes`, by a job when it takes longer; whether the quote is still as
    it was seen is asked before pricing and after it.
    """
    await run_in_threadpool(_check_revisable, store, quote_id, change.move())
    return await desk.answer("revision", target=quote_id, seen=change.seen)


def _check_revisable(store: Database, quote_id: str, move: Move) -> None:
    with store.writing() as session:
        transitions.check_revisable(session, quote_id, move)


@router.post(
    "/{quote_id}/request-approval",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "a word to the approver", {"note": "Year-end price"}),
)
def request_approval(
    quote_id: QuoteId,
    change: ChangeDep,
    body: NoteBody,
    store: StoreDep,
    policy: PolicyDep,
) -> JSONResponse:
    """Ask for approval. The answer lists why it is needed; without a reason it is given at once."""
    engagement = Engagement.model_validate(find(store, quote_id).engagement)
    terms = Terms(stored_quote(store, quote_id), engagement)
    reasons = [reason.model_dump(mode="json") for reason in policy.reasons(terms)]
    with change.writing() as session:
        move = change.move(body.note)
        life = transitions.request_approval(session, quote_id, move, reasons)
        return change.for_vendor(session, life)


@router.post(
    "/{quote_id}/approve",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "as it is", {}),
)
def approve_quote(
    quote_id: QuoteId,
    change: ChangeDep,
    body: NoteBody,
    policy: PolicyDep,
    caller: CallerDep,
) -> JSONResponse:
    """Approve a quote as it is; whoever made it or asked for this may not, unless configured."""
    with change.writing() as session:
        life = lifecycles.get(session, quote_id)
        if life is None:
            raise NotFoundError(quote_id)
        reasons = [Reason.model_validate(reason) for reason in life.reasons or ()]
        policy.check_approver(caller, reasons, (life.created_by, life.requested_by))
        life = transitions.approve(session, quote_id, change.move(body.note))
        return change.for_vendor(session, life)


@router.post(
    "/{quote_id}/reject",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Reasoned", "too cheap", {"note": "Ask for a longer term."}),
)
def reject_quote(quote_id: QuoteId, change: ChangeDep, body: ReasonedBody) -> JSONResponse:
    """Refuse approval: the quote is a draft again."""
    with change.writing() as session:
        life = transitions.reject(session, quote_id, change.move(body.note))
        return change.for_vendor(session, life)


@router.post(
    "/{quote_id}/send",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "nothing to add", {}),
)
def send_quote(
    quote_id: QuoteId, change: ChangeDep, body: NoteBody, store: StoreDep
) -> JSONResponse:
    """Offer an approved quote to its client; it holds for the validity the engagement states."""
    validity_days = int(find(store, quote_id).document["engagement"]["validity_days"])
    with change.writing() as session:
        move = change.move(body.note)
        life = transitions.send(session, quote_id, move, validity_days)
        return change.for_vendor(session, life)


@router.post(
    "/{quote_id}/accept",
    response_model=QuoteStatus,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Acceptance", "everything by output", _BY_OUTPUT),
)
def accept_quote(
    quote_id: QuoteId, change: ChangeDep, body: AcceptanceBody, store: StoreDep
) -> JSONResponse:
    """Accept one method for all services, or one for each. Client's view."""
    prices = find(store, quote_id).document["offers"]["input_based"]["prices"]
    choice = body.choice(list(dict.fromkeys(price["service"] for price in prices)))
    with change.writing() as session:
        life = transitions.accept(session, quote_id, change.move(body.note), choice)
        return change.for_client(session, life)


@router.post(
    "/{quote_id}/decline",
    response_model=QuoteStatus,
    responses=_PROBLEMS,
    openapi_extra=optional_request("Note", "another vendor", {"note": "We went elsewhere."}),
)
def decline_quote(quote_id: QuoteId, change: ChangeDep, body: NoteBody) -> JSONResponse:
    """Turn a quote down for good. Client's view."""
    with change.writing() as session:
        life = transitions.decline(session, quote_id, change.move(body.note))
        return change.for_client(session, life)


@router.post(
    "/{quote_id}/request-revision",
    response_model=QuoteStatus,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Reasoned", "weekends", {"note": "Weekends as well, please"}),
)
def request_revision(quote_id: QuoteId, change: ChangeDep, body: ReasonedBody) -> JSONResponse:
    """Ask for another offer instead of this one. Client's view."""
    with change.writing() as session:
        life = transitions.request_revision(session, quote_id, change.move(body.note))
        return change.for_client(session, life)


@router.post(
    "/{quote_id}/void",
    response_model=QuoteLifecycle,
    responses=_PROBLEMS,
    openapi_extra=transition_request("Reasoned", "a mistake", {"note": "Wrong client."}),
)
def void_quote(quote_id: QuoteId, change: ChangeDep, body: ReasonedBody) -> JSONResponse:
    """Withdraw a quote for good."""
    with change.writing() as session:
        life = transitions.void(session, quote_id, change.move(body.note))
        return change.for_vendor(session, life)


@router.get("/{quote_id}/actions", responses=problem_responses(403, 404, 422, 503))
def list_actions(
    quote_id: QuoteId, store: StoreDep, caller: CallerDep, by: OriginDep, policy: PolicyDep
) -> Actions:
    """Tell where a quote stands, what the caller may do with it now, and who changed it last."""
    asked = Asked(caller, policy, Move(by, datetime.now(UTC)))
    with store.reading() as session:
        life = lifecycles.get(session, quote_id)
        if life is None:
            raise NotFoundError(quote_id)
        mine, kept = possible(session, life, asked)
        last = events.last(session, quote_id)
    change = None if last is None else LastChange.model_validate(last, from_attributes=True)
    stands = answers.lifecycle(life)
    return Actions(lifecycle=stands, last_change=change, data=mine, kept=kept)


@router.get("/{quote_id}/events", responses=problem_responses(403, 404, 422, 503))
def list_events(
    quote_id: QuoteId, store: StoreDep, query: Annotated[EventQuery, Query()]
) -> EventPage:
    """List what happened to a quote, oldest first: who, when, what, before and after."""
    with store.reading() as session:
        found = event_page(session, quote_id, query)
        if not found.data and lifecycles.get(session, quote_id) is None:
            raise NotFoundError(quote_id)
    return found
