"""Taxes of the sale: who is billed from where, and who bears a tax withheld at source."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Country
from pricing.misfit import misfit
from pricing.parameters import LostShare
from staffing.plan import Document


class TaxTerms(Document):
    """Countries of the invoice, and the withholding tax on it."""

    client_country: Country = Field(description="Where the client is billed.")
    vendor_country: Country | None = Field(
        None, description="Of the entity that bills; none: the country of the first site."
    )
    withholding_borne_by: Literal["client", "vendor"] = Field(
        "client",
        description="client: grossed up on the invoice; vendor: inside the price.",
    )
    withholding_rate: LostShare | None = Field(
        None,
        description="Share of the bill withheld at source; none: the table's, for a client abroad.",
    )

    @model_validator(mode="after")
    def _rate_of_what_is_inside_the_price(self) -> Self:
        if self.withholding_borne_by == "vendor" and self.withholding_rate is None:
            raise misfit(
                "withholding_rate",
                accepted="a share, since the vendor bears it: prices never rest on a table's rate",
                found="none",
            )
        return self

    @property
    def share_of_price(self) -> LostShare | None:
        """Withholding tax inside the price; none where the client bears it."""
        return self.withholding_rate if self.withholding_borne_by == "vendor" else None
