"""How a site hires, trains, borrows, keeps and releases people: terms of a hiring plan.

No quote rests on them; what is left out is planned on the site's attrition, training weeks, ramp,
surge and overtime terms.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from pricing.engagement.fields import Name
from pricing.misfit import misfit
from pricing.parameters import FullShare, LostShare, NonNegative, Ratio, Share
from staffing.plan import Document

Heads = Annotated[float, Field(strict=True, ge=0, le=100_000)]
Weeks = Annotated[int, Field(strict=True, ge=0, le=104)]
AtLeastOneWeek = Annotated[int, Field(strict=True, ge=1, le=520)]


class TenureStep(Document):
    """How many leave in a week from a length of service on, up to the next step."""

    from_week: Annotated[int, Field(strict=True, ge=0, le=520)] = Field(
        description="Full weeks since the first day of training."
    )
    leaving_per_week: Share = Field(description="Share that leaves in a week, e.g. 0.02.")


class Release(Document):
    """What it takes to release people; they work and are paid during their notice."""

    notice_weeks: Weeks = 4
    severance_weeks: Annotated[float, Field(strict=True, ge=0, le=104)] = Field(
        0.0, description="Weeks of pay that a released person receives."
    )


class TemporaryContracts(Document):
    """People on contracts that end by themselves, no notice and no severance."""

    heads: Heads = Field(description="Most of them at once.")
    premium: Ratio = Field(Ratio(value=Decimal("0.25")), description="On the base wage.")
    effectiveness: FullShare = Field(
        FullShare(value=Decimal("0.85")), description="Output over that of an experienced person."
    )
    min_weeks: AtLeastOneWeek = 4
    max_weeks: AtLeastOneWeek = 26

    @model_validator(mode="after")
    def _shortest_first(self) -> Self:
        if self.max_weeks < self.min_weeks:
            raise misfit("max_weeks", accepted=f"at least min_weeks ({self.min_weeks})")
        return self


class CrossTrained(Document):
    """People of other work who can help for a week at a time."""

    heads: Heads = Field(description="Most of them at once.")
    premium: Ratio = Field(Ratio(value=Decimal(0)), description="On the base wage.")
    effectiveness: FullShare = Field(
        FullShare(value=Decimal("0.85")), description="Output over that of an experienced person."
    )


class ExistingStaff(Document):
    """People already there on the first day."""

    service: Name
    heads: Heads
    tenure_weeks: Annotated[int, Field(strict=True, ge=0, le=2080)] = Field(
        description="Full weeks since their first day of training, for the group."
    )


class Upskilling(Document):
    """People of one service trained for another."""

    from_service: Name
    to_service: Name
    cost: NonNegative = Field(description="Per person, engagement currency.")
    weeks: Weeks = Field(description="Weeks away from work.")
    loss: LostShare = Field(LostShare(value=Decimal(0)), description="Share that fails and leaves.")
    max_per_week: Heads | None = Field(None, description="Most who start in a week.")

    @model_validator(mode="after")
    def _services_differ(self) -> Self:
        if self.from_service == self.to_service:
            raise misfit("to_service", accepted="another service than from_service")
        return self


class Hiring(Document):
    """Terms of the hiring plan of a site, all optional."""

    class_size: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = Field(
        None, description="Most people in a training class; none for no limit."
    )
    classes_per_week: Annotated[float, Field(strict=True, ge=0, le=1000)] | None = Field(
        None, description="Most classes that start in a week; needs class_size."
    )
    trainers: Annotated[float, Field(strict=True, ge=0, le=10_000)] | None = Field(
        None, description="Each has one class in training at a time; needs class_size."
    )
    nesting_h_per_trainee_week: Annotated[float, Field(strict=True, ge=0, le=40)] = Field(
        0.0, description="Hours of experienced people per trainee and week of ramp."
    )
    access_weeks: Weeks = Field(
        0, description="Weeks from the end of training to the client's access, paid, no work."
    )
    attrition_by_tenure: Annotated[tuple[TenureStep, ...], Field(max_length=20)] = Field(
        (), description="Leaving by length of service; none: the site's annual attrition."
    )
    release: Release | None = Field(None, description="None: nobody is released.")
    temporary: TemporaryContracts | None = None
    cross_trained: CrossTrained | None = None
    staff: Annotated[tuple[ExistingStaff, ...], Field(max_length=500)] = Field(
        (), description="None: the plan chooses an experienced team for the first day."
    )
    absence_by_month: (
        Annotated[tuple[LostShare, ...], Field(min_length=12, max_length=12)] | None
    ) = Field(None, description="Out-of-office share, January to December; none: shrinkage.")
    licences: Heads | None = Field(None, description="Most people at work at once; none: no limit.")
    overtime_share_max_term: Share | None = Field(
        None, description="Most overtime over the whole term, a share of the team's hours."
    )
    upskilling: Annotated[tuple[Upskilling, ...], Field(max_length=50)] = ()
    backlog_share: FullShare | None = Field(
        None, description="Share of a week's work that may wait for the next; none: none may."
    )
    shortfall_price: NonNegative | None = Field(
        None, description="Per missing productive hour; none: every week is fully staffed."
    )
    whole_people: bool = Field(False, description="Hire whole people.")

    @model_validator(mode="after")
    def _classes(self) -> Self:
        if self.classes_per_week is not None and self.trainers is not None:
            raise misfit("trainers", accepted="either trainers or classes_per_week; leave one out")
        for name in ("classes_per_week", "trainers"):
            if getattr(self, name) is not None and self.class_size is None:
                raise misfit("class_size", accepted=f"people in a class, since {name} is given")
        return self

    @model_validator(mode="after")
    def _tenure_steps(self) -> Self:
        starts = [step.from_week for step in self.attrition_by_tenure]
        if starts and starts[0] != 0:
            raise misfit("attrition_by_tenure", 0, "from_week", accepted="0 in the first step")
        for at in range(1, len(starts)):
            if starts[at] <= starts[at - 1]:
                raise misfit(
                    *("attrition_by_tenure", at, "from_week"),
                    accepted=f"more than in the step before ({starts[at - 1]})",
                )
        return self
