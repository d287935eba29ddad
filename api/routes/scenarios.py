"""`/v1/scenario-sets/{id}/scenarios`: adding, changing, deleting and pricing scenarios of a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from api.deps import StoreDep
from api.identity.caller import CallerDep
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import request_body
from api.preconditions import SeenDep, etag
from api.problems import problem_responses
from api.quote_answer import CREATED, QuoteAnswer
from api.scenario_sets.access import readable, scenario_of, writable
from api.scenario_sets.answers import ScenarioAnswer, scenario_answer
from api.scenario_sets.bodies import AddedScenarioDep, ScenarioChangeDep
from api.scenario_sets.change import EditorDep, recorded, refuse_if_changed
from api.scenario_sets.rules import check_free_name, check_overrides, check_room
from api.scenario_sets.standing import base_of
from api.store import scenarios
from api.store.scenario_tables import ScenarioRow, ScenarioSetRow
from api.store.scenarios import NewScenario
from api.stored_quotes import QuoteId
from pricing.scenario_sets.effects import OverrideEffects

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

router = APIRouter(prefix="/v1/scenario-sets/{set_id}/scenarios", tags=["scenarios"])

_READ = problem_responses(403, 404, 422, 503)
_CHANGED = problem_responses(400, 403, 404, 409, 412, 413, 415, 422, 428, 503)
_PRICED = JOB_ANSWER | problem_responses(403, 404, 409, 412, 422, 428, 429, 500, 503)
_STUDIED = JOB_ANSWER | problem_responses(403, 404, 409, 422, 429, 500, 503)
_MORE = {
    "name": "A fifth more volume",
    "overrides": [{"op": "replace", "path": "/services/0/volume/scale", "value": 1.2}],
}
_FASTER = {
    "overrides": [{"op": "replace", "path": "/services/0/units_per_hour/value", "value": "11"}]
}


@router.post(
    "",
    status_code=CREATED,
    response_model=ScenarioAnswer,
    responses=_CHANGED,
    openapi_extra=request_body("AddedScenario", "a fifth more volume", _MORE),
)
def add_scenario(set_id: QuoteId, editor: EditorDep, body: AddedScenarioDep) -> JSONResponse:
    """Add a scenario, or a copy of one with what it was priced to; `If-Match` is the set's ETag."""
    with editor.writing() as session:
        row = writable(session, set_id, editor.caller)
        editor.check(row)
        check_room(row)
        check_free_name(row, body.name)
        made = NewScenario(body.name, body.description, body.overrides)
        if body.copy_of is not None:
            origin = scenario_of(row, body.copy_of)
            priced = scenarios.priced_from(origin)
            overrides = scenarios.overrides_of(origin)
            made = NewScenario(body.name, body.description, overrides, origin.quote_id, priced)
        check_overrides(base_of(session, row).engagement, made.overrides)
        who = editor.who()
        scenario = scenarios.add_scenario(session, row, made, who)
        scenarios.touch(row, who)
        editor.note(session, "scenario.added", row.id, None, recorded(scenario))
        return editor.retry.complete(session, _answer(session, row, scenario, CREATED))


@router.get("/{scenario_id}", response_model=ScenarioAnswer, responses=_READ)
def get_scenario(
    set_id: QuoteId, scenario_id: QuoteId, store: StoreDep, caller: CallerDep
) -> JSONResponse:
    """Return a scenario and how it stands."""
    with store.reading() as session:
        row = readable(session, set_id, caller)
        return _answer(session, row, scenario_of(row, scenario_id))


@router.patch(
    "/{scenario_id}",
    response_model=ScenarioAnswer,
    responses=_CHANGED,
    openapi_extra=request_body("ScenarioChange", "faster", _FASTER),
)
def change_scenario(
    set_id: QuoteId, scenario_id: QuoteId, editor: EditorDep, body: ScenarioChangeDep
) -> JSONResponse:
    """Rename or describe a scenario, or replace what it changes; its result is stale then."""
    with editor.writing() as session:
        row = writable(session, set_id, editor.caller)
        scenario = scenario_of(row, scenario_id)
        editor.check(scenario)
        before = recorded(scenario)
        if body.name is not None:
            check_free_name(row, body.name, scenario.id)
            scenario.name = body.name
        if body.description is not None:
            scenario.description = body.description
        if body.overrides is not None:
            check_overrides(base_of(session, row).engagement, body.overrides)
            scenarios.write_overrides(scenario, body.overrides)
        scenarios.touch(scenario, editor.who())
        editor.note(session, "scenario.changed", row.id, before, recorded(scenario))
        return editor.retry.complete(session, _answer(session, row, scenario))


@router.delete("/{scenario_id}", status_code=204, responses=_CHANGED)
def delete_scenario(set_id: QuoteId, scenario_id: QuoteId, editor: EditorDep) -> Response:
    """Delete a scenario; the quote that was priced for it stays."""
    with editor.writing() as session:
        row = writable(session, set_id, editor.caller)
        scenario = scenario_of(row, scenario_id)
        editor.check(scenario)
        editor.note(session, "scenario.deleted", row.id, recorded(scenario), None)
        row.scenarios.remove(scenario)
        scenarios.touch(row, editor.who())
        session.flush()
        return editor.retry.complete(session, Response(status_code=204))


@router.post(
    "/{scenario_id}/price",
    status_code=CREATED,
    response_model=QuoteAnswer,
    responses=_PRICED,
)
async def price_scenario(
    set_id: QuoteId,
    scenario_id: QuoteId,
    desk: DeskDep,
    seen: SeenDep,
    store: StoreDep,
    caller: CallerDep,
) -> Response:
    """Price a scenario and store its quote as a variant of the base's, by a job if it takes longer.

    What is changed meanwhile makes the result stale when it arrives.
    """

    def check() -> None:
        with store.reading() as session:
            row = writable(session, set_id, caller)
            refuse_if_changed(scenario_of(row, scenario_id), seen)

    await run_in_threadpool(check)
    return await desk.answer("scenario", target=scenario_id, body={"set": set_id})


@router.post(
    "/{scenario_id}/effects",
    response_model=OverrideEffects,
    responses=_STUDIED,
)
async def study_effects(
    set_id: QuoteId, scenario_id: QuoteId, desk: DeskDep, store: StoreDep, caller: CallerDep
) -> Response:
    """Price each change of a scenario alone, and the scenario without it; nothing is stored.

    Takes two plans for every change, of which there may be eight; by a job if that takes longer.
    """

    def check() -> None:
        with store.reading() as session:
            scenario_of(readable(session, set_id, caller), scenario_id)

    await run_in_threadpool(check)
    return await desk.answer("scenario-effects", target=scenario_id, body={"set": set_id})


def _answer(
    session: Session, row: ScenarioSetRow, scenario: ScenarioRow, status: int = 200
) -> JSONResponse:
    headers = {"ETag": etag(scenario.version)}
    if status == CREATED:
        headers["Location"] = f"/v1/scenario-sets/{row.id}/scenarios/{scenario.id}"
    body = scenario_answer(base_of(session, row), scenario)
    return JSONResponse(body.model_dump(mode="json"), status_code=status, headers=headers)
