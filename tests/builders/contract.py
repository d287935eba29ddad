"""schemathesis against an application in this process: what is sent, and what came of it.

Thinking of requests takes longer than answering them: those of one run can be sent again, to
another application or by another caller, and are checked as they were.
"""

import copy
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from fastapi import FastAPI
from schemathesis.config import HealthCheck, SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.engine import events, from_schema
from schemathesis.generation.meta import TestPhase
from schemathesis.python import asgi

from tests.builders.pricing import DEFERRABLE, engagement_data

# Left out: positive_data_acceptance. Shares that must sum to 1, or sites that must exist, are
# rules across fields which a schema cannot state, so schema-valid documents may be refused.
EXCLUDED = "positive_data_acceptance"

KEY = "Idempotency-Key"
HOST = {"Host": "127.0.0.1"}
REQUEST_TIMEOUT_S = 60
DOCUMENTED_QUOTE = "4a7f9c1e-2d3b-4f60-8a15-6c0e9b7d2f11"

# Their bodies hold an engagement; a test asks that none is left out.
_PEAKS = ("surge", "surge/offer")
_NAMES = (*_PEAKS, "hiring", "forecast", "futures", "risk", "choice", "goal-seek", "sites", "rates")
_CALCULATORS = ("requirement", "coverage", "price", "compare", "explain", "invoice")
STUDIES = tuple(f"/v1/{name}" for name in (*_NAMES, *_CALCULATORS))
PRICING = ("/v1/quotes", "/v1/quotes/{quote_id}/revisions")
VALIDATING = "/v1/engagements/validate"
WITH_ENGAGEMENT = (*STUDIES, *PRICING, VALIDATING)

# Studies are asked for on a smaller engagement than the documented one. Peaks need that one, for a
# peak of this one cannot be met, and a forecast needs its history.
_AS_DOCUMENTED = tuple(f"/v1/{name}" for name in (*_PEAKS, "forecast"))
_WEEK = {"opening_hours": {"mon-fri": "08:00-16:00"}, "volume": {"units_per_year": 20_000}}
_QUICK = engagement_data(services=[DEFERRABLE | _WEEK], term_months=1)
_FEW_DRAWS = 1_000
_numbers = itertools.count()
_DRAWN = ("/v1/choice", "/v1/goal-seek", "/v1/risk")


@dataclass
class Outcome:
    """What a run has found, with which statuses each operation answered, and what was sent."""

    found: list[str] = field(default_factory=list)
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    sent: list[schemathesis.Case[Any]] = field(default_factory=list)


