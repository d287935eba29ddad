"""Calls of the client for what the house has: quotes together, rate cards and their history."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class HousePapers:
    """Quotes as a portfolio, and rate cards."""

    def portfolio(self) -> Json:
        """Return what open and won quotes come to, and what expires next."""
        return self._call("GET", "/v1/portfolio")

    def list_rate_cards(self) -> Json:
        """Return all rate cards, each in its newest version."""
        return self._call("GET", "/v1/rate-cards")

    def rate_card_versions(self, name: str) -> Json:
        """Return the versions of a rate card, newest first."""
        return self._call("GET", f"/v1/rate-cards/{name}/versions")

    def rate_card_changes(self, name: str, version: int) -> list[Json]:
        """Return what a version changed in the one before it, row by row."""
        found: Any = self._call("GET", f"/v1/rate-cards/{name}/versions/{version}/changes")
        changes: list[Json] = found
        return changes

    def _call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        params: dict[str, str] | None = None,
        *,
        etag: str | None = None,
    ) -> Json:
        raise NotImplementedError
