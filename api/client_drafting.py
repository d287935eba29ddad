"""Calls of the client for writing an engagement: examples, drafts, volumes off a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import httpx2

    Json = dict[str, Any]


class _Caller(Protocol):
    """What writing an engagement needs of the client."""

    def _call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        params: dict[str, str] | None = None,
        *,
        etag: str | None = None,
    ) -> Json: ...

    def _headers(self, accept: str, etag: str | None = None) -> dict[str, str]: ...

    def _request(self, method: str, path: str, **sent: Any) -> httpx2.Response: ...  # noqa: ANN401


class Drafting:
    """Examples to start from, and tables of volumes."""

    def list_examples(self: _Caller) -> Json:
        """List complete engagements to start from, by name."""
        return self._call("GET", "/v1/engagements/examples")

    def get_example(self: _Caller, name: str) -> Json:
        """Return one of `list_examples`; it can be priced as it is."""
        return self._call("GET", f"/v1/engagements/examples/{name}")

    def list_drafts(self: _Caller) -> Json:
        """List the caller's drafts, the last changed first."""
        return self._call("GET", "/v1/drafts")

    def get_draft(self: _Caller, draft_id: str) -> Json:
        """Return a draft: ``engagement``, ``revises`` and its ``etag``."""
        return self._call("GET", f"/v1/drafts/{draft_id}")

    def create_draft(self: _Caller, engagement: Json, revises: str | None) -> Json:
        """Keep what is written, checked or not."""
        body = {"engagement": engagement, "revises": revises}
        return self._call("POST", "/v1/drafts", body)

    def write_draft(
        self: _Caller, draft_id: str, engagement: Json, revises: str | None, etag: str
    ) -> Json:
        """Put what is written now in the place of what was."""
        body = {"engagement": engagement, "revises": revises}
        return self._call("PUT", f"/v1/drafts/{draft_id}", body, etag=etag)

    def delete_draft(self: _Caller, draft_id: str) -> None:
        """Throw a draft away."""
        self._request("DELETE", f"/v1/drafts/{draft_id}", headers=self._headers("*/*"))

    def read_volumes(self: _Caller, content: bytes, kind: str, **wanted: str | None) -> Json:
        """Read a table of volumes.

        Parameters
        ----------
        content, kind : bytes, str
            The file, and its media type: ``CSV`` or ``XLSX`` of `api.client`.
        wanted : str, optional
            ``sheet``, ``column``, ``date_column``, ``step``; with a column it is a history.
        """
        params = {name: value for name, value in wanted.items() if value is not None}
        headers = self._headers("application/json") | {"Content-Type": kind}
        answer = self._request(
            "POST", "/v1/volumes", content=content, params=params, headers=headers
        )
        found: Json = answer.json()
        return found
