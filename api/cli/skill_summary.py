"""A skill study on a terminal: people apart, the best mix, one pool; services; days."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from staffing.grid import DAYS, HOURS_PER_WEEK, WeekGrid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from staffing.skill_study import SkillService, SkillStudy, SkillWeek

_WIDTH = 100
_AS_GOOD_AS_ZERO = 0.0005  # what would be shown as 0.0 %


def print_study(name: str, study: SkillStudy) -> None:
    """Print a study site by site, and what it means."""
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(name, study):
        console.print(part)


def _parts(name: str, study: SkillStudy) -> Iterable[RenderableType]:
    yield f"{name}: what people who answer several services would save"
    yield "A quote keeps the teams of a site apart, the safe side: nothing of this is in its price."
    grid = WeekGrid(study.interval_minutes)
    for site in study.sites:
        names = ", ".join(one.service for one in site.services)
        yield f"\n{site.site}: {names}; people on duty, local time of the site"
        yield _totals(site, study)
        yield f"\n{meaning(site, study.premium)}"
        yield ""
        yield _services(site, grid)
        yield ""
        yield _days(site)
        yield f"\n{made(site)}"
        yield from (f"Note: {note}." for note in site.notes)


def meaning(site: SkillWeek, premium: float) -> str:
    """Say in a sentence of two lines what flexible people change at a site."""
    extra = f"a flexible hour costs {100 * premium:g} % more"
    if site.cost_change > -_AS_GOOD_AS_ZERO:
        return f"At {site.site} flexible people save nothing where {extra}: the teams stay apart."
    fewer = 1 - (site.own_hours + site.flexible_hours) / site.apart_hours
    up_to = "" if site.simulated else "up to "
    return (
        f"With at most {site.most_flexible_on_duty:,.1f} flexible people on duty "
        f"({site.most_flexible_at}) {site.site} would do with\n"
        f"{up_to}{100 * fewer:.1f} % fewer hours, {up_to}{-100 * site.cost_change:.1f} % cheaper "
        f"although {extra}."
    )


def made(site: SkillWeek) -> str:
    """Say how the figures of a site were found."""
    loads = f"{site.num_loads} different loads were solved"
    if site.simulated:
        return (
            f"{loads}, each rounded up to the most that needs no more people, and every mix was "
            "played until it met all targets. Heads answer; people on duty also cover shrinkage in "
            "the office."
        )
    return (
        f"{loads} under bounds only; the mixes were not played and may miss targets: the saving is "
        "at most this. --simulate plays them, which may take minutes."
    )


def _totals(site: SkillWeek, study: SkillStudy) -> Table:
    table = _table("", "people apart", "best mix", "one pool, least")
    mix = site.own_hours + site.flexible_hours
    hours = (site.apart_hours, mix, site.pooled_hours)
    table.add_row("head-hours in the week", *(f"{one:,.1f}" for one in hours))
    table.add_row("of them flexible people", "0.0", f"{site.flexible_hours:,.1f}", "all")
    peak = (max(site.apart_on_duty), max(_sums(site.own_on_duty, site.flexible_on_duty)))
    table.add_row("most on duty at once", *(f"{one:,.1f}" for one in peak), "")
    flexible = f"{site.most_flexible_on_duty:,.1f}"
    table.add_row("most flexible at once", "0.0", flexible, "")
    cost = f"cost, flexible + {100 * study.premium:g} %"
    table.add_row(cost, "100.0 %", f"{100 * (1 + site.cost_change):.1f} %", "")
    return table


def _services(site: SkillWeek, grid: WeekGrid) -> Table:
    headings = ("erlangs", "heads apart", "own in mix", "target", "least in time, mix")
    table = _table("most heads at once", *headings)
    for one in site.services:
        table.add_row(
            one.service,
            f"{max(one.load):,.1f}",
            f"{max(one.apart)}",
            f"{max(one.own)}",
            f"{100 * one.service_level:g} % in {one.threshold_s:g} s",
            least_in_time(one, grid),
        )
    return table


def least_in_time(one: SkillService, grid: WeekGrid) -> str:
    """Share in time of the interval where the mix does worst, when it was played."""
    if one.in_time is None or one.in_time_error is None:
        return "not played"
    busy = [t for t, load in enumerate(one.load) if load]
    worst = min(busy, key=one.in_time.__getitem__)
    share, error = one.in_time[worst], one.in_time_error[worst]
    return f"{100 * share:.1f} % ± {100 * error:.1f}, {grid.label(worst)}"


def _days(site: SkillWeek) -> Table:
    table = _table("head-hours", "apart", "own", "flexible", "saved", "most flexible")
    size = len(site.flexible)
    hours = HOURS_PER_WEEK / size
    columns = (site.apart_on_duty, site.own_on_duty, site.flexible_on_duty)
    totals = [0.0] * len(columns)
    for number, day in enumerate(DAYS):
        own = slice(number * size // len(DAYS), (number + 1) * size // len(DAYS))
        sums = [hours * sum(column[own]) for column in columns]
        totals = _sums(totals, sums)
        table.add_row(day, *_cells(sums, max(site.flexible_on_duty[own])))
    table.add_section()
    table.add_row("week", *_cells(totals, site.most_flexible_on_duty))
    return table


def _cells(hours: Sequence[float], most_flexible: float) -> list[str]:
    apart, own, flexible = hours
    return [f"{one:,.1f}" for one in (*hours, apart - own - flexible, most_flexible)]


def _sums(first: Sequence[float], second: Sequence[float]) -> list[float]:
    return [one + other for one, other in zip(first, second, strict=True)]


def _table(*headings: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left")
    return table
