"""`crewquote compare`: both offers side by side, as a client may read them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.comparison_summary import print_comparison, print_vendor_view
from api.cli.export_extra import export_extra
from api.cli.loader import load_quote_or_engagement
from api.cli.out_file import check_target, write_whole
from api.cli.progress import shown_progress
from pricing.client_comparison import client_comparison, vendor_view
from pricing.client_comparison.vendor import BothViews
from pricing.quote import Quote
from pricing.quoting import quote
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class CompareTargets:
    """Where the comparison goes, and whether the vendor's view goes with it."""

    plot: Path | None = None
    out: Path | None = None
    as_json: bool = False
    vendor: bool = False


def run_compare(file: Path, asked: dict[str, Any], targets: CompareTargets, *, quiet: bool) -> None:
    """Compare the offers of a quote, or of an engagement that is priced for it.

    Page and workbook are the client's: the vendor's view goes to the terminal only.
    """
    _check(file, targets)
    found = load_quote_or_engagement(file)
    if not isinstance(found, Quote):
        engagement = found
        with shown_progress("pricing", quiet=quiet) as progress:
            found = quote(engagement, progress=progress)
    made = client_comparison(found, **asked)
    vendor = vendor_view(found, made) if targets.vendor else None
    data = made.model_dump(mode="json")
    if targets.plot is not None:
        from api.comparison_files import comparison_page

        write_whole(targets.plot, comparison_page(data))
    if targets.out is not None:
        from api.comparison_files import comparison_workbook

        write_whole(targets.out, comparison_workbook(data))
    if targets.as_json:
        shown = made if vendor is None else BothViews(client=made, vendor=vendor)
        sys.stdout.write(shown.model_dump_json(indent=2) + "\n")
        return
    print_comparison(data)
    if vendor is not None:
        print_vendor_view(vendor.model_dump(mode="json"))
    for place in (targets.plot, targets.out):
        if place is not None:
            print(f"Written to {place}", file=sys.stderr)


def _check(file: Path, targets: CompareTargets) -> None:
    """Find out before the work that a file could not be written, or not without the extra."""
    for place, option in ((targets.plot, "--plot"), (targets.out, "--out")):
        if place is None:
            continue
        check_target(place, file, option)
        with export_extra(option):
            import api.comparison_files  # noqa: F401 (whether it can be had)
    if targets.out is not None and targets.out.suffix.lower() != ".xlsx":
        raise BadInputError.at("--out", str(targets.out), "a file that ends in .xlsx")
