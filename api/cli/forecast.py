"""`crewquote forecast`: what a service's history foresees, how surely, and the quote beside it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from pricing.forecast_study import forecast_report
from pricing.reading import read_document
from staffing.charts.forecast_words import horizon_cells, method_cells, month_cells, said
from staffing.errors import BadInputError
from staffing.exports.forecast_table import error_table, forecast_table
from staffing.forecast.documents import ForecastRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rich.console import RenderableType

    Json = dict[str, Any]

_WIDTH = 100
_PICTURES = (".html", ".png", ".svg")


@dataclass(frozen=True)
class ForecastTargets:
    """Where it is written: `plot` a page or a picture, `out` a folder; `form` of stdout."""

    plot: Path | None = None
    out: Path | None = None
    form: str = "text"


def run_forecast(file: Path, asked: Json, targets: ForecastTargets, *, quiet: bool) -> None:
    """Forecast a service of a file; progress goes to stderr, the forecast to stdout and files."""
    _check(file, targets)
    request = read_document(ForecastRequest, asked)
    engagement = load_engagement(file)
    with shown_progress("forecasting", quiet=quiet) as progress:
        report = forecast_report(engagement, request, progress=progress).model_dump(mode="json")
        contents = _contents(report, targets)
    for target, content in contents.items():
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    if targets.form == "json":
        sys.stdout.write(_json(report))
    elif targets.form == "csv":
        sys.stdout.write(forecast_table(report))
    else:
        _print(report)
    for place in (targets.plot, targets.out):
        if place is not None:
            print(f"Forecast written to {place}", file=sys.stderr)


def _check(file: Path, targets: ForecastTargets) -> None:
    """Find out before the work that a file could not be written, or not without the extra."""
    if targets.plot is not None:
        check_target(targets.plot, file, "--plot")
        if targets.plot.suffix.lower() not in _PICTURES:
            raise BadInputError.at("--plot", targets.plot.name, f"a name in {', '.join(_PICTURES)}")
    if targets.out is not None:
        check_folder(targets.out, "--out")
    if targets.plot is not None or targets.out is not None:
        with export_extra("--plot" if targets.plot is not None else "--out"):
            import staffing.exports.forecast_files  # noqa: F401 (whether it can be had)


def _contents(report: Json, targets: ForecastTargets) -> dict[Path, str | bytes]:
    """Make every file in memory, so that a failure leaves none of them behind."""
    contents: dict[Path, str | bytes] = {}
    if targets.plot is None and targets.out is None:
        return contents
    from staffing.exports.forecast_files import forecast_page, forecast_png, forecast_svg

    if targets.plot is not None:
        writers: dict[str, Callable[[Json], str | bytes]] = {
            ".html": forecast_page,
            ".png": forecast_png,
            ".svg": forecast_svg,
        }
        contents[targets.plot] = writers[targets.plot.suffix.lower()](report)
    if targets.out is not None:
        contents[targets.out / "forecast.html"] = forecast_page(report)
        contents[targets.out / "forecast.json"] = _json(report)
        contents[targets.out / "forecast.csv"] = forecast_table(report)
        contents[targets.out / "forecast_errors.csv"] = error_table(report)
    return contents


def _json(report: Json) -> str:
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _print(report: Json) -> None:
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)
    for part in _parts(report):
        console.print(part)


def _parts(report: Json) -> Iterable[RenderableType]:
    yield f"{report['engagement']}: forecast of {report['service']}, {report['unit']}s"
    yield from said(report)
    yield ""
    yield _table(month_cells(report))
    if report["methods"]:
        yield "\nHow the methods would have done (* the best)"
        yield _table(method_cells(report))
    by_horizon = horizon_cells(report)
    if by_horizon:
        yield "\nMASE by how far ahead, and how often P10 to P90 held (meant: 80 %)"
        yield _table(by_horizon)
    if report["notes"]:
        yield ""
    yield from (f"Note: {note}." for note in report["notes"])


def _table(rows: list[dict[str, str]]) -> Table:
    """Show cells by column; a column that is empty in all rows is left out."""
    kept = [name for name in rows[0] if any(row[name] for row in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 1))
    for number, name in enumerate(kept):
        right = number and name != "Needs"
        table.add_column(name, justify="right" if right else "left")
    for row in rows:
        table.add_row(*(row[name] for name in kept))
    return table
