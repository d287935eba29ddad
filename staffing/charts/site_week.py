"""The standard week of a site with all its teams, by its own clock or another."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

from staffing.charts.parts import WEEK_H

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]

_SERIES = ("required_heads", "on_duty", "at_work")
_WEEK_MIN = WEEK_H * 60


def sites_of_plan(plan: Json) -> list[str]:
    """Sites at which somebody works, in order."""
    return list(dict.fromkeys(team["site"] for team in plan["teams"]))


def site_week(plan: Json, site: str, ahead_min: int = 0) -> dict[str, Any]:
    """Add the rosters of a site's teams up, as one team that the charts of the week can draw.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    site : str
        Name of a site at which somebody works.
    ahead_min : int
        Minutes the site's clock is ahead of the clock to tell the week by; 0 for its own. Where
        they are no whole number of intervals, intervals are cut.

    Returns
    -------
    dict
        ``service``, ``site`` and the ``roster``'s heads by interval. What is short in one team is
        not made good by another here or there: only the sums of the teams are told.
    """
    teams = [team for team in plan["teams"] if team["site"] == site]
    rosters = [team["roster"] for team in teams]
    return {
        "service": teams[0]["service"] if len(teams) == 1 else "all teams",
        "site": site,
        "roster": {
            key: _by_another_clock(_sums([roster[key] for roster in rosters]), ahead_min)
            for key in _SERIES
        },
    }


def _sums(parts: Sequence[Sequence[float]]) -> list[float]:
    return [round(sum(values), 6) for values in zip(*parts, strict=True)]


def _by_another_clock(week: list[float], ahead_min: int) -> list[float]:
    """Turn the week: what its own clock calls ``t + ahead`` the other calls ``t``."""
    interval_min = _WEEK_MIN // len(week)
    step_min = gcd(interval_min, ahead_min)
    fine = [value for value in week for _ in range(interval_min // step_min)]
    steps = ahead_min // step_min % len(fine)
    return fine[steps:] + fine[:steps]
