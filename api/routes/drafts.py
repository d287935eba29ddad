"""`/v1/drafts`: engagements that are being written, each its owner's alone; nothing is checked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from api.body import read_json
from api.deps import StoreDep
from api.errors import NOT_FOUND, STALE, RefusedError
from api.identity.caller import CallerDep
from api.openapi import draft_request
from api.preconditions import SeenDep, etag
from api.problems import problem_responses
from api.store import drafts
from api.store.draft_tables import DraftRow
from api.store.times import utc_text
from api.stored_quotes import QUOTE_ID_PATTERN
from pricing.reading import read_document
from staffing.errors import BadInputError, FieldIssue
from staffing.plan import Document

router = APIRouter(prefix="/v1/drafts", tags=["engagements"])

MOST_BYTES = 1_000_000
_WRITTEN = problem_responses(400, 403, 404, 412, 413, 415, 422, 428, 503)
DraftId = Annotated[
    str, Field(pattern=QUOTE_ID_PATTERN, examples=["7d1f5c3a-4b2e-4d60-9a15-6c0e9b7d2f33"])
]


class DraftBody(Document):
    """An engagement as far as it is written, and the quote whose next revision it will be."""

    engagement: dict[str, Any]
    revises: Annotated[str, Field(pattern=QUOTE_ID_PATTERN)] | None = None


class DraftListing(BaseModel):
    """What a list shows of a draft."""

    id: str
    name: str | None
    client: str | None
    changed_at: str


class DraftList(BaseModel):
    """The caller's drafts, the last changed first."""

    object: Literal["list"] = "list"
    data: list[DraftListing]


class DraftAnswer(BaseModel):
    """A draft as it is stored."""

    id: str
    version: int
    etag: str
    changed_at: str
    engagement: dict[str, Any]
    revises: str | None


async def _read(request: Request) -> DraftBody:
    raw = await read_json(request, MOST_BYTES)
    try:  # nothing else is asked of an engagement that is not finished
        json.dumps(raw, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        accepted = "text that is Unicode, and numbers that are finite"
        raise BadInputError(FieldIssue("engagement", "", accepted)) from None
    return read_document(DraftBody, raw)


DraftBodyDep = Annotated[DraftBody, Depends(_read)]


@router.post(
    "",
    status_code=201,
    response_model=DraftAnswer,
    responses=problem_responses(400, 403, 413, 415, 422, 503),
    openapi_extra=draft_request(),
)
def create_draft(body: DraftBodyDep, caller: CallerDep, store: StoreDep) -> JSONResponse:
    """Keep what is written; drafts go 90 days after their last change, and beyond fifty."""
    with store.writing() as session:
        made = drafts.add(session, caller.id, _plain(body), datetime.now(UTC))
        return _answer(made, 201)


@router.get("", responses=problem_responses(403, 503))
def list_drafts(caller: CallerDep, store: StoreDep) -> DraftList:
    """List the caller's drafts, the last changed first."""
    with store.reading() as session:
        return DraftList(data=[_listing(row) for row in drafts.of_owner(session, caller.id)])


@router.get(
    "/{draft_id}", response_model=DraftAnswer, responses=problem_responses(403, 404, 422, 503)
)
def get_draft(draft_id: DraftId, caller: CallerDep, store: StoreDep) -> JSONResponse:
    """Return a draft of the caller."""
    with store.reading() as session:
        return _answer(_found(drafts.own(session, draft_id, caller.id)))


@router.put(
    "/{draft_id}",
    response_model=DraftAnswer,
    responses=_WRITTEN,
    openapi_extra=draft_request(),
)
def write_draft(
    draft_id: DraftId, seen: SeenDep, body: DraftBodyDep, caller: CallerDep, store: StoreDep
) -> JSONResponse:
    """Put what is written now in the place of what was; from another tab it is refused (412)."""
    with store.writing() as session:
        row = _found(drafts.own(session, draft_id, caller.id, to_change=True))
        if seen is not None and row.version not in seen:
            detail = f"the draft was changed at {utc_text(row.changed_at)}; read it again"
            raise RefusedError(STALE, detail)
        drafts.write(row, _plain(body), datetime.now(UTC))
        session.flush()
        return _answer(row)


@router.delete("/{draft_id}", status_code=204, responses=problem_responses(403, 404, 422, 503))
def delete_draft(draft_id: DraftId, caller: CallerDep, store: StoreDep) -> Response:
    """Throw a draft away."""
    with store.writing() as session:
        session.delete(_found(drafts.own(session, draft_id, caller.id, to_change=True)))
    return Response(status_code=204)


def _found(row: DraftRow | None) -> DraftRow:
    if row is None:
        raise RefusedError(NOT_FOUND, "no draft of yours has this id; they are kept for 90 days")
    return row


def _plain(body: DraftBody) -> dict[str, Any]:
    return {"engagement": body.engagement, "revises": body.revises}


def _answer(row: DraftRow, status: int = 200) -> JSONResponse:
    tag = etag(row.version)
    made = DraftAnswer(
        id=row.id,
        version=row.version,
        etag=tag,
        changed_at=utc_text(row.changed_at),
        **drafts.document(row),
    )
    headers = {"ETag": tag}
    if status == 201:  # noqa: PLR2004 (created)
        headers["Location"] = f"{router.prefix}/{row.id}"
    return JSONResponse(made.model_dump(mode="json"), status, headers)


def _listing(row: DraftRow) -> DraftListing:
    name = drafts.document(row)["engagement"].get("name")
    return DraftListing(
        id=row.id,
        name=name if isinstance(name, str) else None,
        client=row.client,
        changed_at=utc_text(row.changed_at),
    )
