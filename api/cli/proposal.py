"""`crewquote proposal`: the document for the client, as PDF, workbook, page or data."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.export_extra import export_extra
from api.cli.loader import load_engagement, load_quote_or_engagement
from api.cli.out_file import check_target, write_whole
from api.cli.progress import shown_progress
from pricing.proposal import proposal
from pricing.proposal.build import check_priced_from
from pricing.quote import Quote
from pricing.quoting import quote
from pricing.reading import read_document
from pricing.surge_offer import client_offer
from pricing.surge_quoting import surge_report
from pricing.surge_report import SurgeRequest
from staffing.errors import BadInputError, InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from pricing.engagement import Engagement
    from pricing.surge_report import SurgeOffer


SUFFIXES = (".pdf", ".xlsx", ".html", ".json")


@dataclass(frozen=True)
class ProposalRequest:
    """What a proposal says beside the quote; no `peak`: nothing on surge.

    A peak that was not asked for (`usual_peak`) is left out where no site can meet one.
    """

    out: Path
    issued: date
    priced: Path | None
    vendor: str | None
    number: str | None
    peak: dict[str, Any] | None
    usual_peak: bool


def run_proposal(file: Path, asked: ProposalRequest, *, quiet: bool) -> None:
    """Write the proposal of an engagement; the peak it shows is worked out for it."""
    _check(file, asked)
    engagement = load_engagement(file)
    priced = None if asked.priced is None else _priced(asked.priced, engagement)
    with shown_progress("pricing", quiet=quiet) as progress:
        if priced is None:
            priced = quote(engagement, progress=progress)
        surge = _surge(engagement, asked, progress)
        made = proposal(
            priced,
            engagement,
            asked.issued,
            surge=surge,
            number=asked.number,
            revision=None if asked.number is None else 1,
            vendor=asked.vendor,
        )
        from api.proposal_files import proposal_file

        written = proposal_file(made, asked.out.suffix.lower())
    write_whole(asked.out, written)
    print(f"Written to {asked.out}", file=sys.stderr)


def _priced(file: Path, engagement: Engagement) -> Quote:
    found = load_quote_or_engagement(file)
    if not isinstance(found, Quote):
        raise BadInputError.at("--quote", str(file), "a quote in JSON (crewquote quote --out)")
    check_priced_from(found, engagement, "--quote")
    return found


def _surge(
    engagement: Engagement, asked: ProposalRequest, progress: Callable[[str], None]
) -> SurgeOffer | None:
    """How the peak is met; None where nobody could come for it."""
    if asked.peak is None:
        return None
    unmet = (InfeasibleError, BadInputError) if asked.usual_peak else (InfeasibleError,)
    with suppress(*unmet):
        request = read_document(SurgeRequest, asked.peak)
        return client_offer(surge_report(engagement, request, progress=progress))
    return None


def _check(file: Path, asked: ProposalRequest) -> None:
    """Find out before the work that the file could not be written, or not without an extra."""
    if asked.out.suffix.lower() not in SUFFIXES:
        raise BadInputError.at(
            "--out", str(asked.out), f"a file that ends in {', '.join(SUFFIXES)}"
        )
    check_target(asked.out, file, "--out")
    with export_extra("--out"):
        import api.proposal_files  # noqa: F401 (whether it can be had)

        if asked.out.suffix.lower() == ".pdf":
            import pricing.proposal.pdf  # noqa: F401
