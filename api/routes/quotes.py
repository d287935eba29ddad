"""`/v1/quotes`: pricing engagements, reading quotes, moving an assumption."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.cursors import Cursor, read_cursor, write_cursor, wrong_cursor
from api.deps import EngagementBody, StoreDep, VariationBody
from api.errors import NotFoundError
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.lifecycle.states import State
from api.openapi import engagement_request, variation_request
from api.problems import problem_responses
from api.quote_answer import CREATED, QuoteAnswer, found_answer, without_brace
from api.quote_texts import QuoteTexts
from api.store import quotes
from api.store.database import Database
from api.store.times import exact
from api.stored_quotes import QUOTE_ID_PATTERN, QuoteId, find
from pricing.engagement.fields import Name

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

NUMBER_PATTERN = r"^Q-\d{4}-\d{5,9}$"
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
    number: str
    revision: int
    state: State


class PageQuery(BaseModel):
    """Which page of quotes; unknown parameters are errors, as unknown fields are."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(10, ge=1, le=100, description="How many at most, 1 to 100.")
    after: Cursor | None = Field(None, description="Where to go on: next_cursor of a page.")
    starting_after: QuoteId | None = Field(
        None, description="Id of the last one seen; the older way to go on."
    )
    state: State | None = Field(None, description="Only quotes that stand so.")
    client: Name | None = Field(None, description="Only quotes for this client.")
    number: str | None = Field(
        None, pattern=NUMBER_PATTERN, description="Only revisions of this number."
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if self.after is not None and self.starting_after is not None:
            raise PydanticCustomError("one_place", "should be after or starting_after, not both")
        return self


class QuotePage(BaseModel):
    """Quotes, newest first."""

    object: Literal["list"] = "list"
    data: list[Listing]
    has_more: bool
    next_cursor: str | None = Field(description="What to hand back as after; none: no more.")


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
    after = None if query.after is None else place(query.after)
    state = None if query.state is None else query.state.value
    wanted = quotes.Wanted(state, query.client, query.number)
    try:
        with store.reading() as session:
            rows, has_more = quotes.page(
                session, query.limit, query.starting_after, after=after, wanted=wanted
            )
    except KeyError:
        raise NotFoundError(str(query.starting_after)) from None
    cursor = None
    if has_more:
        cursor = cursor_of(rows[-1])
    shown = [Listing.model_validate(row, from_attributes=True) for row in rows]
    return QuotePage(data=shown, has_more=has_more, next_cursor=cursor)


def cursor_of(last: quotes.QuoteListing) -> str:
    """Write where a page of quotes goes on after its last one."""
    made, quote_id = last.place
    return write_cursor(exact(made), quote_id)


def place(cursor: str) -> tuple[datetime, str]:
    """Read where a page of quotes goes on off its cursor."""
    made, last = read_cursor(cursor, 2)
    try:
        moment = datetime.fromisoformat(made)
    except ValueError:
        raise wrong_cursor() from None
    if moment.tzinfo is None or not re.fullmatch(QUOTE_ID_PATTERN, last):
        raise wrong_cursor()
    return moment, last


@router.get(
    "/{quote_id}", response_model=QuoteAnswer, responses=problem_responses(403, 404, 422, 503)
)
def get_quote(quote_id: QuoteId, request: Request) -> Response:
    """Return a stored quote."""
    store: Database = request.app.state.store
    texts: QuoteTexts = request.app.state.quote_texts
    row = store.find(quotes.HEAD, quote_id=quote_id)
    if row is None:
        raise NotFoundError(quote_id)
    named = (row.id, row.content_hash)
    known = texts.get(named)
    if known is None:
        with store.looking() as connection:
            stored = quotes.text(connection, quote_id)
        if stored is None:  # erased since the line before
            raise NotFoundError(quote_id)
        known = without_brace(stored)
        texts.keep(named, known)
    return found_answer(row, known)


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
