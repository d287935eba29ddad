"""Studies of an engagement: `/v1/surge`, `/v1/hiring`, `/v1/futures`, `/v1/choice`.

Nothing is stored.

All answers but the surge offer are the vendor's view: they hold cost, some hold margin.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.deps import PricerDep
from api.formats import CSV, HTML, JSON, XLSX, one_of
from api.openapi import study_request
from api.problems import problem_responses
from api.study_bodies import (
    ChoiceBodyDep,
    FuturesBodyDep,
    HiringBodyDep,
    SurgeBody,
    SurgeBodyDep,
    places_in,
)
from pricing.choice.report import ChoiceRequest, ChoiceStudy
from pricing.choice_study import choice_study
from pricing.futures import FuturesReport, futures_report, stated_futures
from pricing.hiring_study import HiringStudy, hiring_study
from pricing.quoting import QUOTE_DRAWS, QUOTE_SEED
from pricing.repricing import planned_on
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeOffer, SurgeReport, SurgeRequest
from staffing.futures_planner import FuturesTerms
from staffing.futures_problem import Risk

if TYPE_CHECKING:
    from api.pricer import Pricer
    from pricing.engagement import Engagement
    from staffing.plan import Document

router = APIRouter(prefix="/v1", tags=["planning studies"])

_PROBLEMS = problem_responses(400, 403, 406, 413, 415, 422, 500, 503)
_BINARY = {"type": "string", "format": "binary"}
_PAGE = {HTML: {"schema": {"type": "string"}}}
_TABLE = {CSV: {"schema": {"type": "string"}}}
_WORKBOOK = {XLSX: {"schema": _BINARY}}
_KNOWING = {"knowledge_complexity": 0.9, "price_to_win": {"price": "3.20"}}
_PEAK = {"size": 0.6, "notice_h": 48, "days": 28}

JsonOrPage = Annotated[str, Depends(one_of(JSON, HTML))]
JsonOrWorkbook = Annotated[str, Depends(one_of(JSON, XLSX))]
JsonOrTables = Annotated[str, Depends(one_of(JSON, CSV, XLSX))]


def _responses(content: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": content}, **_PROBLEMS}


@router.post(
    "/surge",
    response_model=SurgeReport,
    responses=_responses(_WORKBOOK),
    openapi_extra=study_request("SurgeBody", "60 % more for four weeks", _PEAK),
)
def study_surge(body: SurgeBodyDep, wanted: JsonOrWorkbook, pricer: PricerDep) -> Response:
    """Study a peak: who could come, by when, at what cost, and what to charge. Vendor's view.

    Takes seconds; nothing is stored. With `Accept` the study comes as a workbook.
    """
    report = _surge(body, pricer)
    if wanted == XLSX:
        from api.surge_files import report_workbook  # noqa: PLC0415 (an extra)

        return Response(report_workbook(report), media_type=XLSX)
    return _json(report)


@router.post(
    "/surge/offer",
    response_model=SurgeOffer,
    responses=_responses(_PAGE),
    openapi_extra=study_request("SurgeBody", "60 % more for four weeks", _PEAK),
)
def offer_surge(body: SurgeBodyDep, wanted: JsonOrPage, pricer: PricerDep) -> Response:
    """Offer help in a peak: people by hour and prices, as a client may see them.

    The same study as `POST /v1/surge`, without cost, margin and sources. With `Accept` it comes as
    a page.
    """
    offer = client_offer(_surge(body, pricer))
    if wanted == HTML:
        from api.surge_files import offer_page  # noqa: PLC0415 (an extra)

        return Response(offer_page(offer), media_type=HTML)
    return _json(offer)


@router.post(
    "/hiring",
    response_model=HiringStudy,
    responses=_responses(_TABLE | _WORKBOOK),
    openapi_extra=study_request("HiringBody", "all teams", {}),
)
def study_hiring(body: HiringBodyDep, wanted: JsonOrTables, pricer: PricerDep) -> Response:
    """Plan who joins, helps out and leaves, week by week over the term, at least cost.

    Takes seconds, with whole people longer; nothing is stored. With `Accept` the plan comes as a
    table or a workbook.
    """
    with places_in(body):
        study = pricer.run(
            partial(
                hiring_study,
                body.engagement,
                site=body.site,
                services=body.services,
                whole_people=body.whole_people,
            )
        )
    if wanted == CSV:
        from staffing.exports.hiring_table import hiring_table  # noqa: PLC0415 (seldom asked for)

        return Response(hiring_table(study.model_dump(mode="json")), media_type=CSV)
    if wanted == XLSX:
        from staffing.exports.hiring_workbook import hiring_workbook  # noqa: PLC0415 (an extra)

        return Response(hiring_workbook(study.model_dump(mode="json")), media_type=XLSX)
    return _json(study)


@router.post(
    "/futures",
    response_model=FuturesReport,
    responses=_responses(_WORKBOOK),
    openapi_extra=study_request("FuturesBody", "fifty futures", {"scenarios": 50, "draws": 10_000}),
)
def study_futures(body: FuturesBodyDep, wanted: JsonOrWorkbook, pricer: PricerDep) -> Response:
    """Plan whom to hire before demand is known, and say what the futures cost.

    Takes up to a minute; nothing is stored. With `Accept` the study comes as a workbook.
    """
    with places_in(body):
        table = None if body.demand is None else stated_futures(body.engagement, body.demand)
        risk = Risk(body.risk_aversion, body.tail)
        terms = FuturesTerms(body.scenarios, body.seed, body.draws, risk, table)
        report = pricer.run(partial(futures_report, body.engagement, terms))
    if wanted == XLSX:
        from staffing.exports.futures_workbook import futures_workbook  # noqa: PLC0415 (an extra)

        return Response(futures_workbook(report.model_dump(mode="json")), media_type=XLSX)
    return _json(report)


@router.post(
    "/choice",
    response_model=ChoiceStudy,
    responses=_responses(_PAGE),
    openapi_extra=study_request("ChoiceBody", "a client that knows its work well", _KNOWING),
)
def study_choice(body: ChoiceBodyDep, wanted: JsonOrPage, pricer: PricerDep) -> Response:
    """Price both offers for a client that takes the one that is cheaper for it. Vendor's view.

    Takes seconds; nothing is stored. With `Accept` the study comes as a page.
    """
    asked = {name: getattr(body, name) for name in ChoiceRequest.model_fields}
    request = ChoiceRequest.model_construct(**asked)
    with places_in(body):
        study = pricer.run(partial(_choice, body.engagement, request, pricer))
    if wanted == HTML:
        from pricing.choice.page import choice_page  # noqa: PLC0415 (an extra)

        return Response(choice_page(study.model_dump(mode="json")), media_type=HTML)
    return _json(study)


def _choice(engagement: Engagement, request: ChoiceRequest, pricer: Pricer) -> ChoiceStudy:
    """Study the choice on a plan, and on futures, that may be known already."""
    usual = (request.draws, request.seed) == (QUOTE_DRAWS, QUOTE_SEED)
    basis = pricer.basis(engagement, with_risk=usual)
    planned = planned_on(engagement, basis.plan)
    return choice_study(engagement, request, planned=planned, risk=basis.risk if usual else None)


def _surge(body: SurgeBody, pricer: Pricer) -> SurgeReport:
    asked = {name: getattr(body, name) for name in SurgeRequest.model_fields}
    request = SurgeRequest.model_construct(**asked)
    with places_in(body):
        return pricer.run(partial(surge_report, body.engagement, request))


def _json(document: Document) -> Response:
    return Response(document.model_dump_json(), media_type=JSON)
