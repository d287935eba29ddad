"""`/v1/client/quotes`: a client's own quotes, in a schema without anything of the vendor's side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from api.client_view.belief import OwnBelief, own_fields_only
from api.client_view.build import client_listing, client_quote
from api.client_view.document import ClientQuote, ClientQuotePage
from api.client_view.peak import Peak
from api.cursors import Cursor
from api.deps import StoreDep
from api.identity.caller import CallerDep
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import request_body
from api.problems import problem_responses
from api.routes.quotes import cursor_of, place
from api.store import quotes
from api.store.quotes import Wanted
from api.stored_quotes import QuoteId, find, stored_quote
from pricing.client_comparison import ClientComparison, client_comparison
from pricing.client_comparison.own_in_house import against_own
from pricing.engagement import Engagement
from pricing.surge_report import SurgeOffer

router = APIRouter(prefix="/v1/client/quotes", tags=["client's view"])


class ClientPageQuery(BaseModel):
    """Which page of quotes."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(10, ge=1, le=100, description="How many at most, 1 to 100.")
    after: Cursor | None = Field(None, description="Where to go on: next_cursor of a page.")


@router.get("", responses=problem_responses(403, 422, 503))
def list_client_quotes(
    caller: CallerDep, store: StoreDep, query: Annotated[ClientPageQuery, Query()]
) -> ClientQuotePage:
    """List the quotes a client was sent, newest first; for the vendor's people those of all."""
    after = None if query.after is None else place(query.after)
    wanted = Wanted(client=caller.client, sent=True)
    with store.reading() as session:
        rows, has_more = quotes.page(session, query.limit, None, after=after, wanted=wanted)
    return ClientQuotePage(
        data=tuple(client_listing(row) for row in rows),
        has_more=has_more,
        next_cursor=cursor_of(rows[-1]) if has_more else None,
    )


@router.get("/{quote_id}", responses=problem_responses(403, 404, 409, 422, 503))
def get_client_quote(quote_id: QuoteId, response: Response, store: StoreDep) -> ClientQuote:
    """Return a quote as its client reads it: both offers with their prices and bills."""
    made = client_quote(find(store, quote_id), stored_quote(store, quote_id))
    response.headers["ETag"] = made.status.etag
    return made


@router.post(
    "/{quote_id}/comparison",
    responses=problem_responses(400, 403, 404, 409, 413, 415, 422, 500, 503),
    openapi_extra=request_body(
        "BeliefBody",
        "fewer units than planned, against own people in Germany",
        {"volume": 0.9, "in_house": {"country": "DE"}},
    ),
)
def compare_with_own_numbers(
    quote_id: QuoteId, asked: OwnBelief, store: StoreDep
) -> ClientComparison:
    """Compare both offers with the client's own numbers; nothing is solved, nothing is stored."""
    quote = stored_quote(store, quote_id)
    with own_fields_only():
        if asked.in_house is not None:
            engagement = Engagement.model_validate(find(store, quote_id).engagement)
            quote = against_own(quote, engagement, asked.in_house)
        return client_comparison(
            quote, budget=asked.budget, volume=asked.volume, productivity=asked.productivity
        )


@router.post(
    "/{quote_id}/surge-offer",
    response_model=SurgeOffer,
    responses=JOB_ANSWER | problem_responses(400, 403, 404, 409, 413, 415, 422, 429, 500, 503),
    openapi_extra=request_body(
        "PeakBody", "60 % more for four weeks", {"size": 0.6, "notice_h": 48, "days": 28}
    ),
)
async def offer_client_surge(
    quote_id: QuoteId, peak: Peak, store: StoreDep, desk: DeskDep
) -> Response:
    """Offer help in a peak of a quote's work: people by hour and prices.

    Takes seconds, by a job when it is longer than the caller would wait; nothing is stored.
    """
    await run_in_threadpool(find, store, quote_id)
    return await desk.answer("client-surge-offer", target=quote_id)
