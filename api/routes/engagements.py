"""`/v1/engagements`: checking a request for a quote without pricing it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from api.deps import EngagementBody
from api.example_files import ABOUT, QUICK, example
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


class Example(BaseModel):
    """An engagement to start from."""

    name: str = Field(description="What its address ends with.")
    title: str
    about: str


class Examples(BaseModel):
    """All there are, the quickest to price first."""

    object: Literal["list"] = "list"
    data: list[Example]


@router.get("/examples", responses=problem_responses(403))
def list_examples() -> Examples:
    """List complete engagements to start from."""
    found = [(name, about, str(example(name)["name"])) for name, about in ABOUT.items()]
    return Examples(data=[Example(name=n, title=title, about=a) for n, a, title in found])


@router.get("/examples/{name}", responses=problem_responses(403, 404, 422))
def get_one_example(
    name: Annotated[str, Path(pattern="^[a-z_]{1,80}$", examples=[QUICK])],
) -> dict[str, Any]:
    """Return one of them, tables written out; it can be priced as it is."""
    return example(name)


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
