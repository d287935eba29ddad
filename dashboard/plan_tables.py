"""Rows of the tables of the page Plan, and what it says of them in sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dashboard.wording import MISSING, number, percent, volume
from staffing.charts import site_hours, week_totals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.whole_plan import WholePlan

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

_MINUTES = 60
BUSIEST = "Seats in the busiest week, at most"
OTHER_CLOCKS = "Weeks, other clocks"


def headline(whole: WholePlan) -> dict[str, str]:
    """Figures that size the plan: the peak and when, who is there, who is hired."""
    weeks, peak = whole.weeks, _peak(whole)
    first = sum(team["workforce"]["payroll"][0] for team in whole.plan["teams"])
    return {
        "Needed at the peak, FTE": one_place(peak["needed"]),
        "In the week of": peak["day"],
        "Needed in the mean, FTE": one_place(sum(row["needed"] for row in weeks) / len(weeks)),
        "On payroll in the first week, FTE": one_place(first),
        "Hires who stay, over the term": one_place(sum(row["hires"] for row in weeks)),
    }


def peak_in_words(whole: WholePlan) -> str:
    """Say who covers the busiest week."""
    peak = _peak(whole)
    productive = peak["present"] + peak["absent"]
    parts = [f"{one_place(productive)} productive people, leave and absence counted in"]
    parts += [f"{one_place(peak['overtime'])} of overtime"] if peak["overtime"] else []
    parts += [f"{one_place(peak['surge'])} surge people"] if peak["surge"] else []
    return (
        f"The busiest week, that of {peak['day']}, needs {one_place(peak['needed'])} full-time "
        f"equivalents. They are covered by {_listed(parts)}."
    )


def calendar(notes: Json) -> Rows:
    """Public holidays and changes of pay, in the order of their days."""
    return [
        {
            "Week of": one["week_from"],
            "Day": f"{date.fromisoformat(one['day']):%a %Y-%m-%d}",
            "Site": one["site"],
            "What": one["text"],
            "Pay": one["effect"],
        }
        for one in notes["notes"]
    ]


def seats(whole: WholePlan) -> Rows:
    """Seats of every site at which somebody works, against those there are."""
    return [
        {
            "Site": one["site"],
            "Most people on duty at once": str(one["peak_heads"]),
            BUSIEST: f"{seats_needed(whole, one['site']):,.0f}",
            "Seats there are": MISSING if one["seats"] is None else str(one["seats"]),
        }
        for one in whole.plan["sites"]
        if one["site"] in whole.sites
    ]


def seats_needed(whole: WholePlan, site: str) -> float:
    """Whole seats of a site's busiest week, people in training included.

    Teams are added up as if all were busiest at the same time, so it is no less than what it takes.
    """
    needed = sum(
        max(year["seats"] for year in team["years"])
        for team in whole.plan["teams"]
        if team["site"] == site
    )
    return float(-(-round(needed, 6) // 1))


def seats_missing(whole: WholePlan) -> list[str]:
    """Say which sites have fewer seats than their busiest week could take."""
    return [
        f"{one['site']} has {one['seats']} seats, and its busiest week could take "
        f"{seats_needed(whole, one['site']):,.0f}."
        for one in whole.plan["sites"]
        if one["seats"] is not None
        and one["site"] in whole.sites
        and seats_needed(whole, one["site"]) > one["seats"]
    ]


def short(whole: WholePlan) -> Rows:
    """Teams that fall short in the standard week, or where clocks keep another distance."""
    rows = [_short(team, whole.currency) for team in whole.plan["teams"]]
    return [row for row in rows if row["Short a week, h"] or row[OTHER_CLOCKS]]


def short_in_words(whole: WholePlan) -> str | None:
    """Say how much is short and what that is priced at; None where nobody ever is."""
    teams = whole.plan["teams"]
    hours = sum(week_totals(team["roster"]).short_head_hours for team in teams)
    price = sum(team["roster"]["shortfall_cost"] for team in teams)
    worst = min(row["difference"] for row in whole.weeks)
    said = []
    if hours:
        priced = f", priced at {volume(price)} {whole.currency}" if price else ""
        said.append(f"{number(round(hours, 1))} head-hours are short a standard week{priced}.")
    if worst < 0:
        said.append(f"In the worst week of the term {one_place(-worst)} FTE are short.")
    other = [weeks for team in teams for weeks in _of_other_clocks(team)]
    if other:
        said += [] if said else ["Nobody is short in the standard week."]
        said.append(_clocks_in_words(other))
    return " ".join(said) or None


def sites(whole: WholePlan) -> Rows:
    """Clock, hours, nights and cost of every site at which somebody works."""
    client_zone = whole.engagement["services"][0]["time_zone"]
    rows = []
    for site in whole.sites:
        hours = site_hours(whole.plan, site)
        ahead = whole.ahead_min(site, client_zone) / _MINUTES
        rows.append(
            {
                "Site": site,
                "Clock": whole.zone_of(site),
                "Ahead of client, h": f"{ahead:+g}" if ahead else "0",
                "Hours covered": f"{number(hours.hours_covered)} of 168",
                "Paid hours": volume(hours.paid_hours),
                "At night": percent(hours.night_share),
                productive_hour(whole): _hourly_cost(whole, site),
            }
        )
    return rows


def productive_hour(whole: WholePlan) -> str:
    """Heading of what a productive hour of a site costs."""
    return f"Productive hour, {whole.currency}"


def one_place(value: float) -> str:
    """``56.9``: full-time equivalents as they are spoken of."""
    return f"{value:,.1f}"


def _peak(whole: WholePlan) -> Json:
    """Return the busiest week, the first where several are."""
    return max(whole.weeks, key=lambda row: row["needed"])


def _hourly_cost(whole: WholePlan, site: str) -> str:
    """Cost of a site's teams over the term by hour on site less in-office shrinkage."""
    workings = whole.quote["workings"]
    teams = {one["team"]: one for one in workings["teams"] if one["site"] == site}
    cost = sum((Decimal(one["cost"]) for one in teams.values()), Decimal(0))
    productive = sum(
        (
            Decimal(line["hours"]) * (1 - Decimal(teams[line["team"]]["rates"]["in_office"]))
            for line in workings["hours"]
            if line["team"] in teams
        ),
        Decimal(0),
    )
    return f"{cost / productive:,.2f}" if productive else MISSING


