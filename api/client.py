"""A small typed HTTP client of the API, for the dashboard, the tests and other programs.

Documents are plain JSON data, as the server sends them; this module knows nothing of how they are
made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import httpx2

from api.client_calculating import Calculators
from api.client_drafting import Drafting
from api.client_jobs import Jobs
from api.client_lifecycle import Json, QuoteLifecycle
from api.client_portfolio import HousePapers
from api.client_scenarios import Scenarios
from api.client_signing_in import SigningIn

if TYPE_CHECKING:
    from collections.abc import Callable

PRICING_TIMEOUT_S = 300.0
WAIT_S = 240  # for work, before asking again
ACCEPTED = 202
OPEN_STATES = ("queued", "running")
CSV = "text/csv"
HTML = "text/html"
ICALENDAR = "text/calendar"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Issue:
    """One thing the server found wrong: JSON pointer, what is accepted, what was found."""

    pointer: str
    detail: str
    value: str | None = None


@dataclass
class ApiError(Exception):
    """The server refused, with problem details; or it could not be reached (status 0)."""

    status: int
    title: str
    detail: str
    code: str = ""
    issues: list[Issue] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{self.title}: {self.detail}"]
        lines += [f"{issue.pointer}: {issue.detail}" for issue in self.issues]
        return "\n".join(lines)


class Client(Calculators, Drafting, HousePapers, Jobs, QuoteLifecycle, Scenarios, SigningIn):
    """Calls of the API; the modules `api.client_*` hold further ones.

    Parameters
    ----------
    base_url : str
        Address of the server, e.g. ``http://127.0.0.1:8000``.
    http : httpx2.Client, optional
        A prepared HTTP client, for tests.
    progress : callable, optional
        Called about every second with the job, while work takes longer than that:
        ``job["progress"]["words"]`` says what it does.
    token : str, optional
        Token of a sign-in, or an API key, where the server wants one; see also `sign_in`.

    Calls that hand in work wait until it is done, however long it takes.
    """

    def __init__(
        self,
        base_url: str,
        http: httpx2.Client | None = None,
        progress: Callable[[Json], None] | None = None,
        *,
        token: str | None = None,
    ) -> None:
        self._progress = progress
        self._prefer = f"wait={WAIT_S if progress is None else 1}"
        self._http = http or httpx2.Client(base_url=base_url, timeout=PRICING_TIMEOUT_S)
        self._token = token

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def healthy(self) -> bool:
        """Whether the server and all it needs answer."""
        try:
            return bool(self._call("GET", "/readyz")["status"] == "ready")
        except ApiError:
            return False

    def example_engagement(self) -> Json:
        """Return a complete engagement that can be priced as it is."""
        return self._call("GET", "/v1/engagements/example")

    def validate(self, engagement: Json) -> Json:
        """Check an engagement without pricing it."""
        return self._call("POST", "/v1/engagements/validate", engagement)

    def create_quote(self, engagement: Json) -> Json:
        """Price an engagement and return the stored quote."""
        return self._call("POST", "/v1/quotes", engagement)

    def get_quote(self, quote_id: str) -> Json:
        """Return a stored quote."""
        return self._call("GET", f"/v1/quotes/{quote_id}")

    def get_engagement(self, quote_id: str) -> Json:
        """Return the engagement a quote was priced from."""
        return self._call("GET", f"/v1/quotes/{quote_id}/engagement")

    def list_quotes(
        self, limit: int = 20, starting_after: str | None = None, **wanted: str | None
    ) -> Json:
        """Return a page of stored quotes, newest first.

        Parameters
        ----------
        wanted : str
            `after` (the page's ``next_cursor``), `state`, `client`, `number`; None: any.
        """
        params = {"limit": str(limit)}
        stated = {"starting_after": starting_after, **wanted}
        params.update({name: value for name, value in stated.items() if value is not None})
        return self._call("GET", "/v1/quotes", params=params)

    def create_variant(self, quote_id: str, variation: Json) -> Json:
        """Price a quote's engagement with an assumption moved."""
        return self._call("POST", f"/v1/quotes/{quote_id}/variants", variation)

    def difference(self, quote_id: str, other_id: str) -> Json:
        """Tell what moved from one quote to another."""
        return self._call("GET", f"/v1/quotes/{quote_id}/difference/{other_id}")

    def create_invoices(self, quote_id: str, actuals: Json | None = None) -> Json:
        """Bill a month of a quote, ``{"month": 2, "services": {...}}``, under both offers."""
        return self._call("POST", f"/v1/quotes/{quote_id}/invoices", actuals or {})

    def invoices_file(self, quote_id: str, actuals: Json | None = None, kind: str = XLSX) -> bytes:
        """Return the invoices of a month as a file: `XLSX`, a workbook, or `CSV`, a table."""
        path = f"/v1/quotes/{quote_id}/invoices"
        return self._send("POST", path, actuals or {}, accept=kind).content

    def contract_bills(self, quote_id: str, month: int | None = None) -> Json:
        """Return both bills over volume under the contract, in a month or a typical one."""
        params = {} if month is None else {"month": str(month)}
        return self._call("GET", f"/v1/quotes/{quote_id}/bills", params=params)

    def explain(self, quote_id: str, path: str = "", depth: int = 1) -> Json:
        """Unfold a number of a quote; without a path, or of a part, list what can be unfolded."""
        params = {"path": path, "depth": str(depth)}
        return self._call("GET", f"/v1/quotes/{quote_id}/explain", params=params)

    def comparison(
        self,
        quote_id: str,
        *,
        volume: float = 1.0,
        productivity: float = 1.0,
        budget: str | None = None,
    ) -> Json:
        """Compare both offers of a quote as the client may see them.

        Parameters
        ----------
        volume, productivity : float
            A belief to read both bills at, shares of plan, 0.1 to 3.
        budget : str, optional
            Of the whole term, an amount in the quote's currency.
        """
        params = {"volume": f"{volume:g}", "productivity": f"{productivity:g}"}
        if budget is not None:
            params["budget"] = budget
        return self._call("GET", f"/v1/quotes/{quote_id}/comparison", params=params)

    def comparison_file(self, quote_id: str, kind: str = HTML) -> bytes:
        """Return the comparison as a page (`HTML`) or a workbook (`XLSX`)."""
        path = f"/v1/quotes/{quote_id}/comparison"
        return self._send("GET", path, accept=kind).content

    def plan_calendar(self, quote_id: str) -> Json:
        """Return by week what a quote's plan leaves out: public holidays, pay that changes."""
        return self._call("GET", f"/v1/quotes/{quote_id}/plan/calendar")

    def plan_file(self, quote_id: str, kind: str = XLSX, table: str = "shifts") -> bytes:
        """Return a quote's plan as `XLSX`, `CSV` (of a `table`), `ICALENDAR` or `HTML`."""
        path, params = f"/v1/quotes/{quote_id}/plan", {"table": table}
        return self._send("GET", path, params=params, accept=kind).content

    def create_proposal(self, quote_id: str, options: Json | None = None) -> Json:
        """Make the document for the client, ``{"vendor": …, "peak": {"size": 0.6, …}}``."""
        return self._call("POST", f"/v1/quotes/{quote_id}/proposals", options or {})

    def list_proposals(self, quote_id: str) -> Json:
        """List what was made of a quote for its client, newest first."""
        return self._call("GET", f"/v1/quotes/{quote_id}/proposals")

    def proposal_file(self, quote_id: str, proposal_id: str, kind: str = PDF) -> bytes:
        """Return a proposal as `PDF`, workbook (`XLSX`) or page (`HTML`)."""
        path = f"/v1/quotes/{quote_id}/proposals/{proposal_id}"
        return self._send("GET", path, accept=kind).content

    def study_surge(self, engagement: Json, peak: Json) -> Json:
        """Study a peak, ``{"size": 0.6, "notice_h": 48, ...}``: vendor's view."""
        return self._call("POST", "/v1/surge", {**peak, "engagement": engagement})

    def offer_surge(self, engagement: Json, peak: Json) -> Json:
        """Offer help in a peak: what a client may see."""
        return self._call("POST", "/v1/surge/offer", {**peak, "engagement": engagement})

    def study_hiring(self, engagement: Json, options: Json | None = None) -> Json:
        """Plan who joins, helps out and leaves, week by week."""
        return self._call("POST", "/v1/hiring", {**(options or {}), "engagement": engagement})

    def study_forecast(self, engagement: Json, options: Json | None = None) -> Json:
        """Forecast a service from its history, ``{"service": "claims", "method": "best"}``."""
        return self._call("POST", "/v1/forecast", {**(options or {}), "engagement": engagement})

    def study_futures(self, engagement: Json, options: Json | None = None) -> Json:
        """Plan whom to hire before demand is known."""
        return self._call("POST", "/v1/futures", {**(options or {}), "engagement": engagement})

    def study_risk(self, engagement: Json, options: Json | None = None) -> Json:
        """Draw what may come for both offers, ``{"draws": 20000, ...}``: vendor's view."""
        return self._call("POST", "/v1/risk", {**(options or {}), "engagement": engagement})

    def study_choice(self, engagement: Json, options: Json | None = None) -> Json:
        """Price both offers for a client that chooses the cheaper: vendor's view."""
        return self._call("POST", "/v1/choice", {**(options or {}), "engagement": engagement})

    def study_sites(self, engagement: Json, options: Json | None = None) -> Json:
        """Choose where to deliver, ``{"max_sites": 2, ...}``: vendor's view."""
        return self._call("POST", "/v1/sites", {**(options or {}), "engagement": engagement})

    def study_rates(self, engagement: Json, options: Json | None = None) -> Json:
        """Propose charges for more and less work, ``{"steps": [0.1], ...}``: vendor's view."""
        return self._call("POST", "/v1/rates", {**(options or {}), "engagement": engagement})

    def study_file(
        self, study: str, engagement: Json, options: Json | None = None, kind: str = XLSX
    ) -> bytes:
        """Return a study as a file.

        Parameters
        ----------
        study : {"surge", "surge/offer", "hiring", "forecast", "futures", "risk", "sites", "choice",
            "rates", "requirement", "coverage", "compare", "invoice"}
            Which study or calculator.
        engagement, options : mapping
            As for the study itself.
        kind : str
            `XLSX`, a workbook; of hiring also `CSV`, a table; of the offer, of risk, of sites, of
            the choice and of rates `HTML`, a page. Of the forecast `CSV` and `HTML`, of the
            requirement `CSV` alone, of coverage all of them and `ICALENDAR`, of the comparison
            `HTML` too, of invoices `CSV` too.
        """
        body = {**(options or {}), "engagement": engagement}
        return self._send("POST", f"/v1/{study}", body, accept=kind).content

    def _call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        params: dict[str, str] | None = None,
        *,
        etag: str | None = None,
    ) -> Json:
        return _data(self._send(method, path, body, params, etag=etag))

    def _send(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        params: dict[str, str] | None = None,
        accept: str = "application/json",
        etag: str | None = None,
    ) -> httpx2.Response:
        headers = self._headers(accept, etag)
        answer = self._request(method, path, json=body, params=params, headers=headers)
        if answer.status_code != ACCEPTED:
            return answer
        job, address = _data(answer), answer.headers["Location"]
        while job["state"] in OPEN_STATES:
            if self._progress is not None:
                self._progress(job)
            job = _data(self._request("GET", address, headers=headers))
        return self._request("GET", f"{address}/result", headers=headers)

    def _headers(self, accept: str, etag: str | None = None) -> dict[str, str]:
        headers = {"Accept": accept} | ({} if etag is None else {"If-Match": etag})
        return headers | ({} if self._token is None else {"Authorization": f"Bearer {self._token}"})

    def _request(self, method: str, path: str, **sent: Any) -> httpx2.Response:  # noqa: ANN401
        headers = {"Prefer": self._prefer, **sent.pop("headers", {})}
        try:
            answer = self._http.request(method, path, headers=headers, **sent)
        except httpx2.HTTPError as error:
            raise ApiError(0, "The server cannot be reached", str(error)) from error
        if answer.is_error:
            raise _refusal(answer.status_code, _data(answer))
        return answer


def _data(answer: httpx2.Response) -> Json:
    try:
        data: Json = answer.json()
    except ValueError:
        raise ApiError(answer.status_code, "Unreadable answer", answer.text[:200]) from None
    return data


def _refusal(status: int, problem: Json) -> ApiError:
    issues = [
        Issue(item.get("pointer", ""), item.get("detail", ""), item.get("value"))
        for item in problem.get("errors", [])
    ]
    return ApiError(
        status, problem.get("title", ""), problem.get("detail", ""), problem.get("code", ""), issues
    )
