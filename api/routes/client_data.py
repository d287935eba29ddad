"""`/v1/client-data`: all that is kept of a client, for the client; and its erasure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.client_data import client_data
from api.deps import OriginDep, StoreDep
from api.errors import NOT_FOUND, RefusedError
from api.problems import problem_responses
from api.retention import accepted_before
from api.store import erasure
from pricing.engagement.fields import Name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.settings import Settings

router = APIRouter(prefix="/v1/client-data", tags=["clients"])

_PROBLEMS = problem_responses(403, 404, 422, 503)


class ClientQuery(BaseModel):
    """Whose data it is about."""

    model_config = ConfigDict(extra="forbid")

    client: Name = Field(description="Name of the client, as its quotes and users give it.")


Whose = Annotated[ClientQuery, Query()]


class ClientData(BaseModel):
    """A client's users, quotes and drafts, nothing of the vendor's side."""

    client: str
    users: list[dict[str, Any]]
    quotes: list[dict[str, Any]] = Field(
        description="With what happened to them; offers and proposals of those that were sent."
    )
    drafts: list[dict[str, Any]] = Field(
        description="Unfinished engagements for the client: the work, and when it was written."
    )


class Erasure(BaseModel):
    """What is gone, and what stays."""

    client: str
    quotes: int
    users: int
    kept: int = Field(description="Accepted quotes, which are contracts, and their origins.")


@router.get("", responses=_PROBLEMS)
def get_client_data(query: Whose, store: StoreDep) -> ClientData:
    """Return all that is kept of a client, as `crewquote clients export` writes it."""
    with store.reading() as session:
        _check_known(session, query.client)
        return ClientData(**client_data(session, query.client))


@router.delete("", responses=_PROBLEMS)
def erase_client_data(query: Whose, store: StoreDep, by: OriginDep, request: Request) -> Erasure:
    """Erase a client's quotes and users for good; accepted quotes stay as long as contracts must.

    Work for the client that waits or runs is cancelled, and messages of it are not sent.
    """
    settings: Settings = request.app.state.settings
    before = accepted_before(settings, datetime.now(UTC))
    with store.writing() as session:
        _check_known(session, query.client)
        gone = erasure.erase_client(session, query.client, by, before)
    return Erasure(client=query.client, quotes=gone.quotes, users=gone.users, kept=gone.kept)


def _check_known(session: Session, client: str) -> None:
    if client not in erasure.clients(session):
        raise RefusedError(NOT_FOUND, f"no quote, draft or user is of a client named {client!r}")
