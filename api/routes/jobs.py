"""`/v1/jobs/{id}`: how work stands, what came of it, its events; cancelling it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.deps import StoreDep
from api.errors import JOB_ENDED, NOT_FINISHED, NOT_FOUND, RefusedError
from api.formats import CSV, HTML, ICALENDAR, JSON, XLSX
from api.identity.caller import Caller, CallerDep, Role
from api.jobs.desk import EngineDep, cancelled, told_answer, until_ended
from api.jobs.document import Job, is_open, job_document
from api.jobs.engine import Engine
from api.jobs.peaks import FOR_CLIENTS
from api.jobs.work import Order
from api.prefer import StatedWaitDep
from api.problems import problem_responses
from api.store import jobs
from api.store.jobs import CANCELLED, StoredJob
from api.stored_quotes import QUOTE_ID_PATTERN

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])

HEARTBEAT_S = 15.0
_LOOK_S = 0.25
_EVENT_STREAM = "text/event-stream"
# Of no type: whoever reads a stream against its schema holds every event against it, not the text.
_EVENTS = "Server-sent events: `id`, `event` (progress, done, failed, cancelled), `data` (a Job)."
_PROBLEMS = problem_responses(403, 404, 422, 503)
_RESULT: dict[str, Any] = {
    kind: {"schema": {} if kind == JSON else {"type": "string"}}
    for kind in (JSON, CSV, HTML, ICALENDAR, XLSX)
}


class JobRequest(BaseModel):
    """What a job was asked to do."""

    path: str = Field(description="Address it was sent to.", examples=["/v1/hiring"])
    body: Any = Field(description="As it was sent.")


JobId = Annotated[
    str, Field(pattern=QUOTE_ID_PATTERN, examples=["0b9d3c52-7f0e-4a3f-9a52-2f6f1f0d9b77"])
]


def own_job(job_id: JobId, engine: EngineDep, caller: CallerDep) -> StoredJob:
    """Find a job of the caller; an admin sees those of all.

    Raises
    ------
    RefusedError
        There is none, or it is another caller's.
    """
    job = engine.find(job_id)
    if job is None or not _may_see(caller, job):
        raise _no_job(job_id)
    return job


def _may_see(caller: Caller, job: StoredJob) -> bool:
    """Whether it is the caller's; of one whose role became a client, only what clients hand in."""
    if caller.role is Role.ADMIN:
        return True
    return job.caller_id == caller.id and (
        caller.role is not Role.CLIENT or job.kind in FOR_CLIENTS
    )


def _no_job(job_id: str) -> RefusedError:
    detail = f"no job of yours has the id {job_id}; jobs are kept for 24 hours"
    return RefusedError(NOT_FOUND, detail)


OwnJob = Annotated[StoredJob, Depends(own_job)]


@router.get("/{job_id}", response_model=Job, responses=_PROBLEMS)
async def get_job(job: OwnJob, engine: EngineDep, wait_s: StatedWaitDep) -> Response:
    """Tell how a job stands; with `Prefer: wait=N` when it has ended, or after N seconds."""
    if is_open(job) and wait_s:
        with engine.waiters.waiting(job.id) as told:
            await until_ended(engine, job.id, wait_s, told)
    now = await run_in_threadpool(engine.find, job.id)
    return _shown(now or job)


@router.get(
    "/{job_id}/result",
    response_model=None,
    responses={
        200: {"description": "What the work answers", "content": _RESULT},
        201: {"description": "What the work stored", "content": {JSON: {"schema": {}}}},
        **problem_responses(403, 404, 409, 422, 500, 503),
    },
)
def get_result(job: OwnJob, engine: EngineDep) -> Response:
    """Answer as the request would have been answered had it waited: status, body, media type."""
    if job.state == CANCELLED:
        raise cancelled()
    answer = engine.answer_of(job.id)
    if answer is None:
        raise RefusedError(
            NOT_FINISHED,
            f"the job is {job.state}; ask GET /v1/jobs/{job.id} with Prefer: wait=60",
            headers={"Retry-After": "1"},
        )
    return told_answer(answer)


@router.get("/{job_id}/request", responses=_PROBLEMS)
def get_request(job: OwnJob, store: StoreDep) -> JobRequest:
    """Tell what was asked: address and body, as they were sent."""
    with store.reading() as session:
        asked = jobs.request_of(session, job.id)
    if asked is None:
        raise _no_job(job.id)
    order = Order.from_json(asked)
    return JobRequest(path=order.path, body=order.body)


@router.delete(
    "/{job_id}", response_model=Job, responses=problem_responses(403, 404, 409, 422, 503)
)
def delete_job(job: OwnJob, engine: EngineDep) -> Response:
    """Cancel a job; it stops before its next step, and nothing of it is stored."""
    return _cancel(job, engine)


@router.post(
    "/{job_id}/cancel", response_model=Job, responses=problem_responses(403, 404, 409, 422, 503)
)
def cancel_job(job: OwnJob, engine: EngineDep) -> Response:
    """Cancel a job; it stops before its next step, and nothing of it is stored."""
    return _cancel(job, engine)


def _cancel(job: StoredJob, engine: Engine) -> Response:
    cancelled_now = engine.cancel(job)
    now = engine.find(job.id) or job
    if not cancelled_now and now.state != CANCELLED:
        raise RefusedError(JOB_ENDED, f"the job is {now.state}; there is nothing to cancel")
    return _shown(now)


@router.get(
    "/{job_id}/events",
    response_model=None,
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "One event per change, the job as data; it ends with the job",
            "content": {_EVENT_STREAM: {"schema": {"description": _EVENTS}}},
        },
        **_PROBLEMS,
    },
)
def get_events(
    job: OwnJob,
    engine: EngineDep,
    last_event_id: Annotated[
        str | None, Header(description="The last event seen: only what came after is sent.")
    ] = None,
) -> StreamingResponse:
    """Send how a job stands whenever it changes, as server-sent events, until it has ended."""
    seen = int(last_event_id or 0) if re.fullmatch("[0-9]{1,9}", last_event_id or "") else 0
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(_events(job, engine, seen), media_type=_EVENT_STREAM, headers=headers)


async def _events(job: StoredJob, engine: Engine, seen: int) -> AsyncIterator[str]:
    """Write events; each holds all there is to know, so that one that is missed is no loss."""
    now: StoredJob | None = job
    said = time.monotonic()
    while now is not None:
        if now.version > seen:
            seen, said = now.version, time.monotonic()
            name = "progress" if is_open(now) else now.state
            yield f"id: {seen}\nevent: {name}\ndata: {job_document(now).model_dump_json()}\n\n"
        if not is_open(now) or engine.draining:
            return
        if time.monotonic() - said >= HEARTBEAT_S:
            said = time.monotonic()
            yield ": still at it\n\n"
        await asyncio.sleep(_LOOK_S)
        now = await run_in_threadpool(engine.find, job.id)


def _shown(job: StoredJob) -> Response:
    headers = {"Retry-After": "1"} if is_open(job) else None
    return JSONResponse(job_document(job).model_dump(), headers=headers)
