"""`crewquote surge`: what a peak takes, costs and sells for; the client's view of it; files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from api.cli.surge_offer_summary import print_offer
from api.cli.surge_summary import print_report
from pricing.reading import read_document
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeRequest

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.surge_report import SurgeReport


@dataclass(frozen=True)
class Wanted:
    """Whose view is shown, and where it is written; None is not at all."""

    client: bool = False
    plot: Path | None = None
    out: Path | None = None
    as_json: bool = False


def run_surge(file: Path, asked: dict[str, Any], wanted: Wanted, *, quiet: bool) -> None:
    """Study a peak of an engagement; progress goes to stderr, the report to stdout and to files."""
    _check(file, wanted)
    request = read_document(SurgeRequest, asked)
    engagement = load_engagement(file)
    with shown_progress("studying a peak", quiet=quiet) as progress:
        report = surge_report(engagement, request, progress=progress)
        contents = _contents(report, wanted)
    for target, content in contents.items():
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    offer = client_offer(report) if wanted.client else None
    if wanted.as_json:
        sys.stdout.write((offer or report).model_dump_json(indent=2) + "\n")
        return
    if offer:
        print_offer(offer)
    else:
        print_report(report)
    for place in (wanted.plot, wanted.out):
        if place is not None:
            print(f"Written to {place}", file=sys.stderr)


def _check(file: Path, wanted: Wanted) -> None:
    """Find out before the work that a file could not be written, or not without the extra."""
    if wanted.plot is not None:
        check_target(wanted.plot, file, "--plot")
    if wanted.out is not None:
        check_folder(wanted.out, "--out")
    if wanted.plot is not None or wanted.out is not None:
        with export_extra("--plot" if wanted.plot is not None else "--out"):
            import api.surge_files  # noqa: F401 (whether it can be had)


def _contents(report: SurgeReport, wanted: Wanted) -> dict[Path, str | bytes]:
    """Make every file in memory, so that a failure leaves none of them behind."""
    if wanted.plot is None and wanted.out is None:
        return {}
    from api.surge_files import offer_files, offer_page, report_files, report_page

    offer = client_offer(report)
    contents: dict[Path, str | bytes] = {}
    if wanted.plot is not None:
        contents[wanted.plot] = offer_page(offer) if wanted.client else report_page(report)
    if wanted.out is not None:
        files = offer_files(offer) if wanted.client else report_files(report)
        contents |= {wanted.out / name: content for name, content in files.items()}
    return contents
