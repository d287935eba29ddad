"""`crewquote risk`: what may come, and what it means for both offers."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_target, write_whole
from api.cli.progress import shown_progress
from api.cli.risk_summary import print_risk
from pricing.reading import read_document
from pricing.risk.report import RiskRequest
from pricing.risk_study import risk_study

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any


@dataclass(frozen=True)
class RiskTargets:
    """Where to write: `plot` a page, `out` a workbook."""

    plot: Path | None = None
    out: Path | None = None


def run_risk(
    file: Path, asked: dict[str, Any], targets: RiskTargets, *, as_json: bool, quiet: bool
) -> None:
    """Study a file; progress goes to stderr, the study to stdout and, if asked, to files."""
    for option, target in (("--plot", targets.plot), ("--out", targets.out)):
        if target is not None:
            check_target(target, file, option)
            with export_extra(option):
                import api.risk_files  # noqa: F401 (whether it can be had)
    request = read_document(RiskRequest, asked)
    engagement = load_engagement(file)
    with shown_progress("drawing futures", quiet=quiet) as progress:
        study = risk_study(engagement, request, progress=progress)
        document = study.model_dump(mode="json")
        contents = _contents(document, targets)
    for target, content in contents.items():
        write_whole(target, content)
    if as_json:
        sys.stdout.write(study.model_dump_json(indent=2) + "\n")
        return
    print_risk(document)
    for target in contents:
        print(f"Written to {target}", file=sys.stderr)


def _contents(document: dict[str, Any], targets: RiskTargets) -> dict[Path, str | bytes]:
    """Make every file in memory, so that a failure leaves none of them behind."""
    contents: dict[Path, str | bytes] = {}
    if targets.plot is not None or targets.out is not None:
        from api.risk_files import risk_page, risk_workbook

        if targets.plot is not None:
            contents[targets.plot] = risk_page(document)
        if targets.out is not None:
            contents[targets.out] = risk_workbook(document)
    return contents
