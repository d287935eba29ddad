"""`crewquote surge`: what a peak takes, costs and sells for; the client's view of it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from api.cli.loader import load_engagement
from api.cli.progress import shown_progress
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.surge_report import SurgeRequest


def run_surge(
    file: Path, request: SurgeRequest, *, as_json: bool, client: bool, quiet: bool
) -> None:
    engagement = load_engagement(file)
    with shown_progress("studying a peak", quiet=quiet) as progress:
        report = surge_report(engagement, request, progress=progress)
    document = client_offer(report) if client else report
    sys.stdout.write(document.model_dump_json(indent=2) + "\n")
