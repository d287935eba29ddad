"""`/v1/quotes/{id}/proposals`: what is sent to a client, kept as it was made. Client's view."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from api.deps import PricerDep, StoreDep
from api.errors import NOT_FOUND, RefusedError
from api.formats import HTML, JSON, PDF, XLSX, one_of
from api.idempotency import IdempotencyDep
from api.openapi import proposal_request
from api.problems import problem_responses
from api.proposal_body import ProposalBodyDep
from api.store import proposals
from api.stored_quotes import QUOTE_ID_PATTERN, QuoteId, find, stored_quote
from pricing.engagement import Engagement
from pricing.proposal import Proposal, proposal
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from staffing.errors import InfeasibleError

if TYPE_CHECKING:
    from api.store.proposals import StoredProposal
    from pricing.surge_report import SurgeOffer, SurgeRequest

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


class ProposalAnswer(Proposal):
    """A stored proposal, with its id, time, quote and the SHA-256 of its content."""

    id: str
    created_at: str
    quote_id: str
    content_hash: str


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
    responses=problem_responses(400, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=proposal_request(),
)
def create_proposal(
    quote_id: QuoteId,
    retry: IdempotencyDep,
    body: ProposalBodyDep,
    store: StoreDep,
    pricer: PricerDep,
) -> JSONResponse:
    """Make the document for the client and keep it; a peak takes seconds, for it is planned."""
    quote = stored_quote(store, quote_id)
    stored = find(store, quote_id)
    engagement = Engagement.model_validate(stored.engagement)
    surge = None if body.peak is None else pricer.run(partial(_surge_offer, engagement, body.peak))
    made = proposal(
        quote,
        engagement,
        body.day,
        surge=surge,
        number=stored.lifecycle.number,
        revision=stored.lifecycle.revision,
        vendor=body.vendor,
    )
    with retry.writing() as session:
        kept = proposals.add(session, quote_id, made)
        headers = {"Location": f"{router.prefix}/{quote_id}/proposals/{kept.id}"}
        answer = JSONResponse(_answer(kept), status_code=201, headers=headers)
        return retry.complete(session, answer)


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
        return JSONResponse(_answer(kept))
    from api.proposal_files import proposal_file  # noqa: PLC0415 (an extra)

    suffix = _SUFFIXES[wanted]
    content = proposal_file(Proposal.model_validate(kept.document), suffix)
    name = f'attachment; filename="proposal-{kept.content_hash[:8]}{suffix}"'
    return Response(content, media_type=wanted, headers={"Content-Disposition": name})


def _surge_offer(engagement: Engagement, peak: SurgeRequest) -> SurgeOffer | None:
    """How the peak is met; None where nobody could come for it."""
    with suppress(InfeasibleError):
        return client_offer(surge_report(engagement, peak))
    return None


def _answer(kept: StoredProposal) -> dict[str, Any]:
    return {
        "id": kept.id,
        "created_at": kept.created_at,
        "quote_id": kept.quote_id,
        "content_hash": kept.content_hash,
        **kept.document,
    }
