"""`/v1/risk`: what may come, for both offers; nothing is stored. Vendor's view: it holds cost."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import PricerDep
from api.formats import HTML, JSON, XLSX, one_of
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import RiskBodyDep, places_in
from pricing.risk.report import RiskRequest, RiskStudy
from pricing.risk_study import risk_study

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = problem_responses(400, 403, 406, 413, 415, 422, 500, 503)
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
def study_risk(body: RiskBodyDep, wanted: JsonOrFile, pricer: PricerDep) -> Response:
    """Draw what may come, and say what it means for both offers: bill, cost, margin, premium.

    Takes seconds; nothing is stored. With `Accept` the study comes as a page or a workbook.
    """
    asked = {name: getattr(body, name) for name in RiskRequest.model_fields}
    request = RiskRequest.model_construct(**asked)
    with places_in(body):
        study = pricer.run(partial(risk_study, body.engagement, request))
    if wanted == JSON:
        return Response(study.model_dump_json(), media_type=JSON)
    from api.risk_files import risk_page, risk_workbook  # noqa: PLC0415 (an extra)

    document = study.model_dump(mode="json")
    if wanted == XLSX:
        return Response(risk_workbook(document), media_type=XLSX)
    return Response(risk_page(document), media_type=HTML)
