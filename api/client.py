"""A small typed HTTP client of the API, for the dashboard, the tests and other programs.

Documents are plain JSON data, as the server sends them; this module knows nothing of how they are
made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self

import httpx2

Json = dict[str, Any]
PRICING_TIMEOUT_S = 300.0


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


class Client:
    """Calls of the API.

    Parameters
    ----------
    base_url : str
        Address of the server, e.g. ``http://127.0.0.1:8000``.
    http : httpx2.Client, optional
        A prepared HTTP client, for tests.
    """

    def __init__(self, base_url: str, http: httpx2.Client | None = None) -> None:
        self._http = http or httpx2.Client(base_url=base_url, timeout=PRICING_TIMEOUT_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def healthy(self) -> bool:
        """Whether the server and its database answer."""
        try:
            return self._call("GET", "/healthz")["database"] is True
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

    def list_quotes(self, limit: int = 20, starting_after: str | None = None) -> Json:
        """Return a page of stored quotes, newest first."""
        params = {"limit": str(limit)}
        if starting_after is not None:
            params["starting_after"] = starting_after
        return self._call("GET", "/v1/quotes", params=params)

    def create_variant(self, quote_id: str, variation: Json) -> Json:
        """Price a quote's engagement with an assumption moved."""
        return self._call("POST", f"/v1/quotes/{quote_id}/variants", variation)

    def difference(self, quote_id: str, other_id: str) -> Json:
        """Tell what moved from one quote to another."""
        return self._call("GET", f"/v1/quotes/{quote_id}/difference/{other_id}")

    def _call(
        self, method: str, path: str, body: Json | None = None, params: dict[str, str] | None = None
    ) -> Json:
        try:
            answer = self._http.request(method, path, json=body, params=params)
        except httpx2.HTTPError as error:
            raise ApiError(0, "The server cannot be reached", str(error)) from error
        try:
            data: Json = answer.json()
        except ValueError:
            raise ApiError(answer.status_code, "Unreadable answer", answer.text[:200]) from None
        if answer.is_error:
            raise _refusal(answer.status_code, data)
        return data


def _refusal(status: int, problem: Json) -> ApiError:
    issues = [
        Issue(item.get("pointer", ""), item.get("detail", ""), item.get("value"))
        for item in problem.get("errors", [])
    ]
    return ApiError(
        status, problem.get("title", ""), problem.get("detail", ""), problem.get("code", ""), issues
    )
