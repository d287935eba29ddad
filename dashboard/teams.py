"""The teams of an engagement: a service at a site that delivers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]
    Team = tuple[str | None, str | None]


def teams_of(engagement: Json) -> list[Team]:
    """Service and site of every team.

    The document is one that nobody has checked; where it names no team, one of None and None
    leaves the choice, and the refusal, to the API.
    """
    found: list[Team] = [
        (service.get("name"), part.get("site"))
        for service in _mappings(engagement.get("services"))
        for part in _mappings(service.get("delivery"))
    ]
    return found or [(None, None)]


def sites_of(engagement: Json) -> list[str]:
    """Names of the sites of an engagement that nobody has checked."""
    return _names(engagement.get("sites"))


def services_of(engagement: Json) -> list[str]:
    """Names of the services of an engagement that nobody has checked."""
    return _names(engagement.get("services"))


def team_name(team: Team) -> str:
    """``service @ site``."""
    return " @ ".join(str(part) for part in team if part is not None) or "the only one"


def _names(listed: object) -> list[str]:
    names = (item.get("name") for item in _mappings(listed))
    return list(dict.fromkeys(name for name in names if isinstance(name, str)))


def _mappings(listed: object) -> list[Json]:
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
