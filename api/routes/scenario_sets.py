"""`/v1/scenario-sets`: a base and up to four scenarios, compared, shared, and never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.cursors import Cursor, write_cursor
from api.deps import StoreDep
from api.errors import NOT_COMPARABLE, RefusedError
from api.event_pages import EventPage, EventQuery, event_page
from api.identity.caller import Caller, CallerDep, Role
from api.openapi import request_body
from api.preconditions import etag
from api.problems import problem_responses
from api.routes.quotes import place
from api.scenario_sets.access import readable, scenario_of, writable
from api.scenario_sets.answers import (
    ScenarioSetAnswer,
    ScenarioSetListing,
    ScenarioSetPage,
    listing,
    set_answer,
)
from api.scenario_sets.bodies import ScenarioSetChangeDep, ScenarioSetDep, SharingDep
from api.scenario_sets.change import EditorDep, WriterDep
from api.scenario_sets.rules import base_quote, check_fits, check_names, check_overrides, users_of
from api.scenario_sets.standing import BASE, base_of, comparison, quote_that_holds
from api.store import scenarios
from api.store.scenario_tables import ScenarioSetRow
from api.store.scenarios import NewScenario
from api.store.times import exact
from api.stored_quotes import QUOTE_ID_PATTERN, QuoteId
from pricing.scenario_sets.bridge import Bridge, Of, bridge
from pricing.scenario_sets.comparison import ScenarioComparison

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter(prefix="/v1/scenario-sets", tags=["scenarios"])

_CREATED = 201
_READ = problem_responses(403, 404, 422, 503)
_MADE = problem_responses(400, 403, 409, 413, 415, 422, 503)
_CHANGED = problem_responses(400, 403, 404, 409, 412, 413, 415, 422, 428, 503)
_EXAMPLE = {
    "name": "Claims 2027",
    "base_quote_id": "4a7f9c1e-2d3b-4f60-8a15-6c0e9b7d2f11",
    "scenarios": [
        {
            "name": "A fifth more volume",
            "overrides": [{"op": "replace", "path": "/services/0/volume/scale", "value": 1.2}],
        }
    ],
}


class SetQuery(BaseModel):
    """Which page of sets."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(20, ge=1, le=100, description="How many at most, 1 to 100.")
    after: Cursor | None = Field(None, description="Where to go on: next_cursor of a page.")


class BridgeQuery(BaseModel):
    """From which version to which: ``base`` or the id of a scenario."""

    model_config = ConfigDict(extra="forbid")

    start: Annotated[str, Field(pattern=f"{QUOTE_ID_PATTERN}|^base$")] = BASE
    end: Annotated[str, Field(pattern=f"{QUOTE_ID_PATTERN}|^base$")]
    of: Of = Field("margin", description="Price is the bill per unit, or per FTE-month.")
    method: Literal["input_based", "output_based"] = "output_based"


@router.post(
    "",
    status_code=_CREATED,
    response_model=ScenarioSetAnswer,
    responses=_MADE,
    openapi_extra=request_body("ScenarioSetBody", "a fifth more volume", _EXAMPLE),
)
def create_set(writer: WriterDep, body: ScenarioSetDep) -> JSONResponse:
    """Make a set: a stored quote's engagement is the base, scenarios change fields of it."""
    with writer.writing() as session:
        base = base_quote(session, body.base_quote_id)
        check_names(body.scenarios)
        for index, one in enumerate(body.scenarios):
            check_overrides(base.engagement, one.overrides, f"scenarios[{index}].")
        who = writer.who()
        row = scenarios.add_set(session, body.name, body.description, base.id, who)
        for one in body.scenarios:
            made = NewScenario(one.name, one.description, one.overrides)
            scenarios.add_scenario(session, row, made, who)
        writer.note(session, "scenario_set.created", row.id, None, scenarios.record(row))
        return writer.retry.complete(session, _answer(session, row, writer.caller, _CREATED))


@router.get("", responses=problem_responses(403, 422, 503))
def list_sets(
    store: StoreDep, caller: CallerDep, query: Annotated[SetQuery, Query()]
) -> ScenarioSetPage:
    """List your sets and those shared with you, newest first; an admin sees all."""
    after = None if query.after is None else place(query.after)
    own = None if caller.role is Role.ADMIN else caller.id
    with store.reading() as session:
        rows, has_more = scenarios.page(session, query.limit, after, own)
        counts = scenarios.counts(session, [row.id for row in rows])
        data: list[ScenarioSetListing] = [listing(row, counts[row.id], caller) for row in rows]
        cursor = write_cursor(exact(rows[-1].created_at), rows[-1].id) if has_more else None
    return ScenarioSetPage(data=data, has_more=has_more, next_cursor=cursor)


