"""A client asks what help in a peak would take: the question, and refusals without a reason."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from pydantic import Field

from api.deps import json_body
from api.errors import DEFECT, NO_OFFER, RefusedError
from pricing.engagement.fields import Day, Name
from pricing.field_errors import Guide
from pricing.reading import read_document
from pricing.surge_report import SurgeRequest, Weekday
from staffing.errors import BadInputError, InfeasibleError, PlanCheckError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMEDY = "this quote holds no such help; ask for less of it or give more notice, or ask sales"


class PeakBody(Document):
    """A peak of one of a quote's services, by its size or by the people it takes."""

    size: Annotated[float, Field(strict=True, gt=0, le=100)] | None = Field(
        None, description="Extra work as a share of the ordinary: 0.6 for 60 % more."
    )
    people: Annotated[float, Field(strict=True, ge=0.1, le=100_000)] | None = Field(
        None, description="Ordinary people it asks for, instead of a size."
    )
    notice_h: Annotated[float, Field(strict=True, ge=0, le=8784)] = Field(
        description="Hours from the call to the first extra work."
    )
    days: Annotated[int, Field(strict=True, ge=1, le=366)] = Field(
        28, description="Days the extra work lasts."
    )
    service: Name | None = Field(
        None, description="Whose peak; none: of the service with most work."
    )
    start: Weekday | Day = Field(
        "Mon", description="Weekday or date on which the extra work begins at 00:00."
    )


def read_peak(raw: object) -> SurgeRequest:
    """Read what a client asks as a peak to study."""
    asked = read_document(PeakBody, raw, Guide(PeakBody, "`/docs`"))
    return read_document(SurgeRequest, asked.model_dump(), Guide(PeakBody, "`/docs`"))


async def _read(request: Request) -> SurgeRequest:
    return read_peak(await json_body(request))


Peak = Annotated[SurgeRequest, Depends(_read)]


@contextmanager
def without_reasons() -> Iterator[None]:
    """Refuse without the vendor's reasons: who could come, from where, and at what rates.

    Raises
    ------
    BadInputError
        Of the question's own fields only.
    RefusedError
        Anything else.
    """
    try:
        yield
    except BadInputError as error:
        own = [issue for issue in error.issues if issue.path in PeakBody.model_fields]
        if len(own) < len(error.issues):
            raise RefusedError(NO_OFFER, _REMEDY) from None
        raise
    except InfeasibleError:
        raise RefusedError(NO_OFFER, _REMEDY) from None
    except PlanCheckError:
        raise RefusedError(DEFECT, "this is a defect; ask sales for an offer") from None
