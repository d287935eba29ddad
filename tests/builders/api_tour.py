"""A walk over the whole API: every operation is asked for once, and what it answers is kept.

The engagement is small, planned once, and its plan remembered by the server's pricer; what is asked
is what the OpenAPI document shows as an example, where it shows one.
"""

from typing import Any

from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, ICALENDAR
from api.settings import Settings
from tests.builders.comparisons import IN_HOUSE, PAY_ABROAD
from tests.builders.identity import QUICK, add_user, bearer, token_of
from tests.builders.pricing import DEFERRABLE, SITE, engagement_data
from tests.builders.staged import PATIENCE_S, StagedPricer
from tests.unit.pricing.test_surge_offer import POOL

LOOPBACK = "http://127.0.0.1"
PASSWORD = "a long enough password"
FEW_DRAWS = 1_000
SHOWN = 2  # entries of a list
SHOWN_LINES = 3
JSON = "application/json"
EVENTS = "text/event-stream"
JOB = "#/components/schemas/Job"

_WEEK = {"opening_hours": {"mon-fri": "08:00-16:00"}, "volume": {"units_per_year": 20_000}}
ENGAGEMENT = engagement_data(
    name="Claims 2027",
    client="Acme Health",
    services=[DEFERRABLE | _WEEK],
    sites=[
        SITE
        | {
            "wages": {"claims_processor": PAY_ABROAD},
            "surge": {"sources": [POOL], "shortfall_price": 60},
        }
    ],
    term_months=2,
    in_house=IN_HOUSE | {"staff": [{"service": "claims", "utilisation": 0.75}]},
)
VOLUMES = b"day,claims\n2026-01-05,71\n2026-01-06,80\n2026-01-07,77\n"
PEAK = {"size": 0.6, "notice_h": 48, "days": 28}
ANY_VERSION = {"If-Match": "*"}
NOT_WAITING = {"Prefer": "respond-async"}


def abridged(value: Any) -> Any:
    """A document whose lists end after their first entries."""
    if isinstance(value, dict):
        return {name: abridged(part) for name, part in value.items()}
    if isinstance(value, list):
        return [abridged(part) for part in value[:SHOWN]]
    return value


class Tour:
    """Asks, and keeps what is answered by operation, status and media type."""

    def __init__(self, http: TestClient) -> None:
        self.http = http
        self.document = http.get("/openapi.json").json()
        self.known: dict[str, str] = {}
        self.who: dict[str, str] = {}
        self.answers: dict[str, dict[str, dict[str, Any]]] = {}

    def ask(
        self,
        operation: str,
        body: Any = None,
        *,
        query: str = "",
        keep: bool = True,
        **headers: str,
    ) -> Any:
        """Send a request, keep the answer; without a body the documented example is sent."""
        method, template = operation.split()
        path = template.format(**self.known)
        sent = self.example_body(operation) if body is None else body
        kind = "content" if isinstance(sent, bytes) else "json"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        whole: Any = {kind: sent, "headers": {**self.who, **ANY_VERSION, **named}}
        found = self.http.request(method, path + query, **whole)
        assert found.status_code < 300, (operation, found.status_code, found.text)
        media = found.headers.get("content-type", "").partition(";")[0]
        if found.content and keep:
            kept = self.answers.setdefault(operation, {}).setdefault(str(found.status_code), {})
            kept[media] = abridged(found.json()) if media == JSON else self._lines(found.text)
        return found.json() if media == JSON else found.text

    def body_schema(self, operation: str) -> dict[str, Any]:
        method, path = operation.split()
        asked: dict[str, Any] = self.document["paths"][path][method.lower()].get("requestBody", {})
        return asked

    def example_body(self, operation: str) -> Any:
        """The documented example of a body, with the small engagement and few draws."""
        content = self.body_schema(operation).get("content", {}).get(JSON, {})
        for example in content.get("examples", {}).values():
            body = example["value"]
            if "services" in body and "sites" in body:
                return ENGAGEMENT
            if "engagement" in body and operation != "POST /v1/forecast":  # that has a history
                body |= {"engagement": ENGAGEMENT}
            body |= {"draws": FEW_DRAWS} if "draws" in body else {}
            return body | ({"scenarios": 3} if operation == "POST /v1/futures" else {})
        return None

    def of_jobs(self) -> list[str]:
        """Operations that may answer with a job."""
        return [
            f"{method.upper()} {path}"
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
            if JOB in str(operation["responses"].get("202", {}).get("content"))
        ]

    @staticmethod
    def _lines(text: str) -> str:
        return "".join(line + "\n" for line in text.splitlines()[:SHOWN_LINES])


