"""`crewquote hire`: who joins, helps out and leaves, week by week over the term."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.export_extra import export_extra
from api.cli.hiring_summary import print_hiring
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from pricing.hiring_study import hiring_study

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Json = dict[str, Any]
    Export = Callable[[Json], str | bytes]


@dataclass(frozen=True)
class HireTargets:
    """Where to write the plan: `out` a folder for all tables, `plot` a page; None is not at all."""

    out: Path | None = None
    plot: Path | None = None


def run_hire(
    file: Path,
    targets: HireTargets,
    *,
    site: str | None,
    services: str | None,
    whole_people: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Plan a file; progress goes to stderr, the plan to stdout and, if asked, to files."""
    exports = _exports(targets, file)
    engagement = load_engagement(file)
    with shown_progress("planning", quiet=quiet) as progress:
        study = hiring_study(
            engagement,
            site=site,
            services=() if services is None else _names(services),
            whole_people=whole_people,
            progress=progress,
        )
        document = study.model_dump(mode="json")
        contents = {target: write(document) for target, write in exports.items()}
    for target, content in contents.items():
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    if as_json:
        sys.stdout.write(_json(document))
        return
    print_hiring(study)
    for target in contents:
        print(f"Plan written to {target}", file=sys.stderr)


def _exports(targets: HireTargets, engagement: Path) -> dict[Path, Export]:
    """Find out before planning what writes each file, and whether it could be written."""
    exports: dict[Path, Export] = {}
    if targets.out is not None:
        check_folder(targets.out, "--out")
        with export_extra("--out"):
            from staffing.exports.hiring_workbook import hiring_workbook
        from staffing.exports.hiring_table import hiring_table

        exports[targets.out / "hiring.json"] = _json
        exports[targets.out / "hiring.csv"] = hiring_table
        exports[targets.out / "hiring.xlsx"] = hiring_workbook
    if targets.plot is not None:
        check_target(targets.plot, engagement, "--plot")
        with export_extra("--plot"):
            from staffing.exports.hiring_page import hiring_page
        exports[targets.plot] = hiring_page
    return exports


def _json(document: Json) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in text.split(",")))
