"""`crewquote offers`: prices of both offers for a client that chooses between them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.choice_summary import print_choice
from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_target, write_whole
from api.cli.progress import shown_progress
from pricing.choice.report import ChoiceRequest
from pricing.choice_study import choice_study
from pricing.reading import read_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Json = dict[str, Any]


@dataclass(frozen=True)
class OfferFiles:
    """Where to write: `plot` a page, `out` the study as JSON."""

    plot: Path | None = None
    out: Path | None = None


def run_offers(file: Path, asked: Json, files: OfferFiles, *, as_json: bool, quiet: bool) -> None:
    """Study a file; progress goes to stderr, the study to stdout and, if asked, to files."""
    page = _page(files.plot, file)
    if files.out is not None:
        check_target(files.out, file, "--out")
    request = read_document(
        ChoiceRequest, {name: value for name, value in asked.items() if value is not None}
    )
    engagement = load_engagement(file)
    with shown_progress("pricing the choice", quiet=quiet) as progress:
        study = choice_study(engagement, request, progress=progress)
        document = study.model_dump(mode="json")
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if files.out is not None:
        write_whole(files.out, text)
    if files.plot is not None and page is not None:
        write_whole(files.plot, page(document))
    if as_json:
        sys.stdout.write(text)
        return
    print_choice(document)
    for target in (files.plot, files.out):
        if target is not None:
            print(f"Study written to {target}", file=sys.stderr)


def _page(plot: Path | None, engagement: Path) -> Callable[[Json], str] | None:
    """Find out before planning what writes the page, and whether it could be written."""
    if plot is None:
        return None
    check_target(plot, engagement, "--plot")
    with export_extra("--plot"):
        from pricing.choice.page import choice_page
    return choice_page
