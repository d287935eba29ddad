"""Calls of the client for what the house has: quotes together, rate cards and their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

Json = dict[str, Any]


class HousePapers:
    """Quotes as a portfolio, and rate cards."""

    def portfolio(self: Calls) -> Json:
        """Return what open and won quotes come to, and what expires next."""
        return self._call("GET", "/v1/portfolio")

    def list_rate_cards(self: Calls) -> Json:
        """Return all rate cards, each in its newest version."""
        return self._call("GET", "/v1/rate-cards")

    def rate_card_versions(self: Calls, name: str) -> Json:
        """Return the versions of a rate card, newest first."""
        return self._call("GET", f"/v1/rate-cards/{name}/versions")

    def fill_from_rate_card(self: Calls, name: str, version: int, engagement: Json) -> Json:
        """Fill what an engagement leaves open from a card; returns `engagement` and `filled`."""
        path = f"/v1/rate-cards/{name}/versions/{version}/engagement"
        return self._call("POST", path, engagement)

    def rate_card_changes(self: Calls, name: str, version: int) -> list[Json]:
        """Return what a version changed in the one before it, row by row."""
        found: Any = self._call("GET", f"/v1/rate-cards/{name}/versions/{version}/changes")
        changes: list[Json] = found
        return changes
