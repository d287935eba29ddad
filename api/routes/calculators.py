"""`/v1/requirement`, `/v1/coverage`, `/v1/price`, …: steps of the data path, nothing stored.

All answers but the comparison and the invoices are the vendor's view. An engagement comes with
each request, so none of them is for clients.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.calculator_bodies import (
    BillBodyDep,
    CompareBodyDep,
    CoverageBodyDep,
    ExplainBodyDep,
    PriceBodyDep,
    RequirementBodyDep,
)
from api.formats import CSV, HTML, ICALENDAR, JSON, XLSX, one_of
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import study_request
from api.problems import problem_responses
from pricing.client_comparison import ClientComparison
from pricing.explain.documents import Contents, Explanation
from pricing.invoice.document import MonthInvoices
from pricing.quote import Quote
from staffing.plan import StaffingPlan
from staffing.requirement_study import Requirement

router = APIRouter(prefix="/v1", tags=["calculators"])

_PROBLEMS = JOB_ANSWER | problem_responses(400, 403, 406, 409, 413, 415, 422, 429, 500, 503)
_TEXT, _BINARY = {"type": "string"}, {"type": "string", "format": "binary"}
_A_PRICE = {"path": "offers.output_based.prices[0].price"}

JsonOrTable = Annotated[str, Depends(one_of(JSON, CSV))]
JsonOrTables = Annotated[str, Depends(one_of(JSON, CSV, XLSX))]
JsonOrPlan = Annotated[str, Depends(one_of(JSON, HTML, XLSX, CSV, ICALENDAR))]
JsonOrFile = Annotated[str, Depends(one_of(JSON, HTML, XLSX))]
Json = Annotated[str, Depends(one_of(JSON))]


def _responses(*kinds: str) -> dict[int | str, dict[str, Any]]:
    content = {kind: {"schema": _BINARY if kind == XLSX else _TEXT} for kind in kinds}
    return {200: {"content": content}, **_PROBLEMS}


@router.post(
    "/requirement",
    response_model=Requirement,
    responses=_responses(CSV),
    openapi_extra=study_request("RequirementBody", "a fifth more volume", {"scale": 1.2}),
)
async def calculate_requirement(
    desk: DeskDep, body: RequirementBodyDep, wanted: JsonOrTable
) -> Response:
    """Tell how many people each team's work asks for, by interval of the standard week.

    No shift is planned. With `Accept` it comes as a table.
    """
    return await desk.answer("requirement", wanted=wanted)


@router.post(
    "/coverage",
    response_model=StaffingPlan,
    responses=_responses(HTML, XLSX, CSV, ICALENDAR),
    openapi_extra=study_request("CoverageBody", "the usual search", {"effort": "quick"}),
)
async def calculate_coverage(desk: DeskDep, body: CoverageBodyDep, wanted: JsonOrPlan) -> Response:
    """Plan shifts and hiring of an engagement without a price: what `crewquote staff` prints.

    With `Accept` the plan comes as a page, a workbook, a table (`table` says which) or a calendar.
    """
    return await desk.answer("coverage", wanted=wanted)


@router.post(
    "/price",
    response_model=Quote,
    responses=_PROBLEMS,
    openapi_extra=study_request("PriceBody", "as it is", {}),
)
async def calculate_price(desk: DeskDep, body: PriceBodyDep, wanted: Json) -> Response:
    """Price an engagement as `POST /v1/quotes` does, and store nothing: there is no id."""
    return await desk.answer("price", wanted=wanted)


@router.post(
    "/compare",
    response_model=ClientComparison,
    responses=_responses(HTML, XLSX),
    openapi_extra=study_request("CompareBody", "a fifth more volume", {"volume": 1.2}),
)
async def calculate_comparison(desk: DeskDep, body: CompareBodyDep, wanted: JsonOrFile) -> Response:
    """Compare both offers of an engagement as its client may see them, and with in-house.

    With `Accept` it comes as a page or a workbook.
    """
    return await desk.answer("compare", wanted=wanted)


@router.post(
    "/explain",
    response_model=Explanation | Contents,
    responses=_PROBLEMS,
    openapi_extra=study_request("ExplainBody", "a unit price", _A_PRICE),
)
async def calculate_explanation(desk: DeskDep, body: ExplainBodyDep, wanted: Json) -> Response:
    """Unfold a number of an engagement's quote into formula, inputs and rounding."""
    return await desk.answer("explain", wanted=wanted)


@router.post(
    "/invoice",
    response_model=MonthInvoices,
    responses=_responses(CSV, XLSX),
    openapi_extra=study_request("BillBody", "the second month", {"actuals": {"month": 2}}),
)
async def calculate_invoices(desk: DeskDep, body: BillBodyDep, wanted: JsonOrTables) -> Response:
    """Bill a month of an engagement's quote under either offer, from what happened in it.

    With `Accept` the invoices come as a table or a workbook with live formulas.
    """
    return await desk.answer("invoice", wanted=wanted)
