"""Where a request hands in work: answered when it is done soon, else told where to ask."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from api.body import parse_json
from api.deps import OriginDep  # noqa: TC001 (FastAPI reads the annotations)
from api.errors import JOB_CANCELLED, RefusedError
from api.formats import JSON
from api.idempotency import (  # noqa: TC001 (FastAPI reads the annotations)
    Idempotency,
    IdempotencyDep,
)
from api.jobs.document import Job, is_open, job_document, location
from api.jobs.engine import Engine
from api.jobs.waiting import Ended
from api.jobs.work import Order
from api.prefer import WaitDep  # noqa: TC001
from api.store import jobs
from api.store.events import Origin  # noqa: TC001

if TYPE_CHECKING:
    from api.store.idempotency import KeptAnswer

    Json = dict[str, Any]

ACCEPTED = 202
_POLL_S = 1.0  # for what another process does, or does first
_DRAINING_POLL_S = 0.1

JOB_ANSWER: dict[int | str, dict[str, Any]] = {
    ACCEPTED: {
        "model": Job,
        "description": "It takes longer: a job to ask for",
        "headers": {
            "Location": {"description": "Address of the job.", "schema": {"type": "string"}},
            "Retry-After": {"description": "Seconds.", "schema": {"type": "string"}},
        },
    }
}


@dataclass(frozen=True)
class Desk:
    """What one request needs to hand in work."""

    request: Request
    engine: Engine
    by: Origin
    retry: Idempotency
    wait_s: float

    async def answer(
        self,
        kind: str,
        *,
        wanted: str = JSON,
        target: str | None = None,
        body: Json | None = None,
        seen: frozenset[int] | None = None,
    ) -> Response:
        """Hand in work that the body asks for; answer as it does, or with 202 and a job.

        Parameters
        ----------
        kind, wanted, target : str
            As `Order` and the kinds of work have them.
        body : mapping, optional
            What to keep of the request instead of its own body.
        seen : frozenset of int, optional
            Which versions of the target the caller will change.

        Raises
        ------
        RefusedError
            Too much waits, or the job was cancelled meanwhile.
        """
        job_id = str(uuid.uuid4())
        asked = parse_json(self.request.state.body) if body is None else body
        versions = None if seen is None else tuple(sorted(seen))
        order = Order(self.request.url.path, asked, wanted, self.by, target, versions)
        with self.engine.waiters.waiting(job_id) as told:
            await run_in_threadpool(self.engine.submit, job_id, kind, order, self.retry)
            ended = await until_ended(self.engine, job_id, self.wait_s, told)
        if ended is None:
            return await self._accepted(job_id)
        if ended.answer is None:
            raise cancelled()
        return told_answer(ended.answer)

    async def _accepted(self, job_id: str) -> Response:
        job = await run_in_threadpool(self.engine.find, job_id)
        if job is None or job.state == jobs.CANCELLED:
            raise cancelled()
        headers = {"Location": location(job_id), "Retry-After": "1"}
        return JSONResponse(job_document(job).model_dump(), ACCEPTED, headers)


async def until_ended(
    engine: Engine, job_id: str, seconds: float, told: asyncio.Future[Ended]
) -> Ended | None:
    """Wait for the end of a job, whichever process does it; None: it takes longer."""
    deadline = time.monotonic() + seconds
    while not told.done():
        left = min(deadline, engine.last_moment) - time.monotonic()
        if left <= 0:
            return None
        await asyncio.wait({told}, timeout=min(left, _POLL_S))
        if not told.done():
            ended = await run_in_threadpool(_ended, engine, job_id)
            if ended is not None:
                return ended
    return told.result()


def _ended(engine: Engine, job_id: str) -> Ended | None:
    job = engine.find(job_id)
    if job is None or job.state == jobs.CANCELLED:
        return Ended(None)
    return None if is_open(job) else Ended(engine.answer_of(job_id))


def told_answer(answer: KeptAnswer) -> Response:
    """Answer as the work did."""
    return Response(answer.body, status_code=answer.status, headers=answer.headers)


def cancelled() -> RefusedError:
    """Refuse the result of a job that was cancelled."""
    return RefusedError(JOB_CANCELLED, "the job was cancelled; nothing was stored")


async def get_engine(request: Request) -> Engine:
    """Return the workers of this application."""
    engine: Engine = request.app.state.jobs
    return engine


EngineDep = Annotated[Engine, Depends(get_engine)]


async def get_desk(
    request: Request,
    engine: EngineDep,
    by: OriginDep,
    retry: IdempotencyDep,
    wait_s: WaitDep,
) -> Desk:
    """Return the desk of a request; one that was answered before ends here."""
    return Desk(request, engine, by, retry, wait_s)


DeskDep = Annotated[Desk, Depends(get_desk)]