def tour(database: Any, policy: Any) -> dict[str, dict[str, dict[str, Any]]]:
    """Walk over the API of a new server; returns examples by operation, status, media type."""
    policy.write_text("always: [approver, admin]\nlimits: []\n")
    settings = Settings(
        database=database,
        approval_policy=policy,
        log="off",
        require_sign_in=True,
        requests_per_minute=0,
        address_requests_per_minute=0,
        webhook_interval_s=0,
    )
    with TestClient(create_app(settings), base_url=LOOPBACK) as http:
        walk = Tour(http)
        _identity(walk)
        _pricing(walk)
        _calculators_and_studies(walk)
        _lifecycle(walk)
        _client(walk)
        _scenarios(walk)
        _rate_cards(walk)
        _webhooks(walk)
        _jobs(walk)
        for operation in ("GET /healthz", "GET /readyz", "GET /metrics"):
            walk.ask(operation)
        for method in ("GET", "DELETE"):
            walk.ask(f"{method} /v1/client-data", query=f"?client={ENGAGEMENT['client']}")
        return walk.answers


def _identity(walk: Tour) -> None:
    store = walk.http.app.state.store  # type: ignore[attr-defined]
    add_user(store, "admin", email="ana@vendor.example", password_hash=QUICK.hash(PASSWORD))
    signed = walk.ask("POST /v1/sessions", {"email": "ana@vendor.example", "password": PASSWORD})
    walk.who = bearer(signed["token"])
    walk.ask("GET /v1/me")
    walk.known["user_id"] = walk.ask("POST /v1/users")["id"]
    walk.ask("GET /v1/users")
    walk.ask("GET /v1/users/{user_id}")
    walk.ask("PATCH /v1/users/{user_id}")
    walk.ask("POST /v1/keys")
    walk.ask("GET /v1/keys")


def _pricing(walk: Tour) -> None:
    for operation in ("GET /v1/engagements/example", "GET /v1/engagements/examples"):
        found = walk.ask(operation)
    walk.known["name"] = found["data"][0]["name"]
    walk.ask("GET /v1/engagements/examples/{name}")
    walk.ask("POST /v1/engagements/validate")
    walk.known["draft_id"] = walk.ask("POST /v1/drafts")["id"]
    for operation in ("GET /v1/drafts", "PUT /v1/drafts/{draft_id}", "GET /v1/drafts/{draft_id}"):
        walk.ask(operation)
    walk.ask("POST /v1/volumes", VOLUMES, Content_Type=CSV)
    walk.known["quote_id"] = walk.ask("POST /v1/quotes")["id"]
    walk.known["other_id"] = walk.ask("POST /v1/quotes/{quote_id}/variants")["id"]
    walk.ask("GET /v1/quotes")
    of_a_quote = "GET /v1/quotes/{quote_id}"
    for part in ("", "/actions", "/engagement", "/bills", "/comparison", "/difference/{other_id}"):
        walk.ask(of_a_quote + part)
    walk.ask(f"{of_a_quote}/explain", query="?path=offers.output_based.prices[0].price")
    walk.ask(f"{of_a_quote}/plan")
    walk.ask(f"{of_a_quote}/plan/calendar")
    for kind in (CSV, ICALENDAR):
        walk.ask(f"{of_a_quote}/plan", accept=kind)
    walk.ask("POST /v1/quotes/{quote_id}/invoices")
    walk.ask("POST /v1/quotes/{quote_id}/invoices", accept=CSV)
    made = walk.ask("POST /v1/quotes/{quote_id}/proposals")
    walk.known["proposal_id"] = made["id"]
    walk.ask("GET /v1/quotes/{quote_id}/proposals")
    walk.ask("GET /v1/quotes/{quote_id}/proposals/{proposal_id}")


def _calculators_and_studies(walk: Tour) -> None:
    names = ("requirement", "coverage", "price", "compare", "explain", "invoice")
    studies = (
        "surge",
        "surge/offer",
        "hiring",
        "forecast",
        "futures",
        "risk",
        "sites",
        "rates",
        "choice",
        "goal-seek",
    )
    for name in (*names, *studies):
        walk.ask(f"POST /v1/{name}")
    for name in ("requirement", "coverage", "invoice", "hiring", "forecast"):
        walk.ask(f"POST /v1/{name}", accept=CSV)
    walk.ask("POST /v1/coverage", accept=ICALENDAR)


def _lifecycle(walk: Tour) -> None:
    """Every transition by one quote or another; the last but one stays sent."""
    store = walk.http.app.state.store  # type: ignore[attr-defined]
    admin, sales = walk.who, bearer(token_of(store, add_user(store, "sales")))
    of_a_quote = "POST /v1/quotes/{quote_id}"

    def offered() -> None:
        walk.who = sales
        walk.known["quote_id"] = walk.ask("POST /v1/quotes")["id"]
        walk.ask(f"{of_a_quote}/request-approval")
        walk.who = admin
        walk.ask(f"{of_a_quote}/approve")
        walk.who = sales
        walk.ask(f"{of_a_quote}/send")

    for answer in ("accept", "decline", "request-revision"):
        offered()
        walk.ask(f"{of_a_quote}/{answer}")
    walk.ask(f"{of_a_quote}/revisions")
    walk.known["quote_id"] = walk.ask("POST /v1/quotes")["id"]
    walk.ask(f"{of_a_quote}/request-approval")
    walk.who = admin
    walk.ask(f"{of_a_quote}/reject")
    walk.ask(f"{of_a_quote}/void")
    walk.ask("GET /v1/quotes/{quote_id}/events")
    offered()
    walk.who = admin


