"""`/v1/sites`, `/v1/rates`: where to deliver, rates at the margin; nothing is stored.

Vendor's view: both answers hold cost.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.formats import HTML, JSON, one_of
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import RatesBodyDep, SitesBodyDep
from pricing.rates import RateReport
from pricing.sites import SiteStudy

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = JOB_ANSWER | problem_responses(400, 403, 406, 409, 413, 415, 422, 429, 500, 503)
_PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {HTML: {"schema": {"type": "string"}}}}}

JsonOrPage = Annotated[str, Depends(one_of(JSON, HTML))]


@router.post(
    "/sites",
    response_model=SiteStudy,
    responses={**_PAGE, **_PROBLEMS},
    openapi_extra=study_request("SitesBody", "two sites at most", {"max_sites": 2}),
)
async def study_sites(desk: DeskDep, body: SitesBodyDep, wanted: JsonOrPage) -> Response:
    """Choose where to deliver: sites, split of the work, night shifts or other clocks.

    Takes seconds for each service and site; nothing is stored. With `Accept` the study comes as a
    page.
    """
    return await desk.answer("sites", wanted=wanted)


@router.post(
    "/rates",
    response_model=RateReport,
    responses={**_PAGE, **_PROBLEMS},
    openapi_extra=study_request("RatesBody", "10 % up and down", {"steps": [0.1], "surge": False}),
)
async def study_rates(desk: DeskDep, body: RatesBodyDep, wanted: JsonOrPage) -> Response:
    """Propose charges for more and less work (ARC, RRC, surge) from re-solved steps of volume.

    Takes seconds; nothing is stored. With `Accept` the report comes as a page.
    """
    return await desk.answer("rates", wanted=wanted)
