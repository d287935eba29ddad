"""Pay that changes on a known day of the term: a wage order, an agreed raise, a new rate."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Day, Name
from pricing.misfit import misfit
from pricing.parameters import Ratio, Wage
from staffing.plan import Document


class PayChange(Document):
    """Wages and on-costs of a site from one day on; what is left out stays as it was."""

    since: Day = Field(
        description="First day; counts from the first contract month that starts on it or later."
    )
    wages: dict[Name, Wage] = Field(default_factory=dict, description="By role.")
    on_cost: Ratio | None = Field(
        None, description="Employer on-costs as a share of base pay from that day."
    )

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.wages and self.on_cost is None:
            raise misfit("wages", accepted="a wage or an on_cost that changes", found="none")
        return self
