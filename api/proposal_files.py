"""A proposal as files: paper, workbook, page, data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.proposal.page import proposal_page
from pricing.proposal.workbook import proposal_workbook

if TYPE_CHECKING:
    from pricing.proposal import Proposal


def proposal_file(made: Proposal, suffix: str) -> str | bytes:
    """Write a proposal as ``.pdf``, ``.xlsx``, ``.html`` or ``.json``."""
    if suffix == ".json":
        return made.model_dump_json(indent=2) + "\n"
    data = made.model_dump(mode="json")
    if suffix == ".xlsx":
        return proposal_workbook(data)
    if suffix == ".html":
        return proposal_page(data)
    from pricing.proposal.pdf import proposal_pdf  # noqa: PLC0415 (an extra of its own)

    return proposal_pdf(data)
