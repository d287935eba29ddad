"""A proposal as a PDF; the same proposal always gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from pricing.proposal.page import proposal_page

if TYPE_CHECKING:
    from collections.abc import Mapping


def proposal_pdf(proposal: Mapping[str, Any]) -> bytes:
    """Set a proposal on paper.

    Parameters
    ----------
    proposal : mapping
        Proposal as JSON.
    """
    # Nothing is fetched from anywhere: all a page shows is inside it.
    inside_only = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    pdf: bytes = HTML(string=proposal_page(proposal), url_fetcher=inside_only).write_pdf()
    return pdf
