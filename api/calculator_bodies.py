"""Bodies of calculators: an engagement beside what is asked of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import Depends
from pydantic import Field

from api.invoice_body import InvoiceBody
from api.plan_files import Table
from api.study_bodies import reader
from pricing.engagement import Engagement
from pricing.explain.unfold import MOST_DEPTH
from staffing.plan import Document

Share = Annotated[float, Field(strict=True, ge=0.1, le=3)]


class RequirementBody(Document):
    """An engagement, and at which volume to tell the heads that its work asks for."""

    engagement: Engagement
    scale: Annotated[float, Field(strict=True, ge=0.01, le=10)] = Field(
        1.0, description="Multiple of plan volume."
    )


class CoverageBody(Document):
    """An engagement, and how hard to search; defaults are those of `crewquote staff`."""

    engagement: Engagement
    effort: Literal["quick", "thorough"] = Field(
        "quick",
        description="Thorough searches longer for tours and breaks; such a plan is not repeatable.",
    )
    table: Table = Field("shifts", description="Which table `Accept: text/csv` gets.")


class PriceBody(Document):
    """An engagement to price."""

    engagement: Engagement


class CompareBody(Document):
    """An engagement, and what its client believes and can spend."""

    engagement: Engagement
    budget: Annotated[Decimal, Field(gt=0, le=10**15)] | None = Field(
        None, description="Of the whole term, in the engagement's currency."
    )
    volume: Share = Field(1.0, description="Share of planned volume.")
    productivity: Share = Field(1.0, description="Share of planned productivity.")


class ExplainBody(Document):
    """An engagement, and which number of its quote to unfold, how far."""

    engagement: Engagement
    path: str = Field(
        "",
        max_length=500,
        description="Path, JSON pointer, or path with names; none: what can be explained.",
    )
    depth: Annotated[int, Field(strict=True, ge=0, le=MOST_DEPTH)] = Field(
        1, description="How many generations of inputs, 0 to 6."
    )


class BillBody(Document):
    """An engagement, and what happened in a month of it."""

    engagement: Engagement
    actuals: InvoiceBody = Field(
        default_factory=InvoiceBody,
        description="As `POST /v1/quotes/{quote_id}/invoices` takes it; none: as planned.",
    )


CALCULATORS = (RequirementBody, CoverageBody, PriceBody, CompareBody, ExplainBody, BillBody)

RequirementBodyDep = Annotated[RequirementBody, Depends(reader(RequirementBody))]
CoverageBodyDep = Annotated[CoverageBody, Depends(reader(CoverageBody))]
PriceBodyDep = Annotated[PriceBody, Depends(reader(PriceBody))]
CompareBodyDep = Annotated[CompareBody, Depends(reader(CompareBody))]
ExplainBodyDep = Annotated[ExplainBody, Depends(reader(ExplainBody))]
BillBodyDep = Annotated[BillBody, Depends(reader(BillBody))]
