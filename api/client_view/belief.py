"""What a client believes, can spend and would do itself: the question of a comparison."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from pydantic import Field

from api.deps import json_body
from api.errors import NO_OFFER, RefusedError
from pricing.engagement.in_house import InHouse
from pricing.exact import NonNegativeExact
from pricing.field_errors import Guide
from pricing.reading import read_document
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

_Share = Annotated[float, Field(strict=True, ge=0.1, le=3)]
_REMEDY = "this quote cannot be set against these numbers; ask sales"


class BeliefBody(Document):
    """Beliefs as shares of plan, a budget, and the client's own people for the same work."""

    volume: _Share = Field(1.0, description="Share of plan.")
    productivity: _Share = Field(1.0, description="Share of plan.")
    budget: NonNegativeExact | None = Field(
        None, gt=0, le=10**15, description="Of the whole term, in the quote's currency."
    )
    in_house: InHouse | None = Field(
        None, description="What the work takes the client itself; none: as in the quote."
    )


_GUIDE = Guide(BeliefBody, "docs/client.md")


async def _read(request: Request) -> BeliefBody:
    return read_document(BeliefBody, await json_body(request), _GUIDE)


OwnBelief = Annotated[BeliefBody, Depends(_read)]


@contextmanager
def own_fields_only() -> Iterator[None]:
    """Refuse with the fields of the question; anything else would tell of the vendor's side.

    Raises
    ------
    BadInputError
        Of the question's own fields.
    RefusedError
        Anything else.
    """
    try:
        yield
    except BadInputError as error:
        if all(issue.path.split(".")[0] in BeliefBody.model_fields for issue in error.issues):
            raise
        raise RefusedError(NO_OFFER, _REMEDY) from None
