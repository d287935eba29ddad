"""Calculators as work: an engagement in, one arrow of the data path out; nothing is stored."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from api.calculator_bodies import (
    BillBody,
    CompareBody,
    CoverageBody,
    ExplainBody,
    PriceBody,
    RequirementBody,
)
from api.formats import CSV, HTML, JSON, XLSX
from api.jobs.answering import answering
from api.jobs.quoting import stages_of
from api.plan_files import PLAN_FILES, plan_file
from api.study_bodies import beneath
from pricing.client_comparison import client_comparison
from pricing.explain.unfold import explain
from pricing.invoice.billing import invoice_month
from pricing.invoice.table import invoice_table
from pricing.planning import plan_of, requirement_of

if TYPE_CHECKING:
    from api.jobs.answering import Writer
    from api.jobs.work import Bench, Order
    from pricing.explain.documents import Contents, Explanation
    from pricing.invoice.document import MonthInvoices
    from pricing.quote import Quote
    from staffing.plan import Document, StaffingPlan
    from staffing.requirement_study import Requirement

    _Priced = PriceBody | CompareBody | ExplainBody | BillBody


def _requirement(body: RequirementBody, bench: Bench) -> Requirement:
    return requirement_of(body.engagement, body.scale, progress=bench.progress, log=bench.log)


def _coverage(body: CoverageBody, bench: Bench) -> StaffingPlan:
    """Plan the people; a quick plan may be known already, a thorough one never is."""
    if body.effort == "quick":
        return bench.pricer.plan(body.engagement, progress=bench.progress, log=bench.log)
    planned = plan_of(body.engagement, progress=bench.progress, log=bench.log, effort=body.effort)
    return planned.plan


def _price(body: _Priced, bench: Bench) -> Quote:
    return bench.pricer.quote(body.engagement, progress=bench.progress, log=bench.log)


def _compare(body: CompareBody, bench: Bench) -> Document:
    return client_comparison(
        _price(body, bench),
        budget=body.budget,
        volume=body.volume,
        productivity=body.productivity,
    )


def _explain(body: ExplainBody, bench: Bench) -> Explanation | Contents:
    return explain(_price(body, bench).model_dump(mode="json"), body.path, body.depth)


def _bill(body: BillBody, bench: Bench) -> Document:
    quote = _price(body, bench)
    with beneath("actuals", type(body.actuals).model_fields):
        return invoice_month(quote, body.actuals, methods=body.actuals.methods)


def _stages(order: Order) -> int:
    return stages_of(order.body["engagement"])


# Writers of files are extras, or seldom asked for: each is loaded when it is.


def _requirement_table(document: Document, _: Document) -> str:
    from staffing.exports.requirement_table import requirement_table  # noqa: PLC0415

    return requirement_table(document.model_dump(mode="json"))


def _plan_file(kind: str) -> Writer[CoverageBody]:
    def write(plan: Document, body: CoverageBody) -> str | bytes:
        return plan_file(kind, cast("StaffingPlan", plan), body.engagement, body.table)

    return write


def _quote_text(quote: Document, _: Document) -> str:
    """The bytes that a stored quote is answered with, after what the store adds."""
    return json.dumps(quote.model_dump(mode="json"))


def _comparison_page(document: Document, _: Document) -> str:
    from api.comparison_files import comparison_page  # noqa: PLC0415

    return comparison_page(document.model_dump(mode="json"))


def _comparison_workbook(document: Document, _: Document) -> bytes:
    from api.comparison_files import comparison_workbook  # noqa: PLC0415

    return comparison_workbook(document.model_dump(mode="json"))


def _invoice_table(document: Document, _: Document) -> str:
    return invoice_table(cast("MonthInvoices", document))


def _invoice_workbook(document: Document, _: Document) -> bytes:
    from pricing.invoice.workbook import invoice_workbook  # noqa: PLC0415

    return invoice_workbook(cast("MonthInvoices", document))


_COMPARISON_FILES: dict[str, Writer[CompareBody]] = {
    HTML: _comparison_page,
    XLSX: _comparison_workbook,
}
_INVOICE_FILES: dict[str, Writer[BillBody]] = {CSV: _invoice_table, XLSX: _invoice_workbook}

CALCULATIONS = {
    "requirement": answering(RequirementBody, _requirement, {CSV: _requirement_table}),
    "coverage": answering(
        CoverageBody, _coverage, {kind: _plan_file(kind) for kind in PLAN_FILES}, stages=_stages
    ),
    "price": answering(PriceBody, _price, {JSON: _quote_text}, stages=_stages),
    "compare": answering(CompareBody, _compare, _COMPARISON_FILES, stages=_stages),
    "explain": answering(ExplainBody, _explain, stages=_stages),
    "invoice": answering(BillBody, _bill, _INVOICE_FILES, stages=_stages),
}
