"""`/v1/engagements`: checking a request for a quote without pricing it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.deps import EngagementBody
from api.openapi import engagement_request, example_engagement
from api.problems import problem_responses
from pricing.quoting import unsourced_of
from pricing.reading import engagement_hash

router = APIRouter(prefix="/v1/engagements", tags=["engagements"])


class Validation(BaseModel):
    """An engagement that can be read, and what it still lacks."""

    valid: bool
    name: str
    content_hash: str
    unsourced: list[str] = Field(description="Values without a source.")


@router.get("/example", responses=problem_responses(403))
def get_example() -> dict[str, Any]:
    """Return a complete engagement that can be priced as it is."""
    return example_engagement()


@router.post(
    "/validate",
    responses=problem_responses(400, 403, 413, 415, 422),
    openapi_extra=engagement_request(),
)
def validate_engagement(engagement: EngagementBody) -> Validation:
    """Check an engagement: fields, references, rates. Nothing is priced or stored."""
    return Validation(
        valid=True,
        name=engagement.name,
        content_hash=engagement_hash(engagement),
        unsourced=list(unsourced_of(engagement)),
    )
