"""`/healthz`: whether the server and its database answer."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from api.deps import StoreDep
from api.problems import problem_responses

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """State of the server."""

    status: str
    database: bool


@router.get("/healthz", responses=problem_responses(403, 503))
def healthz(store: StoreDep) -> Health:
    """Tell whether the server and its database answer."""
    return Health(status="ok", database=store.ready())
