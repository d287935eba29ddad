"""A peak of work and the ladder of sources that could meet it.

Time is counted from the call, the moment the peak is known. Days are blocks of 24 hours laid so
that one of them starts with the peak: day d starts ``first_day_h + 24 d`` hours after the call. A
source can start work on the first day that begins no earlier than its hours of notice after the
call, so more notice of the peak never takes anybody away. Symbols and rules: docs/models/surge.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SurgeKind = Literal["overtime", "bench", "cross_trained", "pool", "agency", "cold_hire"]
HOURS_PER_DAY = 24.0
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class SurgeSource:
    """People, or hours of people, that can be had for a peak.

    Parameters
    ----------
    name : str
        Unique name.
    kind : SurgeKind
        Rung of the ladder it belongs to; strategies are compared by it.
    heads : float
        Most people that can be called at once, 0 or more. Of overtime: full-time equivalents.
    notice_h : float
        Hours from the call to the first hour on the job, 0 or more.
    hourly_cost : float
        All-in cost of one ordinary paid hour, 0 or more. Of a bench: what its hours cost on top
        of the standby fee, which is its wage; usually 0.
    show_up : float
        Share of those called who come, in (0, 1]; who does not come is not paid.
    effectiveness : tuple of float
        Productivity by day since the first day against a ramped person, each in (0, 1], not
        decreasing; the last one holds from then on.
    premium : float
        Pay on top of every hour as a share of `premium_base`, 0 or more.
    premium_base : float
        Base wage of one hour, 0 or more.
    min_engagement_days : int
        Days for which whoever comes is paid, 1 or more.
    standby_fee_per_head_week : float
        Fee of one reserved head for one week, 0 or more; due whether or not the peak comes.
    reserved : bool
        Whether heads must be reserved before the peak is known; if not, up to `heads` may be
        called without any fee.
    onboarding_cost : float
        Cost of everybody who starts, 0 or more, wages apart.
    onboarding_h : float
        First paid hours of everybody who starts, in which nothing is produced, 0 or more.
    needs_seat, needs_licence, needs_training, needs_access : bool
        Whether each takes a seat and a licence while there, and a trainer's place and an access to
        the client's systems when starting.
    """

    name: str
    kind: SurgeKind
    heads: float
    notice_h: float
    hourly_cost: float
    show_up: float = 1.0
    effectiveness: tuple[float, ...] = (1.0,)
    premium: float = 0.0
    premium_base: float = 0.0
    min_engagement_days: int = 1
    standby_fee_per_head_week: float = 0.0
    reserved: bool = False
    onboarding_cost: float = 0.0
    onboarding_h: float = 0.0
    needs_seat: bool = False
    needs_licence: bool = False
    needs_training: bool = False
    needs_access: bool = False

    @property
    def hourly_premium(self) -> float:
        """Premium pay of one hour."""
        return self.premium * self.premium_base

    def first_day(self, first_day_h: float) -> int:
        """First day that starts no earlier than the notice after the call.

        A source without notice can be had on any day, before the call too.

        Parameters
        ----------
        first_day_h : float
            Hours from the call to the start of day 0.
        """
        if self.notice_h == 0:
            return 0
        return max(0, ceil((self.notice_h - first_day_h) / HOURS_PER_DAY - _TOLERANCE))


@dataclass(frozen=True)
class SurgeLimits:
    """What all sources share; None for no limit.

    Parameters
    ----------
    seats, licences : float or None
        People at once, 0 or more.
    trainer_places, access_per_day : float or None
        People who may start in a day: trainers x class size; accesses the client grants.
    """

    seats: float | None = None
    licences: float | None = None
    trainer_places: float | None = None
    access_per_day: float | None = None


@dataclass(frozen=True)
class Backlog:
    """Work that may wait.

    Parameters
    ----------
    share : float
        Share of each day's work that may wait, in [0, 1].
    wait_days : int
        Days it may wait at most, 0 or more; 0: it is due on its day.
    """

    share: float = 0.0
    wait_days: int = 0


@dataclass(frozen=True)
class SurgeProblem:
    """What a peak takes and who could come for it.

    Parameters
    ----------
    name : str
        Of the team.
    need_h : ndarray, shape (T,)
        Extra work by day, in productive hours of a ramped person, each 0 or more.
    hours_per_head : ndarray, shape (T,)
        Paid hours of one head by day, 0 where nobody works.
    sources : tuple of SurgeSource
        The ladder.
    first_day_h : float
        Hours from the call to the start of day 0; below 0 when that day began before the call.
    lead_days : int
        Whole days between the start of day 0 and the first extra work, 0 or more.
    limits : SurgeLimits
        What all sources share.
    backlog : Backlog
        Work that may wait.
    shortfall_price : float or None
        Cost of one hour of work not done in time, 0 or more; None: all must be done.
    standby_weeks : float
        Weeks of standby this peak has to carry, above 0: a year over the peaks in it.
    seats_per_head : float
        Seats one person on engagement takes at the busiest hour, in (0, 1]; people work in turn.
    present_share : float
        Share of paid hours at work, in (0, 1]: 1 less leave and absence.
    base_hourly_cost : float
        What a productive hour of the ordinary team costs, to compare with; 0 for no comparison.
    promise_h : float
        Hours since the call at which the people there are counted.
    day_names : tuple of str
        Name of each day, e.g. ``Mon``; empty for none.
    """

    name: str
    need_h: NDArray[np.float64]
    hours_per_head: NDArray[np.float64]
    sources: tuple[SurgeSource, ...]
    first_day_h: float = 0.0
    lead_days: int = 0
    limits: SurgeLimits = field(default_factory=SurgeLimits)
    backlog: Backlog = field(default_factory=Backlog)
    shortfall_price: float | None = None
    standby_weeks: float = 52.0
    seats_per_head: float = 1.0
    present_share: float = 1.0
    base_hourly_cost: float = 0.0
    promise_h: float = 48.0
    day_names: tuple[str, ...] = ()

    @property
    def num_days(self) -> int:
        """Days T."""
        return len(self.need_h)

    @property
    def notice_h(self) -> float:
        """Hours from the call to the first extra work."""
        return self.first_day_h + HOURS_PER_DAY * self.lead_days

    @property
    def present_h(self) -> NDArray[np.float64]:
        """Hours at work of one head by day, shape (T,)."""
        return self.hours_per_head * self.present_share

    @property
    def day_start_h(self) -> NDArray[np.float64]:
        """Hours from the call to the start of each day, shape (T,)."""
        return np.asarray(self.first_day_h + HOURS_PER_DAY * np.arange(self.num_days), dtype=float)

    def day_name(self, day: int) -> str:
        """Name a day for people, with its hours since the call."""
        start = self.first_day_h + HOURS_PER_DAY * day
        name = f" ({self.day_names[day]})" if self.day_names else ""
        return f"day {day + 1}{name}, hours {start:g} to {start + HOURS_PER_DAY:g} after the call"


def need_heads(problem: SurgeProblem) -> NDArray[np.float64]:
    """Ramped people the extra work of each day asks for, shape (T,); 0 where nobody works."""
    return in_ramped_people(problem, problem.need_h)


def in_ramped_people(
    problem: SurgeProblem, productive_h: NDArray[np.float64]
) -> NDArray[np.float64]:
    """People who do these hours of work by day when ramped, shape (T,); 0 where nobody works."""
    hours, present = np.asarray(productive_h, dtype=float), problem.present_h
    heads = np.divide(hours, present, out=np.zeros_like(hours), where=present > 0)
    return np.asarray(heads, dtype=float)


def at_notice(problem: SurgeProblem, notice_h: float) -> SurgeProblem:
    """Return the same work, known this many hours ahead; days before it go on as its weeks do."""
    lead = int(notice_h // HOURS_PER_DAY)
    known = slice(problem.lead_days, None)
    week = min(7, problem.num_days - problem.lead_days)
    before = np.arange(-lead, 0) % week
    hours, names = problem.hours_per_head[known], problem.day_names[known]
    return replace(
        problem,
        need_h=np.concatenate([np.zeros(lead), problem.need_h[known]]),
        hours_per_head=np.concatenate([hours[before], hours]),
        day_names=(*(names[day] for day in before), *names) if names else (),
        first_day_h=notice_h % HOURS_PER_DAY,
        lead_days=lead,
    )
