"""`crewquote rates`: charges for more and less work, from re-solved steps."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from api.cli.rates_summary import print_rates
from pricing.rates import RateRequest, rate_report
from pricing.reading import read_document

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from pricing.rates import RateReport


@dataclass(frozen=True)
class RateTargets:
    """Where to write: `plot` a page, `out` a folder."""

    plot: Path | None = None
    out: Path | None = None


def run_rates(
    file: Path, asked: dict[str, Any], targets: RateTargets, *, as_json: bool, quiet: bool
) -> None:
    """Study a file; progress goes to stderr, the report to stdout and, if asked, to files."""
    _check(file, targets)
    engagement = load_engagement(file)
    request = read_document(RateRequest, asked)
    with shown_progress("re-solving steps", quiet=quiet) as progress:
        report = rate_report(engagement, request, progress=progress)
        contents = _contents(report, targets)
    for target, content in contents.items():
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    if as_json:
        sys.stdout.write(report.model_dump_json(indent=2) + "\n")
        return
    print_rates(report.model_dump(mode="json"))
    for place in (targets.plot, targets.out):
        if place is not None:
            print(f"Written to {place}", file=sys.stderr)


def _check(file: Path, targets: RateTargets) -> None:
    """Find out before the work that a file could not be written, or not without the extra."""
    if targets.plot is not None:
        check_target(targets.plot, file, "--plot")
    if targets.out is not None:
        check_folder(targets.out, "--out")
    if targets.plot is not None or targets.out is not None:
        with export_extra("--plot" if targets.plot is not None else "--out"):
            import api.rate_files  # noqa: F401 (whether it can be had)


def _contents(report: RateReport, targets: RateTargets) -> dict[Path, str]:
    """Make every file in memory, so that a failure leaves none of them behind."""
    if targets.plot is None and targets.out is None:
        return {}
    from api.rate_files import rate_files, rate_page
    from api.site_files import csv_of

    document = report.model_dump(mode="json")
    contents: dict[Path, str] = {}
    page = rate_page(document)
    if targets.plot is not None:
        contents[targets.plot] = page
    if targets.out is not None:
        files = {"rates.html": page, "rates.json": report.model_dump_json(indent=2) + "\n"}
        files |= {name: csv_of(rows) for name, rows in rate_files(document).items()}
        contents |= {targets.out / name: content for name, content in files.items()}
    return contents
