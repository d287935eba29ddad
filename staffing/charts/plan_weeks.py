"""People of a whole plan, week by week: of teams, of sites, of all together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from staffing.charts.parts import name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, Any]]

_TOLERANCE = 1e-4  # full-time equivalents, as in staffing.check
_PLACES = 6


@dataclass(frozen=True)
class PlanTerms:
    """What the engagement says and the plan rests on.

    Parameters
    ----------
    start : date
        First day of the term.
    absent_by_team : mapping
        Share of paid time away from the site (leave, holidays, sickness), 0 to 1, by
        ``service @ site``.
    surge_worth_by_site : mapping
        Work of a surge person in that of an ordinary one, above 0 to 1.
    """

    start: date
    absent_by_team: Mapping[str, float]
    surge_worth_by_site: Mapping[str, float]


def plan_weeks(plan: Json, terms: PlanTerms, site: str | None = None) -> Rows:
    """Who is there, who comes and who goes, one row per week.

    Parameters
    ----------
    plan : mapping
        StaffingPlan as JSON.
    terms : PlanTerms
        Beside it.
    site : str, optional
        Name of one site; None for the sum of all.

    Returns
    -------
    list of dict
        ``day`` (first of the week), ``next`` (that of the next) and, in full-time equivalents:
        ``needed``; ``present`` and ``absent``, the productive people; ``overtime``; ``surge``, in
        heads; ``learning``, paid and not productive (in training, or what the ramp leaves undone);
        ``covered``, productive people, overtime and the work of surge people; ``difference``,
        covered less needed, zero where the checker would see none; ``hires``, who stay past
        training, in the week they start, and ``leavers``.
    """
    return summed(team_weeks(team, terms) for team in plan["teams"] if site in {None, team["site"]})


def team_weeks(team_plan: Json, terms: PlanTerms) -> Rows:
    """Who is there, who comes and who goes in one team; see `plan_weeks`."""
    weeks = team_plan["workforce"]
    absent_share = terms.absent_by_team[name(team_plan)]
    worth = terms.surge_worth_by_site[team_plan["site"]]
    leavers = _leavers(weeks)
    rows = []
    for week, productive in enumerate(weeks["productive"]):
        overtime, surge = weeks["overtime"][week], weeks["surge"][week]
        row = {
            "needed": weeks["needed"][week],
            "present": productive * (1 - absent_share),
            "absent": productive * absent_share,
            "overtime": overtime,
            "surge": surge,
            "learning": weeks["payroll"][week] - productive,
            "covered": productive + overtime + worth * surge,
            "hires": weeks["hires"][week],
            "leavers": leavers[week],
        }
        rows.append(_dates(terms.start, week) | _with_difference(row))
    return rows


def summed(parts: Iterable[Rows]) -> Rows:
    """Add rows of the same weeks up."""
    return [_added(rows) for rows in zip(*parts, strict=True)]


def _added(rows: Sequence[Json]) -> dict[str, Any]:
    dates = {"day", "next", "difference"}
    sums = {key: sum(row[key] for row in rows) for key in rows[0] if key not in dates}
    return {"day": rows[0]["day"], "next": rows[0]["next"]} | _with_difference(sums)


def _with_difference(row: dict[str, float]) -> dict[str, float]:
    """Round the last digits of sums off, and say what is over or short."""
    tidy = {key: round(value, _PLACES) + 0.0 for key, value in row.items()}
    difference = round(tidy["covered"] - tidy["needed"], _PLACES)
    return tidy | {"difference": difference if abs(difference) > _TOLERANCE else 0.0}


def _leavers(weeks: Json) -> list[float]:
    """People of the week before and this week's hires who are no longer on payroll."""
    payroll = weeks["payroll"]
    gone = [
        before + hires - after
        for (before, after), hires in zip(pairwise(payroll), weeks["hires"][1:], strict=True)
    ]
    return [0.0, *(max(0.0, round(one, _PLACES)) for one in gone)]


def _dates(start: date, week: int) -> dict[str, str]:
    day = start + timedelta(weeks=week)
    return {"day": day.isoformat(), "next": (day + timedelta(weeks=1)).isoformat()}
