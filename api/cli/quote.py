"""`crewquote quote`: price an engagement and show, print or write the quote."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from api.cli.loader import load_engagement
from api.cli.progress import shown_progress
from api.cli.summary import print_summary
from pricing.quote import quote_json
from pricing.quoting import quote
from staffing.errors import BadInputError, FieldIssue


def run_quote(file: Path, *, as_json: bool, out: Path | None, quiet: bool) -> None:
    """Price a file; progress goes to stderr, the result to stdout and, if asked, to a file."""
    if out is not None:
        _check_target(out, file)
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


def _check_target(file: Path, engagement: Path) -> None:
    """Find out before pricing, not after, that the quote could not be written."""
    if file.resolve() == engagement.resolve():
        raise BadInputError.at("--out", str(file), "another file than the engagement itself")
    if file.is_dir():
        raise BadInputError(FieldIssue("--out", str(file), "a file, not a folder"))
    if not file.parent.is_dir() or not os.access(file.parent, os.W_OK):
        accepted = "a file in a folder that can be written to"
        raise BadInputError(FieldIssue("--out", str(file), accepted))


def write_whole(file: Path, text: str) -> None:
    """Write a file completely or not at all, also when the process is killed."""
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
