"""`crewquote validate`: everything that can be checked without planning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.loader import load_engagement
from pricing.quoting import unsourced_of
from pricing.reading import engagement_hash

if TYPE_CHECKING:
    from pathlib import Path


def run_validate(file: Path) -> None:
    """Read, resolve and check an engagement, and say what was found."""
    engagement = load_engagement(file)
    unsourced = unsourced_of(engagement)
    print(f"{file}: valid")
    print(
        f"  {engagement.name}: {_counted(len(engagement.services), 'service')}, "
        f"{_counted(len(engagement.sites), 'site')}, "
        f"{_counted(engagement.term_months, 'month')}, {engagement.currency}"
    )
    print(f"  content hash {engagement_hash(engagement)}")
    print(f"  {_counted(len(unsourced), 'value')} without a source, which the quote will list")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
