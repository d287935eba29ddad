"""`/v1/quotes`: pricing engagements, reading quotes, moving an assumption."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import EngagementBody, StoreDep, VariationBody
from api.errors import NotFoundError
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import engagement_request, variation_request
from api.problems import problem_responses
from api.quote_answer import CREATED, QuoteAnswer, quote_answer
from api.store import quotes
from api.stored_quotes import QuoteId, find

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

_PRICED = JOB_ANSWER | problem_responses(400, 403, 404, 409, 413, 415, 422, 429, 500, 503)


class Listing(BaseModel):
    """What a list shows of a quote; amounts are the expected bills over the term."""

    id: str
    created_at: str
    name: str
    client: str
    currency: str
    input_bill: str
    output_bill: str
    content_hash: str
    variant_of: str | None


class PageQuery(BaseModel):
    """Which page of quotes; unknown parameters are errors, as unknown fields are."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(10, ge=1, le=100, description="How many at most, 1 to 100.")
    starting_after: QuoteId | None = Field(None, description="Id of the last one seen.")


class QuotePage(BaseModel):
    """Quotes, newest first."""

    object: Literal["list"] = "list"
    data: list[Listing]
    has_more: bool


@router.post(
    "",
    status_code=CREATED,
    response_model=QuoteAnswer,
    responses=_PRICED,
    openapi_extra=engagement_request(),
)
async def create_quote(desk: DeskDep, engagement: EngagementBody) -> Response:
    """Price an engagement and store the quote. It takes seconds: shifts and hiring are planned.

    What takes longer than the caller would wait (`Prefer: wait=N`) is answered with 202 and a job.
    """
    return await desk.answer("quote")


@router.get("", responses=problem_responses(403, 404, 422, 503))
def list_quotes(store: StoreDep, query: Annotated[PageQuery, Query()]) -> QuotePage:
    """List stored quotes, newest first."""
    try:
        with store.reading() as session:
            rows, has_more = quotes.page(session, query.limit, query.starting_after)
    except KeyError:
        raise NotFoundError(str(query.starting_after)) from None
    return QuotePage(data=[Listing(**asdict(row)) for row in rows], has_more=has_more)


@router.get(
    "/{quote_id}", response_model=QuoteAnswer, responses=problem_responses(403, 404, 422, 503)
)
def get_quote(quote_id: QuoteId, store: StoreDep) -> Response:
    """Return a stored quote."""
    return quote_answer(find(store, quote_id))


@router.get("/{quote_id}/engagement", responses=problem_responses(403, 404, 422, 503))
def get_engagement(quote_id: QuoteId, store: StoreDep) -> dict[str, Any]:
    """Return the resolved engagement a quote was priced from."""
    return find(store, quote_id).engagement


@router.post(
    "/{quote_id}/variants",
    status_code=CREATED,
    response_model=QuoteAnswer,
    responses=_PRICED,
    openapi_extra=variation_request(),
)
async def create_variant(quote_id: QuoteId, desk: DeskDep, variation: VariationBody) -> Response:
    """Price the same engagement with volume, productivity or margin moved, and store it.

    Answered like `POST /v1/quotes`, by a job when it takes longer.
    """
    return await desk.answer("variant", target=quote_id)
