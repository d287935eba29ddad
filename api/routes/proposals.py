"""`/v1/quotes/{id}/proposals`: what is sent to a client, kept as it was made. Client's view."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.deps import StoreDep
from api.errors import NOT_FOUND, RefusedError
from api.formats import HTML, JSON, PDF, XLSX, one_of
from api.idempotency import Idempotency, IdempotencyDep
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import proposal_request
from api.problems import problem_responses
from api.proposal_answer import (
    ProposalAnswer,
    keep_proposal,
    proposal_answer,
    proposal_of,
)
from api.proposal_body import ProposalBody, ProposalBodyDep
from api.store import proposals
from api.store.database import Database
from api.stored_quotes import QUOTE_ID_PATTERN, QuoteId, find, stored_quote
from pricing.proposal import Proposal

router = APIRouter(prefix="/v1/quotes", tags=["proposals"])

ProposalId = Annotated[
    str, Field(pattern=QUOTE_ID_PATTERN, examples=["9b1c6a52-7f0e-4d3c-9a84-2e5d71c0b3f6"])
]
JsonOrPaper = Annotated[str, Depends(one_of(JSON, PDF, XLSX, HTML))]
_BINARY = {"type": "string", "format": "binary"}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            PDF: {"schema": _BINARY},
            XLSX: {"schema": _BINARY},
            HTML: {"schema": {"type": "string"}},
        }
    }
}
_SUFFIXES = {PDF: ".pdf", XLSX: ".xlsx", HTML: ".html"}


class ProposalListing(BaseModel):
    """What a list shows of a proposal."""

    id: str
    created_at: str
    content_hash: str
    issued: str
    valid_until: str


class ProposalPage(BaseModel):
    """All proposals of a quote, newest first."""

    object: Literal["list"] = "list"
    data: list[ProposalListing]


@router.post(
    "/{quote_id}/proposals",
    status_code=201,
    response_model=ProposalAnswer,
    responses=JOB_ANSWER | problem_responses(400, 403, 404, 409, 413, 415, 422, 429, 500, 503),
    openapi_extra=proposal_request(),
)
async def create_proposal(
    quote_id: QuoteId, retry: IdempotencyDep, body: ProposalBodyDep, store: StoreDep, desk: DeskDep
) -> Response:
    """Make the document for the client and keep it.

    A peak takes seconds, for it is planned: answered like `POST /v1/quotes`, by a job when it takes
    longer. One that nobody could come for is left out.
    """
    if body.peak is not None:
        await run_in_threadpool(stored_quote, store, quote_id)
        return await desk.answer("proposal", target=quote_id)
    return await run_in_threadpool(_made, quote_id, retry, body, store)


def _made(quote_id: str, retry: Idempotency, body: ProposalBody, store: Database) -> Response:
    made = proposal_of(store, quote_id, body)
    with retry.writing() as session:
        return retry.complete(session, keep_proposal(session, quote_id, made))


@router.get("/{quote_id}/proposals", responses=problem_responses(403, 404, 422, 503))
def list_proposals(quote_id: QuoteId, store: StoreDep) -> ProposalPage:
    """List the proposals that were made of a quote, newest first."""
    find(store, quote_id)
    with store.reading() as session:
        kept = proposals.of_quote(session, quote_id)
    return ProposalPage(
        data=[
            ProposalListing(
                id=one.id,
                created_at=one.created_at,
                content_hash=one.content_hash,
                issued=one.document["issued"],
                valid_until=one.document["valid_until"],
            )
            for one in kept
        ]
    )


@router.get(
    "/{quote_id}/proposals/{proposal_id}",
    response_model=ProposalAnswer,
    responses={**_FILES, **problem_responses(403, 404, 406, 422, 503)},
)
def get_proposal(
    quote_id: QuoteId, proposal_id: ProposalId, store: StoreDep, wanted: JsonOrPaper
) -> Response:
    """Return a proposal; with `Accept` as PDF, workbook or page, the same bytes every time."""
    with store.reading() as session:
        kept = proposals.get(session, quote_id, proposal_id)
    if kept is None:
        raise RefusedError(NOT_FOUND, f"no proposal of this quote has the id {proposal_id}")
    if wanted == JSON:
        return JSONResponse(proposal_answer(kept))
    from api.proposal_files import proposal_file  # noqa: PLC0415 (an extra)

    suffix = _SUFFIXES[wanted]
    content = proposal_file(Proposal.model_validate(kept.document), suffix)
    name = f'attachment; filename="proposal-{kept.content_hash[:8]}{suffix}"'
    return Response(content, media_type=wanted, headers={"Content-Disposition": name})