def _of_other_clocks(team: Json) -> list[Json]:
    """Weeks in which a team is short because clocks keep another distance."""
    return [weeks for weeks in team["clock_weeks"] if weeks["short_head_hours"]]


def _clocks_in_words(weeks: list[Json]) -> str:
    worst = max(one["worst_short_heads"] for one in weeks)
    left = max(one["short_head_hours_if_moved"] for one in weeks)
    moved = f"{number(round(left, 1))} head-hours a week are left" if left else "nobody is"
    return (
        f"Where clocks keep another distance, up to {one_place(worst)} people are short unless "
        f"shifts move along; then {moved}."
    )


def _short(team: Json, currency: str) -> dict[str, str]:
    roster = team["roster"]
    totals, other = week_totals(roster), _of_other_clocks(team)
    price = volume(roster["shortfall_cost"]) if roster["shortfall_cost"] else ""
    hours = number(round(totals.short_head_hours, 1)) if totals.num_short else ""
    return {
        "Team": f"{team['service']} @ {team['site']}",
        "Short a week, h": hours,
        f"Price, {currency}": price,
        OTHER_CLOCKS: str(sum(w["num_weeks"] for w in other)) if other else "",
        "Short in each, h": _most(other, "short_head_hours"),
        "People at once": _most(other, "worst_short_heads"),
        "Left if shifts move, h": _most(other, "short_head_hours_if_moved"),
    }


def _most(weeks: list[Json], key: str) -> str:
    return number(round(max(one[key] for one in weeks), 1)) if weeks else ""


def _listed(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if parts[1:] else parts[0]
