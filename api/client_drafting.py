"""Calls of the client for writing an engagement: examples, drafts, volumes off a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

    Json = dict[str, Any]


class Drafting:
    """Examples to start from, and tables of volumes."""

    def list_examples(self: Calls) -> Json:
        """List complete engagements to start from, by name."""
        return self._call("GET", "/v1/engagements/examples")

    def get_example(self: Calls, name: str) -> Json:
        """Return one of `list_examples`; it can be priced as it is."""
        return self._call("GET", f"/v1/engagements/examples/{name}")

    def list_drafts(self: Calls) -> Json:
        """List the caller's drafts, the last changed first."""
        return self._call("GET", "/v1/drafts")

    def get_draft(self: Calls, draft_id: str) -> Json:
        """Return a draft: ``engagement``, ``revises`` and its ``etag``."""
        return self._call("GET", f"/v1/drafts/{draft_id}")

    def create_draft(self: Calls, engagement: Json, revises: str | None) -> Json:
        """Keep what is written, checked or not."""
        body = {"engagement": engagement, "revises": revises}
        return self._call("POST", "/v1/drafts", body)

    def write_draft(
        self: Calls, draft_id: str, engagement: Json, revises: str | None, etag: str
    ) -> Json:
        """Put what is written now in the place of what was."""
        body = {"engagement": engagement, "revises": revises}
        return self._call("PUT", f"/v1/drafts/{draft_id}", body, etag=etag)

    def delete_draft(self: Calls, draft_id: str) -> None:
        """Throw a draft away."""
        self._request("DELETE", f"/v1/drafts/{draft_id}", headers=self._headers("*/*"))

    def read_volumes(self: Calls, content: bytes, kind: str, **wanted: str | None) -> Json:
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
