"""`crewquote surge`: what a peak takes, costs and sells for; the client's view of it; files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.loader import load_engagement
from api.cli.progress import shown_progress
from api.cli.surge_offer_summary import print_offer
from api.cli.surge_summary import print_report
from pricing.reading import read_document
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeRequest

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """Whose view is shown, and where it is written; None is not at all."""

    client: bool = False
    plot: Path | None = None
    out: Path | None = None
    as_json: bool = False


def run_surge(file: Path, asked: dict[str, Any], wanted: Wanted, *, quiet: bool) -> None:
    """Study a peak of an engagement; progress goes to stderr, the report to stdout and to files."""
    request = read_document(SurgeRequest, asked)
    engagement = load_engagement(file)
    with shown_progress("studying a peak", quiet=quiet) as progress:
        report = surge_report(engagement, request, progress=progress)
    offer = client_offer(report) if wanted.client else None
    if wanted.as_json:
        sys.stdout.write((offer or report).model_dump_json(indent=2) + "\n")
    elif offer:
        print_offer(offer)
    else:
        print_report(report)
