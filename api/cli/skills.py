"""`crewquote skills`: what people who answer several services would save, site by site."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_target, write_whole
from api.cli.progress import shown_progress
from api.cli.skill_summary import print_study
from pricing.quoting import prepare
from staffing.skill_week import skill_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from staffing.skill_week import SkillTerms


def run_skills(
    file: Path,
    terms: SkillTerms,
    *,
    site: str | None,
    services: str | None,
    plot: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Study an engagement; progress goes to stderr, the study to stdout and, if asked, a page."""
    write_page = None
    if plot is not None:
        check_target(plot, file, "--plot")
        write_page = _page()
    engagement = load_engagement(file)
    with shown_progress("studying skills", quiet=quiet) as progress:
        progress("reading rates")
        _, _, brief = prepare(engagement)
        named = () if services is None else _names(services)
        study = skill_study(brief, terms, site=site, services=named, progress=progress)
        document = study.model_dump(mode="json")
        page = write_page(document, engagement.name) if write_page else None
    if plot is not None and page is not None:
        write_whole(plot, page)
    if as_json:
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    else:
        print_study(engagement.name, study)
        if plot is not None:
            print(f"Charts written to {plot}", file=sys.stderr)


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",")))


def _page() -> Callable[..., str]:
    """Import what writes the page, before any work is done."""
    with export_extra("--plot"):
        from staffing.exports.skill_page import skill_page
    return skill_page
