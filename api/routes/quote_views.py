"""`/v1/quotes/{id}/…`: what is read off a stored quote; nothing is solved and nothing stored."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import StoreDep
from api.formats import CSV, HTML, ICALENDAR, JSON, XLSX, one_of
from api.invoice_body import InvoiceBodyDep
from api.openapi import invoice_request
from api.plan_files import Table, plan_file
from api.problems import problem_responses
from api.stored_quotes import QuoteId, find, stored_quote
from pricing.calendar_notes import CalendarNotes, calendar_notes
from pricing.engagement import Engagement
from pricing.explain.documents import Contents, Explanation
from pricing.explain.unfold import MOST_DEPTH, explain
from pricing.invoice.billing import invoice_month
from pricing.invoice.document import MonthInvoices
from pricing.invoice.over_volume import contract_bills
from pricing.invoice.over_volume_document import ContractBills
from pricing.invoice.table import invoice_table
from pricing.scenarios import QuoteDifference, difference
from staffing.plan import StaffingPlan

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

JsonOrTables = Annotated[str, Depends(one_of(JSON, CSV, XLSX))]
JsonOrPlan = Annotated[str, Depends(one_of(JSON, HTML, XLSX, CSV, ICALENDAR))]
_TEXT, _BINARY = {"type": "string"}, {"type": "string", "format": "binary"}


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


@router.get(
    "/{quote_id}/difference/{other_id}", responses=problem_responses(403, 404, 409, 422, 503)
)
def get_difference(quote_id: QuoteId, other_id: QuoteId, store: StoreDep) -> QuoteDifference:
    """Tell what moved from one quote to another: assumptions and figures."""
    before, after = (stored_quote(store, one) for one in (quote_id, other_id))
    return difference(before, after)


@router.get(
    "/{quote_id}/plan",
    response_model=StaffingPlan,
    responses={
        200: {
            "content": {
                XLSX: {"schema": _BINARY},
                **{kind: {"schema": _TEXT} for kind in (HTML, CSV, ICALENDAR)},
            }
        },
        **problem_responses(403, 404, 406, 409, 422, 503),
    },
)
def get_plan(
    quote_id: QuoteId, wanted: JsonOrPlan, store: StoreDep, table: Table = "shifts"
) -> Response:
    """Return the staffing plan of a quote, as it was priced: what `crewquote staff` writes.

    With `Accept` the plan comes as a page, a workbook, a table (`table` says which) or a calendar.
    Vendor's view.
    """
    plan = stored_quote(store, quote_id).staffing
    if wanted == JSON:
        return Response(plan.model_dump_json(), media_type=JSON)
    engagement = Engagement.model_validate(find(store, quote_id).engagement)
    return Response(plan_file(wanted, plan, engagement, table), media_type=wanted)


@router.get("/{quote_id}/plan/calendar", responses=problem_responses(403, 404, 409, 422, 503))
def get_plan_calendar(quote_id: QuoteId, store: StoreDep) -> CalendarNotes:
    """List by week what the plan's standard weeks leave out: public holidays, pay that changes.

    Cost is reckoned with both. Vendor's view.
    """
    return calendar_notes(Engagement.model_validate(find(store, quote_id).engagement))


@router.post(
    "/{quote_id}/invoices",
    response_model=MonthInvoices,
    responses={
        200: {"content": {CSV: {"schema": _TEXT}, XLSX: {"schema": _BINARY}}},
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
    made = invoice_month(stored_quote(store, quote_id), body, methods=body.methods)
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
    return contract_bills(stored_quote(store, quote_id), month=month)


@router.get("/{quote_id}/explain", responses=problem_responses(403, 404, 409, 422, 503))
def explain_number(
    quote_id: QuoteId, store: StoreDep, query: Annotated[ExplainQuery, Query()]
) -> Explanation | Contents:
    """Unfold a number of a quote into formula, inputs and rounding; of a part, list its numbers."""
    quote = stored_quote(store, quote_id)
    return explain(quote.model_dump(mode="json"), query.path, query.depth)
