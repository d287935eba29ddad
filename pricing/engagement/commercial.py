"""Commercial terms: margin, shares of price, transition, premiums, and what is uncertain."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.choice_terms import ClientChoice
from pricing.engagement.tax_terms import TaxTerms
from pricing.engagement.uncertain_factors import FactorCorrelation, UncertainFactor
from pricing.exact import PositiveExact
from pricing.misfit import misfit
from pricing.parameters import (
    NonNegative,
    Ratio,
    Share,
)
from staffing.plan import Document


class Transition(Document):
    """One-off cost of going live, recruiting and training of the go-live team included."""

    cost: NonNegative
    amortisation_months: Annotated[int, Field(strict=True, ge=1, le=120)]
    interest_per_year: Share = Share(value=Decimal(0))


class RiskPremium(Document):
    """Named premiums on the parity unit price of the output-based offer."""

    productivity: Share = Share(value=Decimal("0.03"))
    volume: Share = Share(value=Decimal("0.02"))
    quality: Share = Share(value=Decimal("0.01"))
    wage_and_fx: Share = Share(value=Decimal(0))

    @property
    def total(self) -> Decimal:
        """Sum of the components."""
        parts = (self.productivity, self.volume, self.quality, self.wage_and_fx)
        return sum((part.value for part in parts), Decimal(0))


class Uncertainty(Document):
    """How far off the forecast may be: the whole term for the risk figures, the rest for futures.

    Hashes of documents without the fields that may be left out stay as they are.
    """

    volume_cv: Share = Share(value=Decimal("0.10"))
    productivity_cv: Share = Share(value=Decimal("0.05"))
    growth_sd: Share | None = Field(
        None,
        description="Standard deviation of the yearly growth (futures only); none: 0.03.",
        exclude_if=lambda value: value is None,
    )
    season_cv: Share | None = Field(
        None,
        description="Standard deviation of the season's strength (futures only); none: 0.20.",
        exclude_if=lambda value: value is None,
    )
    weekly_cv: Share | None = Field(
        None,
        description="Variation of single weeks (futures only); none: that of the service's "
        "history of two years or more, else 0.05.",
        exclude_if=lambda value: value is None,
    )
    factors: tuple[UncertainFactor, ...] | None = Field(
        None,
        description="What else may come otherwise (crewquote risk); none: the assumed ones. "
        "Volume and complexity follow volume_cv and productivity_cv where they are not listed.",
        exclude_if=lambda value: value is None,
    )
    correlations: tuple[FactorCorrelation, ...] | None = Field(
        None,
        description="Which factors go together; none: each moves by itself.",
        exclude_if=lambda value: value is None,
    )
    committed_weeks: Annotated[int, Field(strict=True, ge=0, le=1000)] | None = Field(
        None,
        description="Weeks in which people are hired as planned, whatever comes; none: 13.",
        exclude_if=lambda value: value is None,
    )
    order_notice_weeks: Annotated[int, Field(strict=True, ge=0, le=1000)] | None = Field(
        None,
        description="Weeks until the client's orders of people follow its work; none: 8.",
        exclude_if=lambda value: value is None,
    )

    @model_validator(mode="after")
    def _factors_are_listed_once(self) -> Self:
        names = [factor.name for factor in self.factors or ()]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise misfit("factors", place, "name", accepted="each factor once")
        return self


class Commercial(Document):
    """Terms of the sale."""

    target_margin: Share = Field(description="Profit over price.")
    floor_margin: Share = Field(Share(value=Decimal(0)), description="Lowest margin to sell at.")
    sga: Share = Field(description="SG&A as a share of price.")
    contingency: Ratio = Field(description="On cost, for risks not simulated.")
    dso_days: NonNegative = Field(description="Days until the client pays.")
    capital_cost: Ratio = Field(description="Per year, e.g. 0.10.")
    validity_days: Annotated[int, Field(strict=True, ge=1, le=3650)] = 60
    unit_price_places: Annotated[int, Field(strict=True, ge=2, le=6)] = 4
    fte_step: Annotated[Decimal, Field(ge=Decimal("0.01"), le=100)] = Field(
        Decimal(1), description="Smallest step in which the client orders full-time equivalents."
    )
    transition: Transition | None = None
    client_budget: PositiveExact | None = Field(
        None,
        description="What the client can spend over the term, before tax: a quote says how likely "
        "each bill is above it, to the client too. No price uses it.",
        exclude_if=lambda value: value is None,
    )
    demobilisation_cost: NonNegative | None = Field(
        None,
        description="What ending the contract early costs beyond the transition not yet recovered.",
        exclude_if=lambda value: value is None,
    )
    price_over_term: Literal["flat", "yearly"] = Field(
        "flat",
        description="flat: one price for the term; yearly: each contract year at its own cost.",
        exclude_if=lambda value: value == "flat",
    )
    discounting: Literal["none", "capital_cost"] = Field(
        "none",
        description="capital_cost: prices recover cost discounted to the start at capital_cost.",
        exclude_if=lambda value: value == "none",
    )
    index_growth_per_year: Ratio | None = Field(
        None,
        description="Assumed growth of the index of contract.indexation; prices count on it.",
        exclude_if=lambda value: value is None,
    )
    risk_premium: RiskPremium = RiskPremium()
    uncertainty: Uncertainty = Uncertainty()
    choice: ClientChoice | None = Field(
        None,
        description="What the client knows and how it chooses (crewquote offers); none: defaults.",
        exclude_if=lambda value: value is None,
    )
    prices_from: Literal["stated", "risk"] | None = Field(
        None,
        description="stated: parity times the premiums stated; risk: lowest prices that hold "
        "margin and bad futures after the client's choice. None: stated.",
        exclude_if=lambda value: value is None,
    )
    risk_from: Literal["curve", "futures"] | None = Field(
        None,
        description="Where a quote's risk comes from. futures: 100,000 draws of all factors, "
        "solved, seconds more; curve: 10,000 draws of volume and productivity along the staffing "
        "curve. None: futures.",
        exclude_if=lambda value: value is None,
    )
    tax: TaxTerms | None = Field(
        None,
        description="Taxes on the invoices; none: none are shown.",
        exclude_if=lambda tax: tax is None,
    )

    @property
    def withholding_share(self) -> Decimal:
        """Withholding tax the vendor bears, as a share of price."""
        share = self.tax.share_of_price if self.tax else None
        return Decimal(0) if share is None else share.value

    @property
    def financing_share(self) -> Decimal:
        """What is lost between bill and cash as a share of price, ``r DSO / 365 + t``.

        The cost of waiting for payment, and withholding tax where the vendor bears it.
        """
        return self.capital_cost.value * self.dso_days.value / 365 + self.withholding_share

    @model_validator(mode="before")
    @classmethod
    def _what_prices_rest_on_is_written_out(cls, raw: object) -> object:
        """Prices from risk rest on what the client knows: assumed or not, it is in the document."""
        if isinstance(raw, dict) and raw.get("prices_from") == "risk":
            fields: dict[str, Any] = {**raw}
            if fields.get("choice") is None:
                fields["choice"] = {}
            return fields
        return raw

    @model_validator(mode="after")
    def _shares_leave_room(self) -> Self:
        margin, floor = self.target_margin.value, self.floor_margin.value
        taken = max(margin, floor) + self.sga.value + self.financing_share
        if taken >= 1:
            raise misfit(
                accepted="target_margin (or floor_margin) + sga + capital_cost x dso_days / 365"
                + (" + withholding_rate" if self.withholding_share else "")
                + f" below 1 (they sum to {taken:.4f})",
            )
        if floor > margin:
            raise misfit("floor_margin", accepted=f"at most target_margin ({margin})")
        if self.index_growth_per_year is not None and self.price_over_term == "yearly":
            raise misfit(
                "index_growth_per_year",
                accepted="none where price_over_term is yearly: prices by year hold their own cost",
            )
        return self
