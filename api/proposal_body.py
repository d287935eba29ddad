"""Body of a proposal: what it says beside the quote."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from api.deps import json_body
from pricing.engagement.fields import Day, Name
from pricing.reading import read_document
from pricing.surge_report import SurgeRequest
from staffing.plan import Document


class ProposalBody(Document):
    """What a proposal says beside the quote; all may be left out."""

    vendor: Name | None = Field(None, description="Who makes the proposal.")
    issued: Day | None = Field(None, description="Day from which it holds; none: today, in UTC.")
    peak: SurgeRequest | None = Field(
        None, description="A peak it shows, worked out for it; none: nothing on peaks."
    )

    @property
    def day(self) -> date:
        """The day of issue."""
        return self.issued or datetime.now(UTC).date()


async def _read(request: Request) -> ProposalBody:
    raw = await json_body(request)
    return ProposalBody() if raw == {} else read_document(ProposalBody, raw)


ProposalBodyDep = Annotated[ProposalBody, Depends(_read)]
