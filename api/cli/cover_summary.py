"""A staffing plan on a terminal: people, cover by day, and weeks with other clocks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from api.cli.staffing_summary import staffing_table
from staffing.clock_cover import HEADS_TOLERANCE
from staffing.grid import DAYS, HOURS_PER_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from pricing.calendar_notes import CalendarNotes
    from staffing.plan import ClockWeeks, StaffingPlan, TeamPlan, WeekRoster

_WIDTH = 100
_CALENDAR: tuple[tuple[str, Literal["left", "right"]], ...] = (
    ("week", "right"),
    *((name, "left") for name in ("day", "site", "what", "pay")),
)
_WEEKS_LISTED = 26
CALENDAR_FILE = "calendar.csv"
AT_WORK, MOST_SHORT = "at work", "most short, heads"


def print_plan(name: str, plan: StaffingPlan, notes: CalendarNotes | None = None) -> None:
    """Print a plan: its people, requirement against cover by day, and what clocks do to it.

    With `notes` also the public holidays and changes of pay, by week.
    """
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(name, plan):
        console.print(part)
    for part in _calendar(notes) if notes else ():
        console.print(part)


def _parts(name: str, plan: StaffingPlan) -> Iterable[RenderableType]:
    yield f"{name}: people in the standard week and over the term"
    for warning in plan.warnings:
        yield f"Warning: {warning}"
    yield ""
    yield staffing_table(plan)
    for team in plan.teams:
        yield f"\n{team.name}: head-hours by day, local time of the site"
        yield _days(team.roster)
        yield from (f"  {line}" for line in clock_lines(team))


def _calendar(notes: CalendarNotes) -> Iterable[RenderableType]:
    """What the standard week leaves out: pay that changes, and holidays of the first half year."""
    yield "\nPublic holidays and pay, by week of the term: in the cost of a quote, not in this plan"
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for heading, align in _CALENDAR:
        table.add_column(heading, justify=align)
    listed = [one for one in notes.notes if one.kind == "pay" or one.week <= _WEEKS_LISTED]
    for one in listed:
        table.add_row(str(one.week), f"{one.day:%a %Y-%m-%d}", one.site, one.text, one.effect)
    if listed:
        yield table
    if later := len(notes.notes) - len(listed):
        rest = f"--csv DIR writes all, to {CALENDAR_FILE}"
        yield f"  and {later} more holidays until {notes.last_day}: {rest}"
    yield from (f"  {site}: no calendar of its country is known" for site in notes.unknown)


def _days(roster: WeekRoster) -> Table:
    """Set the requirement against the cover, day by day."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    table.add_column("")
    rows = cover_rows(roster)
    shown = [name for name in rows[0] if name != AT_WORK or roster.at_work != roster.on_duty]
    for heading in shown:
        table.add_column(heading, justify="right")
    for day, row in zip(DAYS, rows, strict=True):
        table.add_row(day, *(f"{row[name]:,.1f}" for name in shown))
    table.add_section()
    totals = {name: sum(row[name] for row in rows) for name in shown}
    totals[MOST_SHORT] = max(row[MOST_SHORT] for row in rows)
    table.add_row("week", *(f"{value:,.1f}" for value in totals.values()))
    return table


def cover_rows(roster: WeekRoster) -> list[dict[str, float]]:
    """Each day's head-hours needed, on duty, at work, over and short, and the most heads short."""
    return [_cover(roster, index) for index in range(len(DAYS))]


def _cover(roster: WeekRoster, day: int) -> dict[str, float]:
    size = len(roster.on_duty)
    hours = HOURS_PER_WEEK / size
    own = slice(day * size // len(DAYS), (day + 1) * size // len(DAYS))
    pairs = list(zip(roster.required_heads[own], roster.at_work[own], strict=True))
    short = [need - work if need - work > HEADS_TOLERANCE else 0.0 for need, work in pairs]
    return {
        "needed": hours * sum(roster.required_heads[own]),
        "on duty": hours * sum(roster.on_duty[own]),
        AT_WORK: hours * sum(roster.at_work[own]),
        "over": hours * sum(max(0.0, work - need) for need, work in pairs),
        "short": hours * sum(short),
        MOST_SHORT: max(short),
    }


def clock_lines(team: TeamPlan) -> list[str]:
    """Say in how many weeks clocks change how the roster fits, and what that takes."""
    changed = [weeks for weeks in team.clock_weeks if _matters(weeks)]
    unusual = sum(weeks.num_weeks for weeks in team.clock_weeks)
    if not unusual:
        return ["Clocks: every week of the term lies in time as the standard week does."]
    if not changed:
        return [f"Clocks: {_weeks(unusual)} of the term lie otherwise in time; the roster fits."]
    count = sum(weeks.num_weeks for weeks in changed)
    lines = [f"Clocks: in {_weeks(count)} of the term the roster does not fit as it stands."]
    worst = max(changed, key=lambda weeks: weeks.worst_short_heads)
    if worst.worst_at is not None:
        lines.append(
            f"  Worst: {worst.worst_short_heads:,.1f} heads short, {worst.worst_at}, week of "
            f"{worst.first_monday}; {worst.short_head_hours:,.1f} head-hours in that week."
        )
    late = max(weeks.late_units for weeks in changed)
    if late:
        lines.append(f"  Finished too late: up to {late:,.0f} units a week.")
    left = max(weeks.short_head_hours_if_moved for weeks in changed)
    left_late = max(weeks.late_units_if_moved for weeks in changed)
    lines.append(
        "  If shifts move with the other clock: "
        + (
            f"up to {left:,.1f} head-hours short and {left_late:,.0f} units late a week are left."
            if left or left_late
            else "nothing is short or late."
        )
    )
    return lines


def _matters(weeks: ClockWeeks) -> bool:
    return bool(weeks.short_head_hours or weeks.late_units)


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"
