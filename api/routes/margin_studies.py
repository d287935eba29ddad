"""`/v1/sites`: where to deliver; nothing is stored. Vendor's view: the answer holds cost."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import PricerDep
from api.formats import HTML, JSON, one_of
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import SitesBodyDep, places_in
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
