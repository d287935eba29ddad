"""`crewquote staff`: plan the people of an engagement, and show, print or write the plan."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.cover_summary import CALENDAR_FILE, print_plan
from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement
from api.cli.out_file import check_folder, check_target, write_whole
from api.cli.progress import shown_progress
from pricing.calendar_notes import calendar_notes
from pricing.quoting import plan_of
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pricing.calendar_notes import CalendarNotes
    from pricing.engagement import Engagement

    Json = dict[str, Any]
    Export = Callable[[Json, Engagement], str | bytes]


@dataclass(frozen=True)
class Targets:
    """Where to write the plan, as what; None is not at all."""

    plot: Path | None = None
    csv: Path | None = None
    xlsx: Path | None = None
    ical: Path | None = None

    @property
    def files(self) -> dict[str, Path]:
        """Single files by their option."""
        named = {"--plot": self.plot, "--xlsx": self.xlsx, "--ical": self.ical}
        return {option: file for option, file in named.items() if file is not None}


def run_staff(
    file: Path, targets: Targets, *, as_json: bool, quiet: bool, thorough: bool = False
) -> None:
    """Plan a file; progress goes to stderr, the plan to stdout and, if asked, to files."""
    _check(targets, file)
    exports = {option: _export(option) for option in targets.files}
    engagement = load_engagement(file)
    with shown_progress("planning", quiet=quiet) as progress:
        planned = plan_of(engagement, progress=progress, effort="thorough" if thorough else "quick")
        plan = planned.plan.model_dump(mode="json")
        notes = calendar_notes(engagement)
        contents = list(_contents(plan, engagement, targets, exports))
        if targets.csv is not None:
            contents.append((targets.csv / CALENDAR_FILE, _calendar_table(notes)))
    for target, content in contents:
        target.parent.mkdir(exist_ok=True)
        write_whole(target, content)
    if targets.csv is not None:
        _remove_left_over(targets.csv, {target for target, _ in contents})
    if as_json:
        sys.stdout.write(json.dumps(plan, indent=2, ensure_ascii=False) + "\n")
    else:
        print_plan(engagement.name, planned.plan, notes)
        for target, _ in contents:
            print(f"Plan written to {target}", file=sys.stderr)


def _calendar_table(notes: CalendarNotes) -> str:
    """Write public holidays and changes of pay as CSV, a day of a site a row."""
    from staffing.exports.tables import csv_text, harmless

    rows = [
        (
            *(one.week, one.day, harmless(one.site), one.kind),
            harmless(one.text),
            one.premium,
            one.change,
        )
        for one in notes.notes
    ]
    return csv_text(("week", "day", "site", "kind", "what", "premium", "change"), rows)


def _remove_left_over(folder: Path, written: set[Path]) -> None:
    """Remove the table of an earlier plan's people where the new plan lists nobody."""
    from staffing.exports.tables import PEOPLE_FILE, lists_people

    left_over = folder / PEOPLE_FILE
    if left_over in written or not left_over.is_file():
        return
    if lists_people(left_over.read_text(encoding="utf-8", errors="replace")):
        left_over.unlink()
        print(f"{left_over} of an earlier plan removed: nobody is listed", file=sys.stderr)


def _check(targets: Targets, engagement: Path) -> None:
    """Find out before planning, not after, that a file could not be written."""
    for option, file in targets.files.items():
        check_target(file, engagement, option)
    chosen = [file.resolve() for file in targets.files.values()]
    for option, file in targets.files.items():
        if chosen.count(file.resolve()) > 1:
            raise BadInputError.at(option, str(file), "another file for each option")
    if targets.csv is not None:
        check_folder(targets.csv, "--csv")


def _export(option: str) -> Export:
    """Import what writes a kind of file, before any work is done."""
    with export_extra(option):
        return {"--plot": _page, "--xlsx": _workbook, "--ical": _calendar}[option]()


def _page() -> Export:
    from staffing.exports.page import plan_page

    return lambda plan, engagement: plan_page(plan, engagement.name, engagement.currency)


def _workbook() -> Export:
    from staffing.exports.workbook import plan_workbook

    return lambda plan, _: plan_workbook(plan)


def _calendar() -> Export:
    from staffing.exports.calendar_file import plan_calendar

    def write(plan: Json, engagement: Engagement) -> str:
        zones = {site.name: site.time_zone for site in engagement.sites}
        term = ContractCalendar(engagement.start, engagement.term_months)
        return plan_calendar(plan, zones, term.start, term.end)

    return write


def _contents(
    plan: Json, engagement: Engagement, targets: Targets, exports: dict[str, Export]
) -> Iterator[tuple[Path, str | bytes]]:
    """Make every file in memory, so that a failure leaves none of them behind."""
    for option, file in targets.files.items():
        yield file, exports[option](plan, engagement)
    if targets.csv is not None:
        from staffing.exports.tables import plan_tables

        for name, text in plan_tables(plan).items():
            yield targets.csv / name, text
