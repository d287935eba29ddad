"""The HTTP application: routes, errors, documentation, and nothing done at import."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import swagger_ui_bundle
from fastapi import Depends, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from api import idempotency, openapi, problems
from api.guard import HostGuard
from api.head import HeadAsGet
from api.identity.gate import admit
from api.identity.throttle import Throttle
from api.jobs.calculating import CALCULATIONS
from api.jobs.engine import Engine
from api.jobs.peaks import PEAKS
from api.jobs.quoting import PRICING
from api.jobs.scenario_pricing import SCENARIO_PRICING
from api.jobs.studying import STUDIES
from api.lifecycle.expiry import expiring
from api.lifecycle.policy_file import load_policy
from api.operating.frame import RequestFrame
from api.operating.logs import make_logger
from api.operating.metrics import Metrics
from api.pricer import Pricer
from api.quote_texts import QuoteTexts
from api.routes import (
    calculators,
    client_data,
    client_quotes,
    comparisons,
    drafts,
    engagements,
    health,
    jobs,
    keys,
    lifecycle,
    margin_studies,
    me,
    metrics,
    portfolio,
    proposals,
    quote_views,
    quotes,
    rate_cards,
    risk_studies,
    scenario_sets,
    scenarios,
    sessions,
    studies,
    users,
    volumes,
    webhooks,
)
from api.store.database import Database
from api.webhooks.delivering import delivering
from pricing.quoting import CALCULATION_VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.responses import HTMLResponse

    from api.settings import Settings

_ASSETS = "/docs/assets"


def create_app(settings: Settings) -> FastAPI:
    """Build the application and bring its database up to date.

    Parameters
    ----------
    settings : Settings
        Where to store, and the limits of a request.
    """
    policy = load_policy(settings.approval_policy)
    store = Database(settings.database, settings.database_pool_size)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.jobs.start()
        sending = delivering(
            store, settings.webhook_interval_s, private=settings.webhook_private_addresses
        )
        with expiring(store, settings.expiry_interval_s), sending:
            yield
        await run_in_threadpool(app.state.jobs.close)
        store.close()

    app = FastAPI(
        title="crewquote",
        lifespan=lifespan,
        summary="Two offers for the same work: input-based and output-based.",
        version=CALCULATION_VERSION,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.store = store
    app.state.quote_texts = QuoteTexts()
    app.state.approval_policy = policy
    app.state.throttle = Throttle(settings)
    app.state.metrics = Metrics()
    log = make_logger(quiet=settings.log == "off")
    app.state.pricer = Pricer(settings.max_parallel_quotes)
    kinds = PRICING | SCENARIO_PRICING | CALCULATIONS | STUDIES | PEAKS
    app.state.jobs = Engine(
        store, lambda: app.state.pricer, kinds, settings, log, app.state.metrics
    )
    modules = (
        quotes,
        lifecycle,
        portfolio,
        quote_views,
        comparisons,
        client_quotes,
        client_data,
        proposals,
        rate_cards,
        scenario_sets,
        scenarios,
        calculators,
        studies,
        risk_studies,
        margin_studies,
        jobs,
        engagements,
        volumes,
        drafts,
        sessions,
        me,
        keys,
        users,
        webhooks,
        health,
        metrics,
    )
    for module in modules:
        app.include_router(module.router, dependencies=[Depends(admit)])
    app.state.documented_routes = [route for module in modules for route in module.router.routes]
    problems.install(app)
    idempotency.install(app)
    openapi.complete(app, sign_in=settings.require_sign_in)
    app.add_middleware(HeadAsGet)
    app.add_middleware(HostGuard, settings=settings)
    app.add_middleware(RequestFrame, log=log, metrics=app.state.metrics)
    _serve_docs(app)
    return app


def _serve_docs(app: FastAPI) -> None:
    """Serve `/docs` from files of our own: nothing is fetched from another host."""
    assets = StaticFiles(directory=swagger_ui_bundle.swagger_ui_path)
    app.mount(_ASSETS, assets, name="docs-assets")

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="crewquote API",
            swagger_js_url=f"{_ASSETS}/swagger-ui-bundle.js",
            swagger_css_url=f"{_ASSETS}/swagger-ui.css",
            swagger_favicon_url=f"{_ASSETS}/favicon-32x32.png",
        )
