"""Turnaround time as a percentile on a stated clock, and the credit when it is missed.

"95 % within 24 h" is met when 95 % of the units of the period took 24 hours or less on the
clock. The p-th percentile is the least time that a share p of the units did not exceed (nearest
rank).
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from pricing.misfit import misfit
from pricing.opening_hours import ClockTime, DayRange, Window
from pricing.terms.fields import Part
from pricing.terms.line import TermLine, refuse_negative, share_line
from pricing.terms.output.working_clock import WorkingClock, always, working_hours
from staffing.errors import BadInputError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

MECHANISM = "turnaround"
_OFFICE_HOURS: dict[str, str] = {"mon-fri": "09:00-17:00"}


class TurnaroundTerms(Document):
    """Share of units finished in time on a stated clock, and the credit when it is missed."""

    percentile: Part = Field(description="Share in time, e.g. 0.95.")
    within_h: Annotated[Decimal, Field(gt=0, le=8784)] = Field(description="Hours on the clock.")
    clock: Literal["calendar", "business"] = "calendar"
    business_hours: dict[DayRange, Window] | None = Field(
        None, description="In which a business clock runs; none: mon-fri 09:00-17:00."
    )
    cut_off: ClockTime | None = Field(None, description="Later arrivals count from the next day.")
    credit: Part = Field(description="Share of the service's charge when missed.")

    @model_validator(mode="after")
    def _hours_of_a_business_clock(self) -> Self:
        if self.business_hours is None:
            return self
        if self.clock != "business":
            raise misfit("business_hours", accepted="none, or clock: business", found="hours")
        try:
            working_hours(self.business_hours)
        except BadInputError as error:
            issue = error.issues[0]
            raise misfit("business_hours", accepted=issue.accepted, found=issue.value) from None
        return self


def clock_of(terms: TurnaroundTerms, holidays: Collection[date] = ()) -> WorkingClock:
    """Clock of the terms; a calendar clock runs on holidays as well."""
    if terms.clock == "calendar":
        return always(terms.cut_off)
    hours = _OFFICE_HOURS if terms.business_hours is None else dict(terms.business_hours)
    return working_hours(hours, holidays, terms.cut_off)


def hours_taken(
    clock: WorkingClock, jobs: Iterable[tuple[datetime, datetime]]
) -> tuple[Decimal, ...]:
    """Hours on the clock of jobs, each given by arrival and completion, local times."""
    return tuple(clock.elapsed_h(arrived, finished) for arrived, finished in jobs)


def share_within(hours: Sequence[Decimal], within_h: Decimal) -> Decimal:
    """Share of jobs that took `within_h` or less; without any job 1, since none was late."""
    if not hours:
        return Decimal(1)
    return Decimal(sum(one <= within_h for one in hours)) / len(hours)


def percentile_h(hours: Sequence[Decimal], percentile: Decimal) -> Decimal:
    """Least time that a share of the jobs did not exceed, nearest rank.

    Raises
    ------
    BadInputError
        No jobs, or a percentile outside 0 to 1.
    """
    if not hours:
        raise BadInputError.at("hours", "none", "one job at least")
    if not 0 <= percentile <= 1:
        raise BadInputError.at("percentile", percentile, "a share, 0 to 1")
    rank = int((percentile * len(hours)).to_integral_value(ROUND_CEILING))
    return sorted(hours)[max(rank, 1) - 1]


def turnaround_line(terms: TurnaroundTerms, charges: Decimal, in_time: Decimal) -> TermLine | None:
    """Credit where the share in time is below the percentile, else None.

    Parameters
    ----------
    terms : TurnaroundTerms
        Promise and credit.
    charges : Decimal
        The service's charges, money, 0 or more.
    in_time : Decimal
        Share of units within the time, 0 to 1.
    """
    refuse_negative(charges=charges)
    if not 0 <= in_time <= 1:
        raise BadInputError.at("in_time", in_time, "a share, 0 to 1")
    if in_time >= terms.percentile or not terms.credit:
        return None
    what = f"{in_time:.1%} within {terms.within_h:f} h, {terms.percentile:.1%} promised"
    return share_line(MECHANISM, what, -terms.credit, charges)
