"""Calls of the client that hand in work and do not wait, and ask how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

    Json = dict[str, Any]

ACCEPTED = 202
NOT_WAITING = "respond-async"


class Jobs:
    """Work that takes longer than a request.

    Where the answer is there at once, as of a request that was answered before, it stands in the
    place of the job: ``{"id": None, "state": "done", "answer": …}``.
    """

    def begin_quote(self: Calls, engagement: Json) -> Json:
        """Hand in an engagement to be priced; returns the job, whose result is the quote."""
        return _begin(self, "/v1/quotes", engagement)

    def begin_variant(self: Calls, quote_id: str, variation: Json) -> Json:
        """Hand in a variant of a quote; returns the job, whose result is the variant."""
        return _begin(self, f"/v1/quotes/{quote_id}/variants", variation)

    def begin_revision(self: Calls, quote: Json, engagement: Json) -> Json:
        """Hand in the next revision of a quote's number; returns the job."""
        stands = quote.get("lifecycle") or quote["status"]
        path = f"/v1/quotes/{quote['id']}/revisions"
        return _begin(self, path, engagement, etag=stands["etag"])

    def begin_scenario(self: Calls, set_id: str, scenario: Json) -> Json:
        """Hand in a scenario of a set to be priced; returns the job, whose result is its quote."""
        path = f"/v1/scenario-sets/{set_id}/scenarios/{scenario['id']}/price"
        return _begin(self, path, {}, etag=scenario["etag"])

    def begin_scenario_effects(self: Calls, set_id: str, scenario_id: str) -> Json:
        """Hand in a scenario to be taken apart, change by change; returns the job."""
        return _begin(self, f"/v1/scenario-sets/{set_id}/scenarios/{scenario_id}/effects", {})

    def begin_study(self: Calls, study: str, engagement: Json, options: Json | None = None) -> Json:
        """Hand in a study, ``"hiring"``; returns the job, whose result is the study."""
        return _begin(self, f"/v1/{study}", {**(options or {}), "engagement": engagement})

    def get_job(self: Calls, job_id: str) -> Json:
        """Tell how a piece of work stands."""
        return self._call("GET", f"/v1/jobs/{job_id}")

    def job_result(self: Calls, job_id: str) -> Json:
        """Return what a piece of work answers; kept for 24 hours."""
        return self._call("GET", f"/v1/jobs/{job_id}/result")

    def job_request(self: Calls, job_id: str) -> Json:
        """Return what a piece of work was asked to do: its ``path`` and ``body``."""
        return self._call("GET", f"/v1/jobs/{job_id}/request")

    def cancel_job(self: Calls, job_id: str) -> Json:
        """Stop a piece of work; nothing of it is stored."""
        return self._call("POST", f"/v1/jobs/{job_id}/cancel")


def _begin(client: Calls, path: str, body: Json, *, etag: str | None = None) -> Json:
    headers = client._headers("application/json", etag) | {"Prefer": NOT_WAITING}  # noqa: SLF001
    answer = client._request("POST", path, json=body, headers=headers)  # noqa: SLF001
    found: Json = answer.json()
    if answer.status_code == ACCEPTED:
        return found
    return {"id": None, "state": "done", "answer": found}
