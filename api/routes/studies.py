"""Studies of an engagement: `/v1/surge`, `/v1/hiring`, `/v1/forecast`, `/v1/futures`, `/v1/choice`.

Nothing is stored.

All answers but the surge offer are the vendor's view: they hold cost, some hold margin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.formats import CSV, HTML, JSON, XLSX, one_of
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import forecast_request, study_request
from api.problems import problem_responses
from api.study_bodies import (
    ChoiceBodyDep,
    ForecastBodyDep,
    FuturesBodyDep,
    HiringBodyDep,
    SurgeBodyDep,
)
from pricing.choice.report import ChoiceStudy
from pricing.forecast_study import ForecastReport
from pricing.futures import FuturesReport
from pricing.hiring_study import HiringStudy
from pricing.surge_report import SurgeOffer, SurgeReport

if TYPE_CHECKING:
    pass

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = JOB_ANSWER | problem_responses(400, 403, 406, 409, 413, 415, 422, 429, 500, 503)
_BINARY = {"type": "string", "format": "binary"}
_PAGE = {HTML: {"schema": {"type": "string"}}}
_TABLE = {CSV: {"schema": {"type": "string"}}}
_WORKBOOK = {XLSX: {"schema": _BINARY}}
_KNOWING = {"knowledge_complexity": 0.9, "price_to_win": {"price": "3.20"}}
_PEAK = {"size": 0.6, "notice_h": 48, "days": 28}

JsonOrPage = Annotated[str, Depends(one_of(JSON, HTML))]
JsonOrWorkbook = Annotated[str, Depends(one_of(JSON, XLSX))]
JsonOrForecast = Annotated[str, Depends(one_of(JSON, CSV, HTML))]
JsonOrTables = Annotated[str, Depends(one_of(JSON, CSV, XLSX))]


def _responses(content: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": content}, **_PROBLEMS}


@router.post(
    "/surge",
    response_model=SurgeReport,
    responses=_responses(_WORKBOOK),
    openapi_extra=study_request("SurgeBody", "60 % more for four weeks", _PEAK),
)
async def study_surge(desk: DeskDep, body: SurgeBodyDep, wanted: JsonOrWorkbook) -> Response:
    """Study a peak: who could come, by when, at what cost, and what to charge. Vendor's view.

    Takes seconds; nothing is stored. With `Accept` the study comes as a workbook.
    """
    return await desk.answer("surge", wanted=wanted)


@router.post(
    "/surge/offer",
    response_model=SurgeOffer,
    responses=_responses(_PAGE),
    openapi_extra=study_request("SurgeBody", "60 % more for four weeks", _PEAK),
)
async def offer_surge(desk: DeskDep, body: SurgeBodyDep, wanted: JsonOrPage) -> Response:
    """Offer help in a peak: people by hour and prices, as a client may see them.

    The same study as `POST /v1/surge`, without cost, margin and sources. With `Accept` it comes as
    a page.
    """
    return await desk.answer("surge-offer", wanted=wanted)


@router.post(
    "/hiring",
    response_model=HiringStudy,
    responses=_responses(_TABLE | _WORKBOOK),
    openapi_extra=study_request("HiringBody", "all teams", {}),
)
async def study_hiring(desk: DeskDep, body: HiringBodyDep, wanted: JsonOrTables) -> Response:
    """Plan who joins, helps out and leaves, week by week over the term, at least cost.

    Takes seconds, with whole people longer; nothing is stored. With `Accept` the plan comes as a
    table or a workbook.
    """
    return await desk.answer("hiring", wanted=wanted)


@router.post(
    "/forecast",
    response_model=ForecastReport,
    responses=_responses(_TABLE | _PAGE),
    openapi_extra=forecast_request(),
)
async def study_forecast(desk: DeskDep, body: ForecastBodyDep, wanted: JsonOrForecast) -> Response:
    """Forecast a service from its history, and say how far off each method would have been.

    Takes seconds where methods are fitted; nothing is stored. With `Accept` the forecast comes as a
    table by week or month, or as a page.
    """
    return await desk.answer("forecast", wanted=wanted)


@router.post(
    "/futures",
    response_model=FuturesReport,
    responses=_responses(_WORKBOOK),
    openapi_extra=study_request("FuturesBody", "fifty futures", {"scenarios": 50, "draws": 10_000}),
)
async def study_futures(desk: DeskDep, body: FuturesBodyDep, wanted: JsonOrWorkbook) -> Response:
    """Plan whom to hire before demand is known, and say what the futures cost.

    Takes up to a minute; nothing is stored. With `Accept` the study comes as a workbook.
    """
    return await desk.answer("futures", wanted=wanted)


@router.post(
    "/choice",
    response_model=ChoiceStudy,
    responses=_responses(_PAGE),
    openapi_extra=study_request("ChoiceBody", "a client that knows its work well", _KNOWING),
)
async def study_choice(desk: DeskDep, body: ChoiceBodyDep, wanted: JsonOrPage) -> Response:
    """Price both offers for a client that takes the one that is cheaper for it. Vendor's view.

    Takes seconds; nothing is stored. With `Accept` the study comes as a page.
    """
    return await desk.answer("choice", wanted=wanted)
