"""`/v1/risk`, `/v1/goal-seek`: what may come, and prices that hold a margin; nothing is stored.

Vendor's view: both answers hold margins.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.formats import HTML, JSON, XLSX, one_of
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import GoalBodyDep, RiskBodyDep
from pricing.goal_seek import GoalSeek
from pricing.risk.report import RiskStudy

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = JOB_ANSWER | problem_responses(400, 403, 406, 409, 413, 415, 422, 429, 500, 503)
_FILES = {
    HTML: {"schema": {"type": "string"}},
    XLSX: {"schema": {"type": "string", "format": "binary"}},
}
JsonOnly = Annotated[str, Depends(one_of(JSON))]
JsonOrFile = Annotated[str, Depends(one_of(JSON, HTML, XLSX))]


@router.post(
    "/risk",
    response_model=RiskStudy,
    responses={200: {"content": _FILES}, **_PROBLEMS},
    openapi_extra=study_request("RiskBody", "twenty thousand futures", {"draws": 20_000}),
)
async def study_risk(desk: DeskDep, body: RiskBodyDep, wanted: JsonOrFile) -> Response:
    """Draw what may come, and say what it means for both offers: bill, cost, margin, premium.

    Takes seconds; nothing is stored. With `Accept` the study comes as a page or a workbook.
    """
    return await desk.answer("risk", wanted=wanted)


@router.post(
    "/goal-seek",
    response_model=GoalSeek,
    responses=_PROBLEMS,
    openapi_extra=study_request("GoalBody", "18 % in nine of ten futures", {"margin": 0.18}),
)
async def seek_goal(desk: DeskDep, body: GoalBodyDep, wanted: JsonOnly) -> Response:
    """Find the prices of both offers that hold a margin, and where both offers are equal.

    Takes seconds; nothing is stored. Prices are found in closed form, the productivity at which
    both bills are equal to within the tolerance that the answer states.
    """
    return await desk.answer("goal-seek", wanted=wanted)
