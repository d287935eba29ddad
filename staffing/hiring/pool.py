"""A pool of people who do the same work at one site: how they join, learn, help out and leave.

People are heads. Work is in hours of an experienced person at work, after absence. Cost is in
plain numbers. Weeks count from 0, and tenure in full weeks since the first day of training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.tenure import Tenure

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class StaffGroup:
    """People there on the first day.

    Parameters
    ----------
    heads : float
        People, 0 or more.
    tenure_weeks : int
        Full weeks since their first day of training, 0 or more.
    """

    heads: float
    tenure_weeks: int


@dataclass(frozen=True)
class OvertimeTerms:
    """Hours on top of the contract.

    Parameters
    ----------
    cost_per_h : float
        Cost of an overtime hour, 0 or more.
    share_max : float
        Most overtime of a week, over the week's ordinary productive hours of own people.
    window_weeks : int or None
        Length of the rolling window of `window_share_max`, weeks, 1 or more; None: the whole term.
    window_share_max : float or None
        Most overtime of any such window, over its ordinary productive hours; None for no cap.
    """

    cost_per_h: float
    share_max: float
    window_weeks: int | None = None
    window_share_max: float | None = None


@dataclass(frozen=True)
class ReleaseTerms:
    """Letting experienced people go; they work and are paid during their notice.

    Parameters
    ----------
    notice_weeks : int
        Weeks between the notice, given at the start of a week, and the last day, 0 or more.
    severance : float
        Cost of each person given notice, due in the week the notice is given.
    """

    notice_weeks: int
    severance: float


@dataclass(frozen=True)
class TemporaryTerms:
    """People on contracts that end by themselves; trained, they work from the first day.

    Parameters
    ----------
    cost_per_week : float
        Cost of one for a week.
    effectiveness : float
        Work over that of an experienced person, in (0, 1].
    min_weeks, max_weeks : int
        Shortest and longest contract, weeks, 1 or more; who started first leaves first.
    notice_weeks : int
        Weeks before the first contract can start.
    start_cost : float
        Cost of each contract.
    """

    cost_per_week: float
    effectiveness: float
    min_weeks: int
    max_weeks: int
    notice_weeks: int = 0
    start_cost: float = 0.0


@dataclass(frozen=True)
class CrossTrainedTerms:
    """People of other accounts who help for a week at a time.

    Parameters
    ----------
    cost_per_week : float
        Cost of one for a week.
    effectiveness : float
        Work over that of an experienced person, in (0, 1].
    notice_weeks : int
        Weeks before the first of them can come.
    """

    cost_per_week: float
    effectiveness: float
    notice_weeks: int = 0


@dataclass(frozen=True)
class BacklogTerms:
    """Work that may wait; all of it is done by the end of the term.

    Parameters
    ----------
    share : float
        Share of a week's work that may wait at all, in [0, 1].
    weeks : float
        Longest wait, weeks, 0 or more; work of 1.5 weeks ago may still wait for half of its share.
    cost_per_h : float
        Cost of an hour of work waiting at the end of a week.
    opening_h : float
        Hours already waiting on the first day, to be done within `weeks`.
    """

    share: float
    weeks: float
    cost_per_h: float = 0.0
    opening_h: float = 0.0

    def waiting_share(self, ages: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of work due `ages` weeks ago that may still wait at the end of this week."""
        return np.asarray(self.share * np.clip(self.weeks - ages, 0.0, 1.0), dtype=float)


@dataclass(frozen=True)
class HiringPool:
    """People of one skill and language at one site, and their work.

    Parameters
    ----------
    name : str
        Unique name.
    need_h : ndarray, shape (weeks,)
        Hours of work of experienced people due in each full week, 0 or more.
    hours_per_week : float
        Contract hours of one person, above 0.
    wage : float
        Cost of one person for a week, absence included, 0 or more.
    hire_cost : float
        Recruiting and training cost of each person who starts, wages apart.
    lead_weeks : int
        Weeks of training, paid from the first day, 0 or more.
    access_weeks : int
        Weeks after training until credentials and the client's access are there: paid, no work.
    ramp : tuple of float
        Productivity in the weeks after that, in (0, 1], not decreasing; 1 afterwards.
    attrition : tuple of float
        Share leaving in a week by tenure: entry j leaves between week j and j + 1. Each in
        [0, 1); the last one holds from there on.
    early_loss : float
        Share of a class that leaves when training ends, [0, 1).
    training_wage : float or None
        Cost of one person in training or waiting for access, a week; None: the wage.
    nesting_h : tuple of float
        Hours that experienced people spend on a person in each week of tenure; 0 afterwards.
    absence : ndarray, shape (weeks,), or float
        Share of contract hours not worked: holidays, leave, illness, in [0, 1).
    staff : tuple of StaffGroup
        People there on the first day.
    go_live_max : float
        Most experienced people that the plan may put there on the first day, on top of `staff`;
        infinite for no limit.
    go_live_cost : float
        Cost of each of them, wages apart.
    hires_max : float
        Most people who start in a week; infinite for no limit, 0 for no hiring.
    class_size : int or None
        Most people in a training class; None: people start alone.
    overtime, release, temporary, cross_trained, backlog
        Terms of each; None: there is none of it.
    ahead_cost_per_h : float or None
        Cost of an hour of work done before its week, at the end of each week until then; None:
        work cannot be done ahead.
    shortfall_price : float or None
        Price of an hour of work not done; None: all work is done.
    """

    name: str
    need_h: NDArray[np.float64]
    hours_per_week: float
    wage: float
    hire_cost: float = 0.0
    lead_weeks: int = 0
    access_weeks: int = 0
    ramp: tuple[float, ...] = ()
    attrition: tuple[float, ...] = (0.0,)
    early_loss: float = 0.0
    training_wage: float | None = None
    nesting_h: tuple[float, ...] = ()
    absence: NDArray[np.float64] | float = 0.0
    staff: tuple[StaffGroup, ...] = ()
    go_live_max: float = 0.0
    go_live_cost: float = 0.0
    hires_max: float = float("inf")
    class_size: int | None = None
    overtime: OvertimeTerms | None = None
    release: ReleaseTerms | None = None
    temporary: TemporaryTerms | None = None
    cross_trained: CrossTrainedTerms | None = None
    backlog: BacklogTerms | None = None
    ahead_cost_per_h: float | None = None
    shortfall_price: float | None = None

    @property
    def ready_weeks(self) -> int:
        """Tenure of the first week of work: training and access are over."""
        return self.lead_weeks + self.access_weeks

    @property
    def settled_weeks(self) -> int:
        """Tenure from which a person is experienced.

        The ramp is over, nobody spends hours on them, and they leave at the last rate.
        """
        return max(
            self.ready_weeks + len(self.ramp), len(self.nesting_h), len(self.attrition) - 1, 0
        )

    @property
    def trainee_wage(self) -> float:
        """Cost of one person in training for a week."""
        return self.wage if self.training_wage is None else self.training_wage

    @cached_property
    def tenure(self) -> Tenure:
        """What becomes of its people by weeks of tenure."""
        return Tenure.of(self)

    @cached_property
    def present_h(self) -> NDArray[np.float64]:
        """Hours at work of one person by week, shape (weeks,)."""
        share = 1 - np.broadcast_to(np.asarray(self.absence, dtype=float), np.shape(self.need_h))
        return np.asarray(self.hours_per_week * share, dtype=float)
