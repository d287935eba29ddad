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
        f"  {engagement.name}: {len(engagement.services)} service(s), "
        f"{len(engagement.sites)} site(s), {engagement.term_months} months, {engagement.currency}"
    )
    print(f"  content hash {engagement_hash(engagement)}")
    print(f"  {len(unsourced)} value(s) without a source; the quote will list them")
