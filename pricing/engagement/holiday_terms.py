"""Public holidays at a site: whose calendar, whether there is work, and what it is paid."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pricing.engagement.fields import Day
from pricing.parameters import Ratio
from staffing.plan import Document


class HolidayTerms(Document):
    """How a site treats public holidays; what is left out follows its country."""

    worked: bool = Field(
        True,
        strict=True,
        description="Whether the standard week is worked on public holidays; false: no premium is "
        "due, and the work of the day is not moved.",
    )
    subdivision: Annotated[str, Field(min_length=1, max_length=20)] | None = Field(
        None, description="Part of the country whose holidays count as well, e.g. BY in DE."
    )
    premium: Ratio | None = Field(
        None,
        description="On top of base pay, for every kind of public holiday; none: the country's "
        "reference table.",
    )
    more: Annotated[tuple[Day, ...], Field(max_length=100)] = Field(
        (), description="Further days paid as public holidays, e.g. proclaimed ones."
    )
