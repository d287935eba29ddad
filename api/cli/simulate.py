"""`crewquote simulate`: play a quote's staffing plan and show how it keeps its targets."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from api.cli.loader import load_quote
from api.cli.progress import shown_progress
from staffing.simulation import SHOWN_HOURS, simulate_plan

if TYPE_CHECKING:
    from pathlib import Path

    from staffing.simulation import SimulationReport, SimulationSettings, TeamResult
    from staffing.simulation.estimates import Estimate

_WIDTH = 100


def run_simulate(file: Path, settings: SimulationSettings, *, as_json: bool, quiet: bool) -> None:
    """Play a quote's plan; progress goes to stderr, the report to stdout."""
    quote = load_quote(file)
    with shown_progress("simulating", quiet=quiet) as progress:
        report = simulate_plan(quote.staffing, settings, progress)
    if as_json:
        document = json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False)
        sys.stdout.write(document + "\n")
    else:
        _print(quote.engagement.name, report)


def _print(name: str, report: SimulationReport) -> None:
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    cv = report.handle_time_cv
    law = "exponential" if cv is None else f"lognormal, variation {cv:g}"
    console.print(f"{name}: the standard week as it may turn out")
    console.print(
        f"{report.replications} weeks played, seed {report.seed}, handling times of calls {law}."
    )
    console.print("Means over these weeks, with 95 % confidence intervals.\n")
    console.print(_results(report))
    for service in report.services:
        if sum(team.service == service.service for team in report.teams) > 1:
            console.print(
                f"{service.service} at all sites: {_share(service.in_time)} {service.promise}, "
                f"target {_percent(service.target)}: {service.verdict}"
            )


def _results(report: SimulationReport) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    table.add_column("")
    for team in report.teams:
        table.add_column(team.name, justify="right")
    columns = [_rows(team) for team in report.teams]
    for position, (label, _) in enumerate(columns[0]):
        table.add_row(label, *(column[position][1] for column in columns))
    return table


def _rows(team: TeamResult) -> list[tuple[str, str]]:
    weekly = [share for share in team.by_replication if share is not None]
    worst_and_best = f"{_percent(min(weekly))} / {_percent(max(weekly))}" if weekly else "–"
    return [
        ("promise", team.promise),
        ("verdict", team.verdict),
        ("target", _percent(team.target)),
        ("share in time", _share(team.in_time)),
        ("worst / best week", worst_and_best),
        ("units per week", f"{team.units_per_week:,.0f}"),
        ("average speed of answer", _seconds(team.asa_s)),
        ("hang up", _share(team.abandonment)),
        ("still waiting a day later", f"{team.unanswered:,.1f}"),
        ("occupancy", _share(team.occupancy)),
        *zip(("worst hours", *[""] * (SHOWN_HOURS - 1)), _worst(team), strict=True),
    ]


def _worst(team: TeamResult) -> list[str]:
    shown = [f"{hour.hour} {_percent(hour.in_time)}" for hour in team.worst_hours]
    shown = shown or ["–"]
    return [*shown, *[""] * (SHOWN_HOURS - len(shown))]


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _share(found: Estimate | None) -> str:
    if found is None:
        return "–"
    return f"{_percent(found.mean)} ({100 * found.low:.1f} to {100 * found.high:.1f})"


def _seconds(found: Estimate | None) -> str:
    return "–" if found is None else f"{found.mean:.1f} s ({found.low:.1f} to {found.high:.1f})"
