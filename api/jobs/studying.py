"""Studies as work: an engagement and options in, a document or a file out; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from api.formats import CSV, HTML, XLSX
from api.jobs.answering import answering
from api.study_bodies import (
    ChoiceBody,
    ForecastBody,
    FuturesBody,
    GoalBody,
    HiringBody,
    RatesBody,
    RiskBody,
    SitesBody,
    SurgeBody,
)
from pricing.choice.report import ChoiceRequest
from pricing.choice_study import choice_study
from pricing.forecast_study import forecast_report
from pricing.futures import futures_report, stated_futures
from pricing.goal_seek import GoalSeekRequest, goal_seek
from pricing.hiring_study import hiring_study
from pricing.quoting import QUOTE_DRAWS, QUOTE_SEED
from pricing.rates import RateRequest, rate_report
from pricing.repricing import planned_on
from pricing.risk.report import RiskRequest
from pricing.risk_study import quote_risk, risk_study
from pricing.sites import SiteRequest, site_study
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeReport, SurgeRequest
from staffing.forecast.documents import ForecastRequest
from staffing.futures_planner import FuturesTerms
from staffing.futures_problem import Risk
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from api.jobs.work import Bench, Kind
    from pricing.quoting import Futures


_KINDS_OF_FILE = {"page": HTML, "table": CSV, "workbook": XLSX}


def _study[B: Document](
    model: type[B], work: Callable[[B, Bench], Document], **files: Callable[[Document], str | bytes]
) -> Kind:
    """Make a kind of work of a study; `files` writes it as another kind of file than JSON."""
    writers = {_KINDS_OF_FILE[name]: _of_document(write) for name, write in files.items()}
    return answering(model, work, writers)


def _of_document(
    write: Callable[[Document], str | bytes],
) -> Callable[[Document, Document], str | bytes]:
    return lambda document, _: write(document)


def _asked[R: Document](request: type[R], body: Document) -> R:
    asked = {name: getattr(body, name) for name in request.model_fields}
    return cast("R", request.model_construct(**asked))


def _surge(body: SurgeBody, bench: Bench) -> SurgeReport:
    request = _asked(SurgeRequest, body)
    return surge_report(body.engagement, request, log=bench.log, progress=bench.progress)


def _surge_offer(body: SurgeBody, bench: Bench) -> Document:
    return client_offer(_surge(body, bench))


def _hiring(body: HiringBody, bench: Bench) -> Document:
    return hiring_study(
        body.engagement,
        site=body.site,
        services=body.services,
        whole_people=body.whole_people,
        progress=bench.progress,
    )


def _futures(body: FuturesBody, bench: Bench) -> Document:
    table = None if body.demand is None else stated_futures(body.engagement, body.demand)
    risk = Risk(body.risk_aversion, body.tail)
    terms = FuturesTerms(body.scenarios, body.seed, body.draws, risk, table)
    return futures_report(body.engagement, terms, progress=bench.progress)


def _forecast(body: ForecastBody, bench: Bench) -> Document:
    request = _asked(ForecastRequest, body)
    return forecast_report(body.engagement, request, progress=bench.progress)


def _risk(body: RiskBody, bench: Bench) -> Document:
    return risk_study(body.engagement, _asked(RiskRequest, body), progress=bench.progress)


def _sites(body: SitesBody, bench: Bench) -> Document:
    request = _asked(SiteRequest, body)
    return site_study(body.engagement, request, log=bench.log, progress=bench.progress)


def _rates(body: RatesBody, bench: Bench) -> Document:
    request = _asked(RateRequest, body)
    return rate_report(body.engagement, request, log=bench.log, progress=bench.progress)


def _choice(body: ChoiceBody, bench: Bench) -> Document:
    """Study the choice on a plan, and on futures, that may be known already."""
    request, engagement = _asked(ChoiceRequest, body), body.engagement
    usual = (request.draws, request.seed) == (QUOTE_DRAWS, QUOTE_SEED)
    basis = bench.pricer.basis(engagement, with_risk=usual, progress=bench.progress, log=bench.log)
    planned = planned_on(engagement, basis.plan)
    risk = basis.risk if usual else None
    return choice_study(engagement, request, planned=planned, risk=risk, progress=bench.progress)


def _goal(body: GoalBody, bench: Bench) -> Document:
    """Seek prices on a plan, and on futures, that may be known already."""
    request, engagement = _asked(GoalSeekRequest, body), body.engagement
    usual = (request.draws, request.seed) == (QUOTE_DRAWS, QUOTE_SEED)
    basis = bench.pricer.basis(engagement, with_risk=usual, progress=bench.progress, log=bench.log)
    planned = planned_on(engagement, basis.plan)
    risk: Futures | None = basis.risk if usual else None
    if risk is None:
        bench.progress("solving what the futures are read from")
        risk = quote_risk(engagement, planned, draws=request.draws, seed=request.seed)
    bench.progress(f"reading {request.draws:,} futures")
    return goal_seek(engagement, request, planned, risk)


# Writers of files are extras, or seldom asked for: each is loaded when it is.


def _surge_workbook(study: Document) -> bytes:
    from api.surge_files import report_workbook  # noqa: PLC0415

    return report_workbook(study)  # type: ignore[arg-type]  # it is what `_surge` made


def _offer_page(study: Document) -> str:
    from api.surge_files import offer_page  # noqa: PLC0415

    return offer_page(study)  # type: ignore[arg-type]  # it is what `_surge_offer` made


def _hiring_table(study: Document) -> str:
    from staffing.exports.hiring_table import hiring_table  # noqa: PLC0415

    return hiring_table(study.model_dump(mode="json"))


def _hiring_workbook(study: Document) -> bytes:
    from staffing.exports.hiring_workbook import hiring_workbook  # noqa: PLC0415

    return hiring_workbook(study.model_dump(mode="json"))


def _forecast_table(study: Document) -> str:
    from staffing.exports.forecast_table import forecast_table  # noqa: PLC0415

    return forecast_table(study.model_dump(mode="json"))


def _forecast_page(study: Document) -> str:
    from staffing.exports.forecast_files import forecast_page  # noqa: PLC0415

    return forecast_page(study.model_dump(mode="json"))


def _futures_workbook(study: Document) -> bytes:
    from staffing.exports.futures_workbook import futures_workbook  # noqa: PLC0415

    return futures_workbook(study.model_dump(mode="json"))


def _risk_page(study: Document) -> str:
    from api.risk_files import risk_page  # noqa: PLC0415

    return risk_page(study.model_dump(mode="json"))


def _risk_workbook(study: Document) -> bytes:
    from api.risk_files import risk_workbook  # noqa: PLC0415

    return risk_workbook(study.model_dump(mode="json"))


def _site_page(study: Document) -> str:
    from api.site_files import site_page  # noqa: PLC0415

    return site_page(study.model_dump(mode="json"))


def _rate_page(study: Document) -> str:
    from api.rate_files import rate_page  # noqa: PLC0415

    return rate_page(study.model_dump(mode="json"))


def _choice_page(study: Document) -> str:
    from pricing.choice.page import choice_page  # noqa: PLC0415

    return choice_page(study.model_dump(mode="json"))


STUDIES = {
    "surge": _study(SurgeBody, _surge, workbook=_surge_workbook),
    "surge-offer": _study(SurgeBody, _surge_offer, page=_offer_page),
    "hiring": _study(HiringBody, _hiring, table=_hiring_table, workbook=_hiring_workbook),
    "forecast": _study(ForecastBody, _forecast, table=_forecast_table, page=_forecast_page),
    "futures": _study(FuturesBody, _futures, workbook=_futures_workbook),
    "risk": _study(RiskBody, _risk, page=_risk_page, workbook=_risk_workbook),
    "sites": _study(SitesBody, _sites, page=_site_page),
    "rates": _study(RatesBody, _rates, page=_rate_page),
    "goal-seek": _study(GoalBody, _goal),
    "choice": _study(ChoiceBody, _choice, page=_choice_page),
}