def contract(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application, with studies of a small engagement as examples."""
    document: dict[str, Any] = copy.deepcopy(app.openapi())
    for path in STUDIES:
        if path in _AS_DOCUMENTED:
            continue
        for example in _body(document, path)["examples"].values():
            example["value"]["engagement"] = _QUICK
            if path in _DRAWN:
                example["value"]["draws"] = _FEW_DRAWS
    for content in _bodies(document):
        if "text/csv" in content:  # whatever is sent is text: no other type could be
            content["text/csv"]["schema"] = {}
    return document


def _bodies(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        for operation in methods.values():
            yield operation.get("requestBody", {}).get("content", {})


def with_documented_engagements(document: dict[str, Any], priced: dict[str, Any]) -> dict[str, Any]:
    """The same, where of all engagements only the examples are right; `priced` is to be priced.

    What is sent beside them is something else altogether, made in a hundredth of the time that it
    takes to invent an engagement.
    """
    document = copy.deepcopy(document)
    for path in PRICING:
        for example in _body(document, path)["examples"].values():
            example["value"] = priced
    for path in WITH_ENGAGEMENT:
        body = _body(document, path)
        body["schema"] = {"enum": [example["value"] for example in body["examples"].values()]}
    return document


def beside_engagements(document: dict[str, Any]) -> dict[str, Any]:
    """The same, where studies are of their example's engagement alone: all else is made up."""
    document = copy.deepcopy(document)
    for path in STUDIES:
        body = _body(document, path)
        (example, *_) = body["examples"].values()
        reference = body["schema"]["$ref"].rsplit("/", 1)[1]
        properties = document["components"]["schemas"][reference]["properties"]
        if "engagement" in properties:
            properties["engagement"] = {"enum": [example["value"]["engagement"]]}
    return document


def holding_engagements(document: dict[str, Any]) -> set[str]:
    """Addresses with a body that holds an engagement somewhere."""
    schemas = document["components"]["schemas"]

    def names(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if "$ref" in part:
                yield part["$ref"].rsplit("/", 1)[1]
            part = list(part.values())
        if isinstance(part, list):
            yield from (name for item in part for name in names(item))

    found = set()
    for path, methods in document["paths"].items():
        known: set[str] = set()
        new = {one for method in methods.values() for one in names(method.get("requestBody"))}
        while new:
            known |= new
            new = {one for name in new for one in names(schemas[name])} - known
        found |= {path} if "Engagement" in known else set()
    return found


def _body(document: dict[str, Any], path: str) -> dict[str, Any]:
    content: dict[str, Any] = document["paths"][path]["post"]["requestBody"]["content"]
    body: dict[str, Any] = content["application/json"]
    return body


def run(
    app: FastAPI,
    document: dict[str, Any],
    phases: tuple[str, ...],
    *,
    examples: int,
    headers: dict[str, str] | None = None,
    after: Callable[[str, int], None] | None = None,
    only: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> Outcome:
    """Send what schemathesis thinks of, and have it check every answer by all its checks but one.

    Parameters
    ----------
    phases : tuple of str
        Of schemathesis: documented examples, every case of the schema (coverage), random ones
        (fuzzing), chains of requests (stateful).
    examples : int
        Random ones of each operation.
    headers : dict, optional
        Sent with every request; a request without its credential is tried as well.
    after : callable, optional
        Told of every answer, as an operation and a status.
    only, without : tuple of str
        POST to these addresses alone, or to none of these.
    """
    config = SchemathesisConfig(suppress_health_check=[HealthCheck.too_slow], seed=1)
    schema: schemathesis.BaseSchema = schemathesis.openapi.from_dict(document, config=config)
    schema.app, schema.location = app, "/openapi.json"
    schema.config.update(headers=HOST | (headers or {}), request_timeout=REQUEST_TIMEOUT_S)
    schema.config.phases.update(phases=list(phases))
    schema.config.generation.max_examples = examples
    schema.config.generation.deterministic = True
    schema.config.checks.update(excluded_check_names=[EXCLUDED])
    if only:
        schema = schema.include(method="POST", path=list(only))
    if without:
        schema = schema.exclude(method="POST", path=list(without))
    if after is not None:
        schema.hook("after_call")(
            lambda _, case, response: after(case.operation.label, response.status_code)
        )
    outcome = Outcome()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            _note(outcome, event)
        elif isinstance(event, events.NonFatalError | events.FatalError):
            outcome.found.append(str(event))
    schema.hooks.unregister_all()  # of this caller: another may send the same again
    return outcome


def again(
    app: FastAPI,
    sent: list[schemathesis.Case[Any]],
    headers: dict[str, str],
    after: Callable[[str, int], None],
) -> Outcome:
    """Send once more what a run has sent, with other headers, and check the answers as it did.

    Parameters
    ----------
    app : FastAPI
        Whose document is that of the application which was asked first.
    sent : list of Case
        By a run, without the requests that its checks made.
    headers, after
        As of `run`.
    """
    outcome = Outcome()
    kwargs: dict[str, Any] = {"headers": HOST | headers, "timeout": REQUEST_TIMEOUT_S}
    for first in sent:
        case = first.derive()
        case.operation.app = app  # checks make requests of their own, to the same application
        label = case.operation.label
        response = case.call(**kwargs)
        outcome.statuses[label][response.status_code] += 1
        after(label, response.status_code)
        try:
            case.validate_response(response, headers=kwargs["headers"], transport_kwargs=kwargs)
        except FailureGroup as failures:
            asked = f"{response.request.method} {response.request.url}"
            outcome.found += [f"{asked}: {failure}" for failure in failures.exceptions]
    return outcome


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """Give each request of a chain a new Idempotency-Key, where it has a right one.

    A chain makes something and asks for it: with the key of an earlier chain it would be told of
    what that one made, and may have removed.
    """
    of_chain = case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL
    if of_chain and re.fullmatch(r"[\x21-\x7e]{1,255}", str(case.headers.get(KEY, ""))):
        case.headers[KEY] = f"chain-{next(_numbers)}"


def _note(outcome: Outcome, event: events.ScenarioFinished) -> None:
    for case_id, interaction in event.recorder.interactions.items():
        node = event.recorder.cases[case_id]
        case = node.value
        if node.parent_id is None:
            outcome.sent.append(case)
        if interaction.response is not None:
            outcome.statuses[case.operation.label][interaction.response.status_code] += 1
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                asked = event.recorder.interactions[case_id].request
                outcome.found.append(f"{asked.method} {asked.uri}: {check.failure_info.failure}")


def end() -> None:
    """Shut down the applications that were asked."""
    asgi.shutdown_lifespans()
