"""`/v1/quotes/{id}/comparison`: what a client may read of a stored quote."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.deps import StoreDep
from api.formats import HTML, JSON, XLSX, one_of
from api.problems import problem_responses
from api.stored_quotes import QuoteId, stored_quote
from pricing.client_comparison import ClientComparison, client_comparison

router = APIRouter(prefix="/v1/quotes", tags=["quotes"])

_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            HTML: {"schema": {"type": "string"}},
            XLSX: {"schema": {"type": "string", "format": "binary"}},
        }
    }
}

JsonOrFile = Annotated[str, Depends(one_of(JSON, HTML, XLSX))]


class ComparisonQuery(BaseModel):
    """What the client believes and can spend; unknown parameters are errors."""

    model_config = ConfigDict(extra="forbid")

    budget: Decimal | None = Field(
        None, gt=0, le=10**15, description="Of the whole term, in the quote's currency."
    )
    volume: float = Field(1.0, ge=0.1, le=3, description="Share of planned volume.")
    productivity: float = Field(1.0, ge=0.1, le=3, description="Share of planned productivity.")


@router.get(
    "/{quote_id}/comparison",
    response_model=ClientComparison,
    responses={**_FILES, **problem_responses(403, 404, 406, 409, 422, 503)},
)
def get_comparison(
    quote_id: QuoteId,
    store: StoreDep,
    wanted: JsonOrFile,
    query: Annotated[ComparisonQuery, Query()],
) -> Response:
    """Compare both offers as the client may see them, and with in-house; nothing is solved.

    Holds neither the vendor's side nor anything it could be computed from. With `Accept` it comes
    as a page or a workbook.
    """
    made = client_comparison(
        stored_quote(store, quote_id),
        budget=query.budget,
        volume=query.volume,
        productivity=query.productivity,
    )
    if wanted == JSON:
        return Response(made.model_dump_json(), media_type=JSON)
    from api.comparison_files import (  # noqa: PLC0415 (an extra)
        comparison_page,
        comparison_workbook,
    )

    data = made.model_dump(mode="json")
    content = comparison_page(data) if wanted == HTML else comparison_workbook(data)
    return Response(content, media_type=wanted)
