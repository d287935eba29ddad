"""Surge: people kept ready for a fee, and called off at a rate that depends on the notice.

Four lines: standby per reserved head and month; hours at the rate of the notice; hours missing to
the minimum engagement; demobilisation per person. No public figure for a standby fee was found:
all of them are terms of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from pricing.exact import NonNegativeExact, PositiveExact, exactly
from pricing.misfit import misfit
from pricing.terms.line import TermLine, check_days, refuse_negative
from staffing.errors import BadInputError
from staffing.plan import Document

STANDBY = "surge_standby"
CALL_OFF = "surge_call_off"
MINIMUM = "surge_minimum"
DEMOBILISATION = "surge_demobilisation"


class SurgeRate(Document):
    """Price of an hour called off at a notice."""

    notice_h: Annotated[Decimal, Field(ge=0, le=8784)] = Field(description="At least.")
    hour_price: PositiveExact


class SurgeCallOff(Document):
    """People kept ready, and called off at notice."""

    standby_heads: Annotated[Decimal, Field(ge=0, le=100_000)] = Decimal(0)
    standby_fee: NonNegativeExact = Field(Decimal(0), description="Per reserved head and month.")
    rates: Annotated[tuple[SurgeRate, ...], Field(min_length=1, max_length=20)]
    minimum_hours: NonNegativeExact = Field(Decimal(0), description="Billed per person at least.")
    demobilisation_fee: NonNegativeExact = Field(
        Decimal(0), description="Per person called off, once."
    )

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        notices = [rate.notice_h for rate in self.rates]
        for at, notice in enumerate(notices):
            if notice in notices[:at]:
                raise misfit("rates", at, "notice_h", accepted="each notice once")
        return self


@dataclass(frozen=True)
class CallOff:
    """People called off for a peak.

    Parameters
    ----------
    notice_h : Decimal
        Hours from the call to the first hour of work, 0 or more.
    people : Decimal
        People who came, 0 or more.
    hours : Decimal
        Hours worked by all of them together, 0 or more.
    """

    notice_h: Decimal
    people: Decimal
    hours: Decimal


def standby_line(terms: SurgeCallOff, days: int = 1, of_days: int = 1) -> TermLine | None:
    """Standby of a month, prorated by days; None where nobody is reserved or nothing is due."""
    check_days(days, of_days)
    if not terms.standby_heads or not terms.standby_fee:
        return None
    whole = days == of_days
    return TermLine(
        STANDBY,
        "people kept ready",
        terms.standby_heads,
        "head-month",
        terms.standby_fee,
        None if whole else days,
        None if whole else of_days,
    )


def rate_at(terms: SurgeCallOff, notice_h: Decimal) -> SurgeRate:
    """Rate of a notice: that of the longest agreed notice it allows.

    Raises
    ------
    BadInputError
        A notice shorter than any agreed one: nobody has to come, and there is no price.
    """
    allowed = [rate for rate in terms.rates if rate.notice_h <= notice_h]
    if not allowed:
        least = min(rate.notice_h for rate in terms.rates)
        raise BadInputError.at("notice_h", notice_h, f"should be {least} or more, as agreed")
    return max(allowed, key=lambda rate: rate.notice_h)


def call_off_lines(terms: SurgeCallOff, call: CallOff) -> tuple[TermLine, ...]:
    """Hours worked, hours missing to the minimum engagement, demobilisation.

    The minimum is one for the call: people's hours together against people times the minimum.
    """
    refuse_negative(people=call.people, hours=call.hours)
    if call.hours and not call.people:
        raise BadInputError.at("people", call.people, "should be above 0, since hours were worked")
    if not call.people:
        return ()
    rate = rate_at(terms, call.notice_h)
    with exactly():
        missing = call.people * terms.minimum_hours - call.hours
    what = f"called off at {rate.notice_h:f} h notice"
    lines = [TermLine(CALL_OFF, what, call.hours, "hour", rate.hour_price)]
    if missing > 0:
        what = f"to {terms.minimum_hours:f} h per person"
        lines.append(TermLine(MINIMUM, what, missing, "hour", rate.hour_price))
    if terms.demobilisation_fee:
        fee = terms.demobilisation_fee
        lines.append(TermLine(DEMOBILISATION, "demobilisation", call.people, "person", fee))
    return tuple(lines)
