"""`crewquote sites`: where to deliver, and what each way costs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from api.cli.sites_summary import print_sites
from pricing.reading import read_document
from pricing.sites import SiteRequest, site_study
from pricing.sites.chosen import chosen_engagement

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from pricing.engagement import Engagement
    from pricing.sites import SiteStudy


@dataclass(frozen=True)
class SiteTargets:
    """Where to write: `plot` a page, `out` a folder."""

    plot: Path | None = None
    out: Path | None = None


def run_sites(
    file: Path, asked: dict[str, Any], targets: SiteTargets, *, as_json: bool, quiet: bool
) -> None:
    """Study a file; progress goes to stderr, the study to stdout and, if asked, to files."""
    _check(file, targets)
    engagement = load_engagement(file)
    request = read_document(SiteRequest, asked)
    with shown_progress("choosing sites", quiet=quiet) as progress:
        study = site_study(engagement, request, progress=progress)
        contents = _contents(study, engagement, targets)
    for target, content in contents.items():
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    if as_json:
        sys.stdout.write(study.model_dump_json(indent=2) + "\n")
        return
    print_sites(study.model_dump(mode="json"))
    for place in (targets.plot, targets.out):
        if place is not None:
            print(f"Written to {place}", file=sys.stderr)


def _check(file: Path, targets: SiteTargets) -> None:
    """Find out before the work that a file could not be written, or not without the extra."""
    if targets.plot is not None:
        check_target(targets.plot, file, "--plot")
    if targets.out is not None:
        check_folder(targets.out, "--out")
    if targets.plot is not None or targets.out is not None:
        with export_extra("--plot" if targets.plot is not None else "--out"):
            import api.site_files  # noqa: F401 (whether it can be had)


def _contents(study: SiteStudy, engagement: Engagement, targets: SiteTargets) -> dict[Path, str]:
    """Make every file in memory, so that a failure leaves none of them behind."""
    if targets.plot is None and targets.out is None:
        return {}
    from api.site_files import site_files, site_page

    contents: dict[Path, str] = {}
    page = site_page(study.model_dump(mode="json"))
    if targets.plot is not None:
        contents[targets.plot] = page
    if targets.out is not None:
        chosen = chosen_engagement(engagement, study.choice)
        files = {"sites.html": page, **site_files(study, chosen)}
        contents |= {targets.out / name: content for name, content in files.items()}
    return contents
