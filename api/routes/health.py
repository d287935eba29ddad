"""`/healthz`: whether the server runs; `/readyz`: whether it can do its work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from api.deps import StoreDep
from api.errors import NOT_READY, RefusedError
from api.jobs.desk import EngineDep
from api.problems import problem_responses
from api.store.failures import failure
from api.store.migrate import revisions

if TYPE_CHECKING:
    from api.jobs.engine import Engine
    from api.store.database import Database

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The server runs."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """The server can do its work; `schema_revision` is that of its database."""

    status: Literal["ready"] = "ready"
    schema_revision: str


@router.get("/healthz", responses=problem_responses(403))
def healthz() -> Health:
    """Tell whether the server runs: what says no is to be started again."""
    return Health()


@router.get("/readyz", responses=problem_responses(403, 503))
def readyz(store: StoreDep, engine: EngineDep) -> Readiness:
    """Tell whether requests may be sent here.

    The database answers, at the schema of this version, and jobs are worked on. What says no waits
    for something else, and needs no new start.
    """
    _check_jobs(engine)
    return Readiness(schema_revision=_revision(store))


def _check_jobs(engine: Engine) -> None:
    if engine.draining:
        raise RefusedError(NOT_READY, "the server is stopping, and takes no more work")
    if not engine.working:
        raise RefusedError(NOT_READY, "a worker of the queue has ended; start the server again")


def _revision(store: Database) -> str:
    try:
        found = store.revision()
    except SQLAlchemyError as error:
        raise RefusedError(NOT_READY, failure(error)) from None
    wanted = revisions()[-1]
    if found != wanted:
        detail = f"the database is at schema {found or 'none'}, this version needs {wanted}"
        raise RefusedError(NOT_READY, detail)
    return wanted
