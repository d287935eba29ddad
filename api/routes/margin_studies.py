"""`/v1/sites`, `/v1/rates`: where to deliver, rates at the margin; nothing is stored.

Vendor's view: both answers hold cost.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import PricerDep
from api.formats import HTML, JSON, one_of
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import RatesBodyDep, SitesBodyDep, places_in
from pricing.rates import RateReport, RateRequest, rate_report
from pricing.sites import SiteRequest, SiteStudy, site_study

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = problem_responses(400, 403, 406, 413, 415, 422, 500, 503)
_PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {HTML: {"schema": {"type": "string"}}}}}

JsonOrPage = Annotated[str, Depends(one_of(JSON, HTML))]


@router.post(
    "/sites",
    response_model=SiteStudy,
    responses={**_PAGE, **_PROBLEMS},
    openapi_extra=study_request("SitesBody", "two sites at most", {"max_sites": 2}),
)
def study_sites(body: SitesBodyDep, wanted: JsonOrPage, pricer: PricerDep) -> Response:
    """Choose where to deliver: sites, split of the work, night shifts or other clocks.

    Takes seconds for each service and site; nothing is stored. With `Accept` the study comes as a
    page.
    """
    asked = {name: getattr(body, name) for name in SiteRequest.model_fields}
    with places_in(body):
        study = pricer.run(
            partial(site_study, body.engagement, SiteRequest.model_construct(**asked))
        )
    if wanted == HTML:
        from api.site_files import site_page  # noqa: PLC0415 (an extra)

        return Response(site_page(study.model_dump(mode="json")), media_type=HTML)
    return Response(study.model_dump_json(), media_type=JSON)


@router.post(
    "/rates",
    response_model=RateReport,
    responses={**_PAGE, **_PROBLEMS},
    openapi_extra=study_request("RatesBody", "10 % up and down", {"steps": [0.1], "surge": False}),
)
def study_rates(body: RatesBodyDep, wanted: JsonOrPage, pricer: PricerDep) -> Response:
    """Propose charges for more and less work (ARC, RRC, surge) from re-solved steps of volume.

    Takes seconds; nothing is stored. With `Accept` the report comes as a page.
    """
    asked = {name: getattr(body, name) for name in RateRequest.model_fields}
    with places_in(body):
        report = pricer.run(
            partial(rate_report, body.engagement, RateRequest.model_construct(**asked))
        )
    if wanted == HTML:
        from api.rate_files import rate_page  # noqa: PLC0415 (an extra)

        return Response(rate_page(report.model_dump(mode="json")), media_type=HTML)
    return Response(report.model_dump_json(), media_type=JSON)
