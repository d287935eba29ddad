"""RateReport: proposed charges for more and less work, by step, run and notice (vendor's view).

ARC: charge of an additional unit; RRC: credit of a reduced one. All rates are costs of re-solved
steps times (1 + kappa) / (1 - g - f - m), without risk premium. *Long run*: hiring, support and
seats are planned anew for the other volume from the first week. *Short run*: it comes too late to
hire for it; the people of the plan stay, overtime, people called off and lateness answer.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.misfit import misfit
from pricing.money import Money
from staffing.plan import Document

Step = Annotated[float, Field(strict=True, gt=0, le=1)]
Notice = Annotated[float, Field(strict=True, ge=0, le=8784)]


class RateRequest(Document):
    """Which steps are re-solved; each is taken upward and downward."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=10)] = Field(
        (0.05, 0.10, 0.20), description="Sustained changes of volume as shares, rising."
    )
    band: Step | None = Field(
        None, description="Step whose rates are proposed; none: 0.10 or the nearest."
    )
    peak: Annotated[float, Field(strict=True, gt=0, le=100)] = Field(
        0.20, description="Extra work of a one-week peak, as a share."
    )
    surge: bool = Field(
        True, strict=True, description="Study the peak by hours of notice, where there is a ladder."
    )

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for at in range(1, len(self.steps)):
            if self.steps[at] <= self.steps[at - 1]:
                before = self.steps[at - 1]
                raise misfit("steps", at, accepted=f"more than the step before ({before:g})")
        return self

    @property
    def proposed_step(self) -> float:
        """Step whose rates are proposed."""
        wanted = 0.10 if self.band is None else self.band
        return min(self.steps, key=lambda step: abs(step - wanted))


class LongRunStep(Document):
    """A service's volume changed by a share over the whole term, everything planned anew.

    `cost` is over that of the plan with contingency, `cost_lines` are its parts; they are below 0
    where less work saves. `rate` is the price of one unit of the change, `fte_month_rate` of one
    full-time equivalent more or fewer for a month, None where the need does not move.
    """

    share: float
    units: str
    cost: Money
    cost_lines: dict[str, Money]
    rate: Money
    fte_months: float
    fte_month_rate: Money | None


class ShortRunRate(Document):
    """The same step with the people of the plan: what overtime, call-off and lateness cost.

    `labour_rate` is the part for overtime, call-off and work not done, which is what is solved for;
    it lies between `dual_low` and `dual_high`, the dual values at the ends of the step, whatever
    the solver chose. Full-time weeks are those beyond the plan.
    """

    share: float
    units: str
    cost: Money
    cost_lines: dict[str, Money]
    rate: Money
    labour_rate: Money
    dual_low: Money
    dual_high: Money
    overtime_weeks: float
    surge_weeks: float
    not_done_weeks: float


class RateBand(Document):
    """Rate within one band of volume: the cost from one step to the next over its units."""

    from_share: float
    to_share: float
    units: str
    cost: Money
    rate: Money


class ContractRate(Document):
    """A rate of the contract beside the proposed one.

    `margin` is what the vendor keeps of it after cost, SG&A and financing in the long run: of an
    ARC as a share of the charge; of an RRC, that what is saved exceeds the credit, as a share of
    the credit. None for a rate of 0.
    """

    name: Literal["arc", "rrc", "surge"]
    notice_h: float | None
    contract: Money
    proposed: Money | None
    margin: float | None


class NoticeRate(Document):
    """Price of a peak's work by hours of notice, from the surge ladder; None: cannot be done."""

    notice_h: float
    hour: Money | None
    unit: Money | None


class SpikeRate(Document):
    """Price of one unit more in a team's busiest week, by weeks of notice, plan's people fixed."""

    team: str
    week: int
    notice_weeks: int
    rate: Money


class ServiceRates(Document):
    """Rates of one service.

    `average` is the parity unit price: all cost over all units; `quoted` carries the risk premium.
    `arc` and `rrc` are proposed, per unit, for changes that last and are known `lead_weeks` ahead;
    `arc_late` is that of an additional unit nobody was hired for. `next_unit` and `last_unit` are
    the short-run rates of a step of 1 %.
    """

    service: str
    unit: str
    units: str
    average: Money
    quoted: Money
    step: float
    lead_weeks: int
    arc: Money
    rrc: Money
    arc_late: Money
    next_unit: Money
    last_unit: Money
    long_run: tuple[LongRunStep, ...]
    bands: tuple[RateBand, ...]
    short_run: tuple[ShortRunRate, ...]
    spikes: tuple[SpikeRate, ...]
    by_notice: tuple[NoticeRate, ...]
    contract: tuple[ContractRate, ...]


class RateReport(Document):
    """Rates at the margin of every service, beside those of the contract."""

    schema_version: Literal[1] = 1
    engagement: str
    client: str
    currency: str
    engagement_hash: str
    request: RateRequest
    services: tuple[ServiceRates, ...]
    notes: tuple[str, ...]