@router.get("/{set_id}", response_model=ScenarioSetAnswer, responses=_READ)
def get_set(set_id: QuoteId, store: StoreDep, caller: CallerDep) -> JSONResponse:
    """Return a set with its scenarios and how each stands."""
    with store.reading() as session:
        return _answer(session, readable(session, set_id, caller), caller)


@router.patch(
    "/{set_id}",
    response_model=ScenarioSetAnswer,
    responses=_CHANGED,
    openapi_extra=request_body("ScenarioSetChange", "another name", {"name": "Claims, revised"}),
)
def change_set(set_id: QuoteId, editor: EditorDep, body: ScenarioSetChangeDep) -> JSONResponse:
    """Rename or describe a set, or give it another base, which every scenario has to fit."""
    with editor.writing() as session:
        row = writable(session, set_id, editor.caller)
        editor.check(row)
        before = scenarios.record(row)
        if body.base_quote_id is not None:
            check_fits(row, base_quote(session, body.base_quote_id))
            row.base_quote_id = body.base_quote_id
        row.name = body.name or row.name
        row.description = row.description if body.description is None else body.description
        scenarios.touch(row, editor.who())
        editor.note(session, "scenario_set.changed", row.id, before, scenarios.record(row))
        return editor.retry.complete(session, _answer(session, row, editor.caller))


@router.delete("/{set_id}", status_code=204, responses=_CHANGED)
def delete_set(set_id: QuoteId, editor: EditorDep) -> Response:
    """Delete a set and its scenarios; the quotes that were priced for them stay. Its owner may."""
    with editor.writing() as session:
        row = writable(session, set_id, editor.caller, as_owner=True)
        editor.check(row)
        editor.note(session, scenarios.DELETED, row.id, scenarios.record(row), None)
        session.delete(row)
        session.flush()
        return editor.retry.complete(session, Response(status_code=204))


@router.put(
    "/{set_id}/sharing",
    response_model=ScenarioSetAnswer,
    responses=_CHANGED,
    openapi_extra=request_body("Sharing", "all staff may read", {"staff": "read"}),
)
def share_set(set_id: QuoteId, editor: EditorDep, body: SharingDep) -> JSONResponse:
    """Share a set with all staff or some of them, to read or to write. Its owner may."""
    with editor.writing() as session:
        row = writable(session, set_id, editor.caller, as_owner=True)
        editor.check(row)
        before = scenarios.record(row)
        scenarios.share(session, row, body.staff, users_of(session, body))
        scenarios.touch(row, editor.who())
        editor.note(session, "scenario_set.shared", row.id, before, scenarios.record(row))
        return editor.retry.complete(session, _answer(session, row, editor.caller))


@router.get("/{set_id}/events", responses=_READ)
def list_set_events(
    set_id: QuoteId, store: StoreDep, caller: CallerDep, query: Annotated[EventQuery, Query()]
) -> EventPage:
    """List what happened to a set and its scenarios, oldest first: who, when, which versions.

    Names and inputs are not kept. What happened to a deleted set is in the trail of the store.
    """
    with store.reading() as session:
        return event_page(session, readable(session, set_id, caller).id, query)


@router.get("/{set_id}/comparison", responses=_READ)
def get_comparison(set_id: QuoteId, store: StoreDep, caller: CallerDep) -> ScenarioComparison:
    """Compare: what each scenario changes, and what that did to both offers.

    A result that is stale is marked so and not compared. Vendor's view.
    """
    with store.reading() as session:
        return comparison(session, readable(session, set_id, caller))


@router.get("/{set_id}/bridge", responses=problem_responses(403, 404, 409, 422, 503))
def get_bridge(
    set_id: QuoteId, store: StoreDep, caller: CallerDep, query: Annotated[BridgeQuery, Query()]
) -> Bridge:
    """Explain the way from one version's price, bill, profit or margin to another's."""
    with store.reading() as session:
        row = readable(session, set_id, caller)
        for id in (query.start, query.end):
            if id != BASE:
                scenario_of(row, id)
        start, end = (quote_that_holds(session, row, id) for id in (query.start, query.end))
    if start is None or end is None:
        which = "start" if start is None else "end"
        detail = f"the result of {which} is stale or not priced; price it again"
        raise RefusedError(NOT_COMPARABLE, detail)
    return bridge(start, end, query.of, query.method)


def _answer(
    session: Session, row: ScenarioSetRow, caller: Caller, status: int = 200
) -> JSONResponse:
    headers = {"ETag": etag(row.version)}
    if status == _CREATED:
        headers["Location"] = f"{router.prefix}/{row.id}"
    body = set_answer(session, row, base_of(session, row), caller)
    return JSONResponse(body.model_dump(mode="json"), status_code=status, headers=headers)
