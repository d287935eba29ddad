"""`/v1/risk`: what may come, for both offers; nothing is stored. Vendor's view: it holds cost."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.formats import HTML, JSON, XLSX, one_of
from api.jobs.desk import JOB_ANSWER, DeskDep
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import RiskBodyDep
from pricing.risk.report import RiskStudy

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = JOB_ANSWER | problem_responses(400, 403, 406, 409, 413, 415, 422, 429, 500, 503)
_FILES = {
    HTML: {"schema": {"type": "string"}},
    XLSX: {"schema": {"type": "string", "format": "binary"}},
}
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
