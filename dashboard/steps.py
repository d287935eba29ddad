"""Steps of the form of a new quote: their names, and which one shows a place of the document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from api.client import Issue

START, REVIEW = "start", "review"
STEPS = {
    START: "Start",
    "client": "Client and term",
    "work": "Sites and services",
    "volumes": "Volumes",
    "labour": "Labour rules",
    "commercial": "Commercial terms",
    REVIEW: "Review and price",
}
_BY_FIRST = {
    **dict.fromkeys(("name", "client", "currency", "start", "term_months"), "client"),
    "interval_minutes": "client",
    **dict.fromkeys(("shrinkage", "attrition", "occupancy_cap", "utilisation"), "labour"),
    "contract_hours_per_week": "labour",
    **dict.fromkeys(("commercial", "contract", "in_house", "fx"), "commercial"),
}


def step_of(place: str) -> str:
    """The step that shows a place (JSON pointer) of an engagement."""
    parts = [*place.split("/")[1:], "", "", ""]
    if parts[0] == "services":
        return "volumes" if parts[2] == "volume" else "work"
    if parts[0] == "sites":
        return "labour" if parts[2] in {"labour", "shrinkage", "attrition"} else "work"
    return _BY_FIRST.get(parts[0], REVIEW)


def counted(issues: Iterable[Issue]) -> Counter[str]:
    """How many fields are wrong, by step."""
    return Counter(step_of(issue.pointer) for issue in issues)


def title(step: str, wrong: Counter[str]) -> str:
    """Title of a step, with how many of its fields are wrong."""
    return f"{STEPS[step]} ({wrong[step]})" if wrong[step] else STEPS[step]


def beside(step: str, move: int) -> str | None:
    """The step before (-1) or after (1) one, or None."""
    names = list(STEPS)
    at = names.index(step) + move
    return names[at] if 0 <= at < len(names) else None
