"""Calls of the client for sets of scenarios; each change names the version of what is in hand.

A set or a scenario is the document as it was read; whoever changed it since then makes the server
refuse (412).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from api.client_calls import Calls

Json = dict[str, Any]
SETS = "/v1/scenario-sets"


class Scenarios:
    """Sets of scenarios: making, changing, pricing, comparing, sharing."""

    def create_scenario_set(
        self: Calls,
        name: str,
        base_quote_id: str,
        scenarios: list[Json] | None = None,
        description: str = "",
    ) -> Json:
        """Make a set; a scenario is ``{"name": …, "overrides": [{"op", "path", "value"}]}``."""
        body = {"name": name, "description": description, "base_quote_id": base_quote_id}
        return self._call("POST", SETS, body | {"scenarios": scenarios or []})

    def list_scenario_sets(self: Calls, limit: int = 20, after: str | None = None) -> Json:
        """Return a page of the sets that are the caller's or shared with it, newest first."""
        params = {"limit": str(limit)} | ({} if after is None else {"after": after})
        return self._call("GET", SETS, params=params)

    def get_scenario_set(self: Calls, set_id: str) -> Json:
        """Return a set with its scenarios and how each stands."""
        return self._call("GET", f"{SETS}/{set_id}")

    def scenario_set_events(
        self: Calls, set_id: str, limit: int = 50, after: str | None = None
    ) -> Json:
        """Return a page of what happened to a set and its scenarios, oldest first."""
        params = {"limit": str(limit)} | ({} if after is None else {"after": after})
        return self._call("GET", f"{SETS}/{set_id}/events", params=params)

    def change_scenario_set(self: Calls, found: Json, **changes: Any) -> Json:  # noqa: ANN401 (JSON)
        """Change `name`, `description` or `base_quote_id` of a set."""
        return self._call("PATCH", f"{SETS}/{found['id']}", changes, etag=found["etag"])

    def delete_scenario_set(self: Calls, found: Json) -> None:
        """Delete a set."""
        self._send("DELETE", f"{SETS}/{found['id']}", etag=found["etag"])

    def share_scenario_set(self: Calls, found: Json, staff: str, users: list[Json]) -> Json:
        """Share a set with all staff (none, read, write) and ``[{"email", "access"}]``."""
        body = {"staff": staff, "users": users}
        return self._call("PUT", f"{SETS}/{found['id']}/sharing", body, etag=found["etag"])

    def add_scenario(self: Calls, found: Json, name: str, **stated: Any) -> Json:  # noqa: ANN401 (JSON)
        """Add a scenario with `overrides` and `description`, or as `copy_of` another."""
        body = {"name": name, **stated}
        return self._call("POST", f"{SETS}/{found['id']}/scenarios", body, etag=found["etag"])

    def change_scenario(self: Calls, set_id: str, scenario: Json, **changes: Any) -> Json:  # noqa: ANN401
        """Change `name`, `description` or `overrides` of a scenario."""
        return self._call("PATCH", _at(set_id, scenario), changes, etag=scenario["etag"])

    def delete_scenario(self: Calls, set_id: str, scenario: Json) -> None:
        """Delete a scenario."""
        self._send("DELETE", _at(set_id, scenario), etag=scenario["etag"])

    def price_scenario(self: Calls, set_id: str, scenario: Json) -> Json:
        """Price a scenario as it is in hand; returns the stored quote."""
        return self._call("POST", f"{_at(set_id, scenario)}/price", etag=scenario["etag"])

    def compare_scenarios(self: Calls, set_id: str) -> Json:
        """Return what the scenarios of a set change, and what that did."""
        return self._call("GET", f"{SETS}/{set_id}/comparison")

    def bridge_scenarios(
        self: Calls,
        set_id: str,
        start: str,
        end: str,
        of: str = "margin",
        method: str = "output_based",
    ) -> Json:
        """Explain the way from one version to another, component by component.

        Parameters
        ----------
        start, end : str
            ``base``, or the id of a scenario.
        of : {"price", "bill", "profit", "margin"}
            What to explain.
        method : {"input_based", "output_based"}
            Of which offer.
        """
        params = {"start": start, "end": end, "of": of, "method": method}
        return self._call("GET", f"{SETS}/{set_id}/bridge", params=params)


def _at(set_id: str, scenario: Json) -> str:
    return f"{SETS}/{set_id}/scenarios/{scenario['id']}"
