"""`crewquote quote`: price an engagement and show, print or write the quote."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from api.cli.loader import load_engagement
from api.cli.out_file import check_target, write_whole
from api.cli.progress import shown_progress
from api.cli.summary import print_summary
from pricing.quote import quote_json
from pricing.quoting import quote

if TYPE_CHECKING:
    from pathlib import Path


def run_quote(file: Path, *, as_json: bool, out: Path | None, quiet: bool) -> None:
    """Price a file; progress goes to stderr, the result to stdout and, if asked, to a file."""
    if out is not None:
        check_target(out, file, "--out")
    engagement = load_engagement(file)
    with shown_progress("pricing", quiet=quiet) as progress:
        priced = quote(engagement, progress=progress)
    text = quote_json(priced)
    if out is not None:
        write_whole(out, text)
    if as_json:
        sys.stdout.write(text)
    else:
        print_summary(priced)
        if out is not None:
            print(f"Quote written to {out}", file=sys.stderr)
