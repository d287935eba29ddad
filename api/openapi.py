"""What the OpenAPI document says beyond the routes: bodies we read ourselves, real examples."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from api.answer_examples import show_answers
from api.calculator_bodies import CALCULATORS
from api.client_view.belief import BeliefBody
from api.client_view.peak import PeakBody
from api.example_files import QUICK, example
from api.formats import CSV, XLSX
from api.identity import openapi as access
from api.identity.bodies import BODIES
from api.invoice_body import InvoiceBody
from api.lifecycle.bodies import Acceptance, Note, Reasoned
from api.proposal_body import ProposalBody
from api.scenario_sets.bodies import SCENARIO_BODIES
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
from api.webhooks.bodies import WebhookBody
from pricing.engagement import Engagement
from pricing.rate_cards import RateCard
from pricing.scenarios import Variation

if TYPE_CHECKING:
    from fastapi import FastAPI

_TWO_YEARS = (
    *(32_100, 24_800, 22_900, 22_300, 22_700, 24_600, 27_900, 22_400),
    *(22_100, 23_000, 25_300, 29_600, 33_000, 25_100, 23_600, 22_900),
    *(22_500, 25_200, 28_300, 23_100, 22_600, 23_300, 25_700, 30_900),
)
_COMPONENT = "#/components/schemas/"


@cache
def example_engagement() -> dict[str, Any]:
    """A real, complete engagement: what `/docs` fills in and a caller can send as it is."""
    return example(QUICK)


def engagement_request() -> dict[str, Any]:
    """Describe an engagement as request body."""
    return request_body("Engagement", "helpdesk", example_engagement())


def variation_request() -> dict[str, Any]:
    """Describe a variation as request body."""
    return request_body("Variation", "a fifth more volume", {"volume_factor": 1.2})


def study_request(schema: str, name: str, options: dict[str, Any]) -> dict[str, Any]:
    """Describe the body of a study: an engagement and its options."""
    return request_body(schema, name, {"engagement": example_engagement(), **options})


def forecast_request() -> dict[str, Any]:
    """Describe the body of a forecast: the example with two years of history, by month."""
    engagement = copy.deepcopy(example_engagement())
    volume = engagement["services"][0]["volume"]
    history = {"starts_on": "2025-01-01", "step": "month", "values": list(_TWO_YEARS)}
    kept = {name: volume[name] for name in ("profile", "growth_per_year")}
    engagement["services"][0]["volume"] = {"history": history, **kept}
    body = {"engagement": engagement, "method": "best"}
    return request_body("ForecastBody", "two years of months", body)


def invoice_request() -> dict[str, Any]:
    """Describe a month's actuals as request body."""
    return request_body("InvoiceBody", "the second month, as planned", {"month": 2})


def transition_request(schema: str, name: str, example: dict[str, Any]) -> dict[str, Any]:
    """Describe the body of a transition."""
    return request_body(schema, name, example)


def optional_request(schema: str, name: str, example: dict[str, Any]) -> dict[str, Any]:
    """Describe the body of a transition, which may be left out."""
    return request_body(schema, name, example, required=False)


def proposal_request() -> dict[str, Any]:
    """Describe what a proposal says beside its quote, as request body."""
    peak = {"size": 0.6, "notice_h": 48, "days": 28}
    example = {"vendor": "Northgate Services", "issued": "2026-12-01", "peak": peak}
    return request_body("ProposalBody", "with a peak of 60 % in 48 hours", example)


def open_engagement_request() -> dict[str, Any]:
    """Describe an engagement that may leave open what a rate card fills."""
    content = {
        "schema": {"type": "object"},
        "examples": {"helpdesk": {"value": example_engagement()}},
    }
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def draft_request() -> dict[str, Any]:
    """Describe an engagement that is being written."""
    example = {"engagement": {"name": "Claims", "client": "Lakeshore Health Plan"}}
    content = {"schema": {"type": "object"}, "examples": {"begun": {"value": example}}}
    return {"requestBody": {"required": True, "content": {"application/json": content}}}


def rate_card_request() -> dict[str, Any]:
    """Describe a rate card as request body: JSON, one table as CSV, or a workbook."""
    wage = {"country": "PH", "role": "claims_processor", "value": "26000", "currency": "PHP"}
    row = {**wage, "per": "month", "since": "2027-01-01", "source": "survey of pay, 2026"}
    described = request_body("RateCard", "one wage", {"wages": [row]})
    content = described["requestBody"]["content"]
    content[CSV] = {"schema": {"type": "string"}}
    content[XLSX] = {"schema": {"type": "string", "format": "binary"}}
    return described


def request_body(
    schema: str, name: str, example: dict[str, Any], *, required: bool = True
) -> dict[str, Any]:
    """Describe a body that we read ourselves, with an example that can be sent."""
    return {
        "requestBody": {
            "required": required,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"{_COMPONENT}{schema}"},
                    "examples": {name: {"value": example}},
                }
            },
        }
    }


_READ_BY_US = (
    Engagement,
    *(SurgeBody, HiringBody, ForecastBody, FuturesBody, RatesBody),
    *(Variation, InvoiceBody, ProposalBody, RiskBody, SitesBody, ChoiceBody, GoalBody),
    *CALCULATORS,
    *(Note, Reasoned, Acceptance, *BODIES, PeakBody, BeliefBody, RateCard, WebhookBody),
    *SCENARIO_BODIES,
)


def complete(app: FastAPI, *, sign_in: bool) -> None:
    """Add to the application's OpenAPI document: bodies we read ourselves, and how to sign in."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        schemas = document["components"]["schemas"]
        if "Engagement" not in schemas:
            _, together = models_json_schema(
                [(model, "validation") for model in _READ_BY_US],
                ref_template=f"{_COMPONENT}{{model}}",
            )
            ours = {model.__name__ for model in _READ_BY_US}
            for name, definition in together["$defs"].items():
                if name in ours or name not in schemas:
                    schemas[name] = definition
            access.secure(document, required=sign_in)
            _refuse_in_one_form(document)
            show_answers(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents it


def _refuse_in_one_form(document: dict[str, Any]) -> None:
    """Drop plain JSON, which FastAPI documents beside the problem details we answer with."""
    for operation in (op for path in document["paths"].values() for op in path.values()):
        for response in operation["responses"].values():
            if "application/problem+json" in response.get("content", {}):
                response["content"].pop("application/json", None)
