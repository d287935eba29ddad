"""Bodies of planning studies: an engagement beside the options that the command line has."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request
from pydantic import Field

from api.deps import json_body, refuse_file_references
from pricing.choice.report import ChoiceRequest
from pricing.engagement import Engagement
from pricing.engagement.fields import Name
from pricing.goal_seek import GoalSeekRequest
from pricing.rates import RateRequest
from pricing.reading import read_document
from pricing.risk.report import RiskRequest
from pricing.sites import SiteRequest
from pricing.surge_report import SurgeRequest
from staffing.errors import BadInputError, FieldIssue
from staffing.forecast.documents import ForecastRequest
from staffing.futures_planner import MOST_DRAWS
from staffing.plan import Document
from staffing.scenarios import MOST_SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Container, Iterator

_ENGAGEMENT = "engagement"


class SurgeBody(SurgeRequest):
    """An engagement, and a peak of one of its services; defaults are those of `crewquote surge`."""

    engagement: Engagement


class HiringBody(Document):
    """An engagement, and which of its teams to plan; defaults are those of `crewquote hire`."""

    engagement: Engagement
    site: Name | None = Field(None, description="Only this site; none: all of them.")
    services: tuple[Name, ...] = Field((), description="Only these services; none: all of them.")
    whole_people: bool = Field(False, description="Hire whole people; takes longer.")


class FuturesBody(Document):
    """An engagement, and for which futures to plan; defaults are those of `crewquote futures`."""

    engagement: Engagement
    scenarios: Annotated[int, Field(strict=True, ge=1, le=MOST_SCENARIOS)] = Field(
        200, description="Futures to plan for."
    )
    demand: str | None = Field(
        None, description="Text of a CSV table with the futures to plan for, instead of draws."
    )
    risk_aversion: Annotated[float, Field(strict=True, ge=0, le=1)] = Field(
        0.5, description="Weight of the worst futures; the rest is on the mean."
    )
    tail: Annotated[float, Field(strict=True, ge=0, lt=1)] = Field(
        0.95, description="Where the worst begin: 0.95 is the dearest 5 %."
    )
    seed: Annotated[int, Field(strict=True, ge=0, le=2**63 - 1)] = Field(
        0, description="Root of all draws."
    )
    draws: Annotated[int, Field(strict=True, ge=0, le=MOST_DRAWS)] = Field(
        100_000, description="Futures to price under the plan, between bounds; 0 for none."
    )


class ForecastBody(ForecastRequest):
    """An engagement, and what to forecast; defaults are those of `crewquote forecast`."""

    engagement: Engagement


class RiskBody(RiskRequest):
    """An engagement, and how to draw; defaults are those of `crewquote risk`."""

    engagement: Engagement


class ChoiceBody(ChoiceRequest):
    """An engagement, and what to ask; defaults are those of `crewquote offers`."""

    engagement: Engagement


class GoalBody(GoalSeekRequest):
    """An engagement, and the margin that prices are to hold."""

    engagement: Engagement


class SitesBody(SiteRequest):
    """An engagement, and rules of the choice; defaults are those of `crewquote sites`."""

    engagement: Engagement


class RatesBody(RateRequest):
    """An engagement, and steps of its volume; defaults are those of `crewquote rates`."""

    engagement: Engagement


def reader[B: Document](model: type[B]) -> Callable[[Request], Awaitable[B]]:
    """Make a dependency that reads a body with an engagement, in which no file is named."""

    async def read(request: Request) -> B:
        raw: Any = await json_body(request)
        refuse_file_references(raw)
        return read_document(model, raw)

    return read


SurgeBodyDep = Annotated[SurgeBody, Depends(reader(SurgeBody))]
HiringBodyDep = Annotated[HiringBody, Depends(reader(HiringBody))]
RiskBodyDep = Annotated[RiskBody, Depends(reader(RiskBody))]
ChoiceBodyDep = Annotated[ChoiceBody, Depends(reader(ChoiceBody))]
GoalBodyDep = Annotated[GoalBody, Depends(reader(GoalBody))]
SitesBodyDep = Annotated[SitesBody, Depends(reader(SitesBody))]
RatesBodyDep = Annotated[RatesBody, Depends(reader(RatesBody))]
ForecastBodyDep = Annotated[ForecastBody, Depends(reader(ForecastBody))]
FuturesBodyDep = Annotated[FuturesBody, Depends(reader(FuturesBody))]


@contextmanager
def places_in(body: Document) -> Iterator[None]:
    """Name the fields that a study refuses by their place in the body.

    A study knows the engagement alone: whatever is no option of the body is a field of it.
    """
    options = type(body).model_fields.keys() - {_ENGAGEMENT}
    try:
        yield
    except BadInputError as error:
        raise BadInputError(*(_placed(issue, options) for issue in error.issues)) from None


@contextmanager
def beneath(field: str, options: Container[str]) -> Iterator[None]:
    """Name what is refused of a part of the body by its place in it.

    Parameters
    ----------
    field : str
        The part.
    options : container of str
        Its fields; whatever else is refused keeps its name.
    """
    try:
        yield
    except BadInputError as error:
        raise BadInputError(
            *(
                replace(issue, path=f"{field}.{issue.path}")
                if re.split(r"[.\[]", issue.path, maxsplit=1)[0] in options
                else issue
                for issue in error.issues
            )
        ) from None


def _placed(issue: FieldIssue, options: set[str]) -> FieldIssue:
    if issue.path.partition(".")[0] in options or issue.path.startswith("("):
        return issue
    step = "" if issue.path.startswith("[") else "."
    return FieldIssue(f"{_ENGAGEMENT}{step}{issue.path}", issue.value, issue.accepted)
