"""`crewquote futures`: whom to hire before demand is known, and what the futures cost."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from api.cli.export_extra import export_extra
from api.cli.futures_summary import print_futures
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from pricing.futures import futures_report, stated_futures
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pricing.engagement import Engagement
    from staffing.futures_planner import FuturesTerms
    from staffing.scenario_table import ScenarioTable

    Json = dict[str, Any]
    Export = Callable[[Json], dict[Path, str | bytes]]


@dataclass(frozen=True)
class FuturesFiles:
    """A table of futures to read, and where to write: `out` a folder, `plot` a page."""

    demand: Path | None = None
    out: Path | None = None
    plot: Path | None = None


def run_futures(
    file: Path, terms: FuturesTerms, files: FuturesFiles, *, as_json: bool, quiet: bool
) -> None:
    """Study a file; progress goes to stderr, the study to stdout and, if asked, to files."""
    exports = list(_exports(files, file))
    engagement = load_engagement(file)
    if files.demand is not None:
        terms = replace(terms, table=_table(files.demand, engagement))
    with shown_progress("planning for many futures", quiet=quiet) as progress:
        report = futures_report(engagement, terms, progress=progress)
        document = report.model_dump(mode="json")
        contents = {name: text for write in exports for name, text in write(document).items()}
    for target, content in contents.items():
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    if as_json:
        sys.stdout.write(_json(document))
        return
    print_futures(document)
    for target in contents:
        print(f"Study written to {target}", file=sys.stderr)


def _table(file: Path, engagement: Engagement) -> ScenarioTable:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadInputError.at("--demand", str(file), "an existing CSV file in UTF-8") from None
    return stated_futures(engagement, text, "--demand")


def _exports(files: FuturesFiles, engagement: Path) -> list[Export]:
    """Find out before planning what writes each file, and whether it could be written."""
    exports: list[Export] = []
    if files.out is not None:
        check_folder(files.out, "--out")
        exports.append(_folder(files.out))
    if files.plot is not None:
        check_target(files.plot, engagement, "--plot")
        exports.append(_page(files.plot))
    return exports


def _folder(out: Path) -> Export:
    with export_extra("--out"):
        from staffing.exports.futures_workbook import futures_workbook
    from staffing.exports.futures_tables import futures_tables

    def write(report: Json) -> dict[Path, str | bytes]:
        whole: dict[Path, str | bytes] = {out / "futures.json": _json(report)}
        whole[out / "futures.xlsx"] = futures_workbook(report)
        return whole | {out / name: text for name, text in futures_tables(report).items()}

    return write


def _page(plot: Path) -> Export:
    with export_extra("--plot"):
        from staffing.exports.futures_page import futures_page
    return lambda report: {plot: futures_page(report)}


def _json(document: Json) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