def _client(walk: Tour) -> None:
    walk.ask("GET /v1/portfolio")
    walk.ask("GET /v1/client/quotes")
    walk.ask("GET /v1/client/quotes/{quote_id}")
    walk.ask("POST /v1/client/quotes/{quote_id}/surge-offer")
    walk.ask("POST /v1/client/quotes/{quote_id}/comparison")


def _scenarios(walk: Tour) -> None:
    sets, one = "/v1/scenario-sets", "/v1/scenario-sets/{set_id}"
    body = {**walk.example_body(f"POST {sets}"), "base_quote_id": walk.known["quote_id"]}
    made = walk.ask(f"POST {sets}", body)
    walk.known["set_id"] = made["id"]
    faster = {**walk.example_body(f"POST {one}/scenarios"), "name": "Faster"}
    walk.known["scenario_id"] = walk.ask(f"POST {one}/scenarios", faster)["id"]
    for operation in (
        f"GET {sets}",
        f"PATCH {one}",
        f"PUT {one}/sharing",
        f"GET {one}",
        f"PATCH {one}/scenarios/{{scenario_id}}",
        f"GET {one}/scenarios/{{scenario_id}}",
    ):
        walk.ask(operation)
    walk.known["scenario_id"] = made["scenarios"][0]["id"]
    walk.ask(f"POST {one}/scenarios/{{scenario_id}}/effects")
    walk.ask(f"POST {one}/scenarios/{{scenario_id}}/price")
    walk.ask(f"GET {one}/events")
    walk.ask(f"GET {one}/comparison")
    walk.ask(f"GET {one}/bridge", query=f"?end={walk.known['scenario_id']}&of=bill")


def _rate_cards(walk: Tour) -> None:
    walk.known |= {"name": "house", "version": "1"}
    versions = "/v1/rate-cards/{name}/versions"
    walk.ask(f"POST {versions}", query="?dry_run=true")
    walk.ask(f"POST {versions}")
    for operation in (
        "GET /v1/rate-cards",
        f"GET {versions}",
        f"GET {versions}/{{version}}",
        f"GET {versions}/{{version}}/changes",
        f"POST {versions}/{{version}}/engagement",
    ):
        walk.ask(operation)


def _webhooks(walk: Tour) -> None:
    one = "/v1/webhooks/{webhook_id}"
    walk.known["webhook_id"] = walk.ask("POST /v1/webhooks")["id"]
    walk.ask("GET /v1/webhooks")
    walk.ask(f"POST {one}/secret")
    walk.ask(f"POST {one}/test")
    told = walk.ask(f"GET {one}/deliveries")
    walk.known["delivery_id"] = told["data"][0]["id"]
    walk.ask(f"POST {one}/deliveries/{{delivery_id}}/resend")


def _jobs(walk: Tour) -> None:
    """Jobs that wait, since two others hold the workers; and one that is done."""
    app = walk.http.app
    kept = app.state.pricer  # type: ignore[attr-defined]
    walk.known["quote_id"] = walk.ask("POST /v1/quotes")["id"]
    app.state.pricer = StagedPricer(opened=False)  # type: ignore[attr-defined]
    held = [_handed_in(walk, "POST /v1/quotes", keep=False) for _ in range(2)]
    for operation in walk.of_jobs():
        walk.known["job_id"] = _handed_in(walk, operation)
        walk.ask("POST /v1/jobs/{job_id}/cancel", {})
    walk.known["job_id"] = _handed_in(walk, "POST /v1/quotes", keep=False)
    walk.ask("DELETE /v1/jobs/{job_id}")
    for walk.known["job_id"] in held:
        walk.http.delete(f"/v1/jobs/{walk.known['job_id']}", headers=walk.who)
    app.state.pricer.gate.set()  # type: ignore[attr-defined]
    app.state.pricer = kept  # type: ignore[attr-defined]
    for operation, accept in (
        ("POST /v1/quotes", JSON),
        ("POST /v1/requirement", CSV),
        ("POST /v1/coverage", ICALENDAR),
        ("POST /v1/requirement", JSON),
    ):
        walk.known["job_id"] = _handed_in(walk, operation, keep=False, accept=accept)
        walk.ask("GET /v1/jobs/{job_id}", Prefer=f"wait={PATIENCE_S}")
        walk.ask("GET /v1/jobs/{job_id}/result")
    for part in ("request", "events"):
        walk.ask(f"GET /v1/jobs/{{job_id}}/{part}")


def _handed_in(walk: Tour, operation: str, *, keep: bool = True, accept: str = JSON) -> str:
    body = PEAK if operation.endswith("surge-offer") else None
    job: str = walk.ask(operation, body, keep=keep, accept=accept, **NOT_WAITING)["id"]
    return job
