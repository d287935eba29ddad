"""`/v1/quotes`: pricing engagements, reading quotes, moving an assumption."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.deps import EngagementBody, PricerDep, StoreDep, VariationBody
from api.errors import NotFoundError, OutdatedError
from api.formats import CSV, JSON, XLSX, one_of
from api.invoice_body import InvoiceBodyDep
from api.openapi import engagement_request, invoice_request, variation_request
from api.problems import problem_responses
from api.store.quotes import QuoteStore, StoredQuote
from pricing.engagement import Engagement
from pricing.explain.documents import Contents, Explanation
from pricing.explain.unfold import MOST_DEPTH, explain
from pricing.invoice.billing import invoice_month
from pricing.invoice.document import MonthInvoices
from pricing.invoice.over_volume import contract_bills
from pricing.invoice.over_volume_document import ContractBills
from pricing.invoice.table import invoice_table
from pricing.quote import Quote
from pricing.scenarios import QuoteDifference, difference, vary

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

QUOTE_ID_PATTERN = "^[0-9a-f-]{36}$"
QuoteId = Annotated[
    str, Field(pattern=QUOTE_ID_PATTERN, examples=["4a7f9c1e-2d3b-4f60-8a15-6c0e9b7d2f11"])
]
JsonOrTables = Annotated[str, Depends(one_of(JSON, CSV, XLSX))]
_BINARY = {"type": "string", "format": "binary"}
_CREATED = 201
_BODY_PROBLEMS = problem_responses(400, 403, 413, 415, 422, 503)


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


class ExplainQuery(BaseModel):
    """Which number of a quote to unfold, and how far."""

    model_config = ConfigDict(extra="forbid")

    path: str = Field(
        "",
        max_length=500,
        description="Path, JSON pointer, or path with names; none: what can be explained.",
        examples=["offers.output_based.prices[0].price"],
    )
    depth: int = Field(
        1, ge=0, le=MOST_DEPTH, description="How many generations of inputs, 0 to 6."
    )


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
def create_quote(engagement: EngagementBody, store: StoreDep, pricer: PricerDep) -> JSONResponse:
    """Price an engagement and store the quote. It takes seconds: shifts and hiring are planned."""
    return _answer(store.add(engagement, pricer.price(engagement)), _CREATED)


@router.get("", responses=problem_responses(403, 404, 422, 503))
def list_quotes(store: StoreDep, query: Annotated[PageQuery, Query()]) -> QuotePage:
    """List stored quotes, newest first."""
    try:
        rows, has_more = store.page(query.limit, query.starting_after)
    except KeyError:
        raise NotFoundError(str(query.starting_after)) from None
    return QuotePage(data=[Listing(**asdict(row)) for row in rows], has_more=has_more)


@router.get(
    "/{quote_id}", response_model=QuoteAnswer, responses=problem_responses(403, 404, 422, 503)
)
def get_quote(quote_id: QuoteId, store: StoreDep) -> JSONResponse:
    """Return a stored quote."""
    return _answer(_find(store, quote_id), 200)


@router.get("/{quote_id}/engagement", responses=problem_responses(403, 404, 422, 503))
def get_engagement(quote_id: QuoteId, store: StoreDep) -> dict[str, Any]:
    """Return the resolved engagement a quote was priced from."""
    return _find(store, quote_id).engagement


@router.post(
    "/{quote_id}/variants",
    status_code=_CREATED,
    response_model=QuoteAnswer,
    responses=problem_responses(400, 403, 404, 413, 415, 422, 503),
    openapi_extra=variation_request(),
)
def create_variant(
    quote_id: QuoteId, variation: VariationBody, store: StoreDep, pricer: PricerDep
) -> JSONResponse:
    """Price the same engagement with volume, productivity or margin moved, and store it."""
    base = _find(store, quote_id)
    varied = vary(Engagement.model_validate(base.engagement), variation)
    return _answer(store.add(varied, pricer.price(varied), variant_of=base.id), _CREATED)


@router.get(
    "/{quote_id}/difference/{other_id}", responses=problem_responses(403, 404, 409, 422, 503)
)
def get_difference(quote_id: QuoteId, other_id: QuoteId, store: StoreDep) -> QuoteDifference:
    """Tell what moved from one quote to another: assumptions and figures."""
    before, after = (_quote(_find(store, one)) for one in (quote_id, other_id))
    return difference(before, after)


@router.post(
    "/{quote_id}/invoices",
    response_model=MonthInvoices,
    responses={
        200: {"content": {CSV: {"schema": {"type": "string"}}, XLSX: {"schema": _BINARY}}},
        **problem_responses(400, 403, 404, 406, 409, 413, 415, 422, 503),
    },
    openapi_extra=invoice_request(),
)
def create_invoice(
    quote_id: QuoteId, body: InvoiceBodyDep, wanted: JsonOrTables, store: StoreDep
) -> Response:
    """Bill a month of a quote under either offer. Client's view: it holds no cost.

    Whatever the body leaves out went as planned. Nothing is stored. With `Accept` the invoices come
    as a table or a workbook with live formulas.
    """
    made = invoice_month(_quote(_find(store, quote_id)), body, methods=body.methods)
    if wanted == CSV:
        return Response(invoice_table(made), media_type=CSV)
    if wanted == XLSX:
        from pricing.invoice.workbook import invoice_workbook  # noqa: PLC0415 (an extra)

        return Response(invoice_workbook(made), media_type=XLSX)
    return Response(made.model_dump_json(), media_type=JSON)


@router.get("/{quote_id}/bills", responses=problem_responses(403, 404, 409, 422, 503))
def get_bills(
    quote_id: QuoteId, store: StoreDep, month: Annotated[int | None, Query(ge=1, le=120)] = None
) -> ContractBills:
    """Show both bills over volume, all terms of the contract applied. Client's view.

    `month` is the contract month the terms refer to; by default the one nearest to the average
    volume.
    """
    return contract_bills(_quote(_find(store, quote_id)), month=month)


@router.get("/{quote_id}/explain", responses=problem_responses(403, 404, 409, 422, 503))
def explain_number(
    quote_id: QuoteId, store: StoreDep, query: Annotated[ExplainQuery, Query()]
) -> Explanation | Contents:
    """Unfold a number of a quote into formula, inputs and rounding; of a part, list its numbers."""
    quote = _quote(_find(store, quote_id))
    return explain(quote.model_dump(mode="json"), query.path, query.depth)


def stored_quote(store: QuoteStore, quote_id: str) -> Quote:
    """Read a stored quote as a document.

    Raises
    ------
    NotFoundError, OutdatedError
        There is none, or an earlier version wrote it.
    """
    return _quote(_find(store, quote_id))


def _quote(stored: StoredQuote) -> Quote:
    """Read a stored quote; one of an earlier version may lack what this one compares."""
    try:
        return Quote.model_validate(stored.document)
    except ValidationError:
        raise OutdatedError(stored.id) from None


def _find(store: QuoteStore, quote_id: str) -> StoredQuote:
    found = store.get(quote_id)
    if found is None:
        raise NotFoundError(quote_id)
    return found


def _answer(stored: StoredQuote, status: int) -> JSONResponse:
    own = {"id": stored.id, "created_at": stored.created_at, "variant_of": stored.variant_of}
    headers = {"Location": f"{router.prefix}/{stored.id}"} if status == _CREATED else None
    return JSONResponse({**own, **stored.document}, status_code=status, headers=headers)
