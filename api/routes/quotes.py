"""`/v1/quotes`: pricing engagements, reading quotes, moving an assumption."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.deps import EngagementBody, PricerDep, StoreDep, VariationBody
from api.errors import NotFoundError
from api.idempotency import IdempotencyDep
from api.openapi import engagement_request, variation_request
from api.problems import problem_responses
from api.store import quotes
from api.stored_quotes import QuoteId, find
from pricing.engagement import Engagement
from pricing.quote import Quote
from pricing.scenarios import vary

if TYPE_CHECKING:
    from api.store.quotes import StoredQuote

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

_CREATED = 201
_BODY_PROBLEMS = problem_responses(400, 403, 409, 413, 415, 422, 503)


class QuoteAnswer(Quote):
    """A stored quote: the quote with its id, time, and the quote it is a variant of."""

    id: str
    created_at: str
    variant_of: str | None


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
    status_code=_CREATED,
    response_model=QuoteAnswer,
    responses=_BODY_PROBLEMS,
    openapi_extra=engagement_request(),
)
def create_quote(
    retry: IdempotencyDep, engagement: EngagementBody, pricer: PricerDep
) -> JSONResponse:
    """Price an engagement and store the quote. It takes seconds: shifts and hiring are planned."""
    quote = pricer.price(engagement)
    with retry.writing() as session:
        stored = quotes.add(session, engagement, quote)
        return retry.complete(session, _answer(stored, _CREATED))


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
def get_quote(quote_id: QuoteId, store: StoreDep) -> JSONResponse:
    """Return a stored quote."""
    return _answer(find(store, quote_id), 200)


@router.get("/{quote_id}/engagement", responses=problem_responses(403, 404, 422, 503))
def get_engagement(quote_id: QuoteId, store: StoreDep) -> dict[str, Any]:
    """Return the resolved engagement a quote was priced from."""
    return find(store, quote_id).engagement


@router.post(
    "/{quote_id}/variants",
    status_code=_CREATED,
    response_model=QuoteAnswer,
    responses=problem_responses(400, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=variation_request(),
)
def create_variant(
    quote_id: QuoteId,
    retry: IdempotencyDep,
    variation: VariationBody,
    store: StoreDep,
    pricer: PricerDep,
) -> JSONResponse:
    """Price the same engagement with volume, productivity or margin moved, and store it."""
    base = find(store, quote_id)
    varied = vary(Engagement.model_validate(base.engagement), variation)
    quote = pricer.price(varied)
    with retry.writing() as session:
        stored = quotes.add(session, varied, quote, variant_of=base.id)
        return retry.complete(session, _answer(stored, _CREATED))


def _answer(stored: StoredQuote, status: int) -> JSONResponse:
    own = {"id": stored.id, "created_at": stored.created_at, "variant_of": stored.variant_of}
    headers = {"Location": f"{router.prefix}/{stored.id}"} if status == _CREATED else None
    return JSONResponse({**own, **stored.document}, status_code=status, headers=headers)
