"""A team whose first hires are fixed, and which hires for what it knows from then on.

What a quote plans is what people are hired by until it is seen how much work there is. From
`committed_weeks` on the team hires, calls people off and works overtime for the demand that is
there. Weeks t; people and work in productive full-time equivalents (FTE), money in plain numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class WeekCosts:
    """What a team pays by week, each of shape (weeks,), 0 or more.

    Parameters
    ----------
    payroll, overtime, surge, shortfall : ndarray
        Of one full-time equivalent in a full week: paid, of overtime, called off, of work missed.
    hire : ndarray
        Of one hire who stays, those lost on the way in it.
    """

    payroll: Array
    overtime: Array
    surge: Array
    shortfall: Array
    hire: Array


@dataclass(frozen=True)
class CommittedTeam:
    """One team over the term, and until when it hires as planned.

    Parameters
    ----------
    name : str
        Unique name.
    week_weights : ndarray, shape (weeks,)
        Length of each week inside the term, in weeks, each in (0, 1].
    go_live : float
        Productive people on day one, 0 or more, fixed.
    hires : ndarray, shape (weeks,)
        People who start training, as planned.
    committed_weeks : int
        Weeks whose hires are as planned, 0 or more.
    training_weeks : int
        Paid weeks before the first productive one.
    ramp : tuple of float
        Productivity in the weeks after training, each in (0, 1]; 1 afterwards.
    weekly_attrition : float
        Share of the team leaving in a week, in [0, 1).
    overtime_share_max : float
        Overtime over the productive team, at most.
    surge_heads, surge_effectiveness : float
        Most people called off at once, and the work of one against a productive person.
    surge_min_weeks : int
        Length of a call-off, 1 or more.
    held_back : ndarray, shape (ages,)
        Share of the work of j weeks ago that may still wait at the end of a week.
    costs : WeekCosts
        What is paid.
    """

    name: str
    week_weights: Array
    go_live: float
    hires: Array
    committed_weeks: int
    training_weeks: int
    ramp: tuple[float, ...]
    weekly_attrition: float
    overtime_share_max: float
    surge_heads: float
    surge_effectiveness: float
    surge_min_weeks: int
    held_back: Array
    costs: WeekCosts

    @property
    def num_weeks(self) -> int:
        """Weeks of the term."""
        return len(self.week_weights)

    @property
    def increments(self) -> Array:
        """Productivity one hire adds j weeks after training, attrition included.

        ``(1 - a)^(L + j) (r_j - r_(j-1))`` with full productivity at the end.
        """
        steps = np.diff(np.array([0.0, *self.ramp, 1.0]))
        weeks = self.training_weeks + np.arange(len(steps))
        return np.asarray((1 - self.weekly_attrition) ** weeks * steps, dtype=float)

    def called_off(self, starts: Array) -> Array:
        """People on call-off by week, from those who start, each of shape (..., weeks)."""
        total = np.zeros((*starts.shape[:-1], self.num_weeks + 1))
        np.cumsum(starts, axis=-1, out=total[..., 1:])
        first = np.maximum(np.arange(self.num_weeks) + 1 - self.surge_min_weeks, 0)
        return np.asarray(total[..., 1:] - total[..., first], dtype=float)

    def at_rates(self, attrition: float = 1.0, ramp: float = 1.0) -> CommittedTeam:
        """Let other shares leave, and new people lose another part to the ramp.

        Parameters
        ----------
        attrition : float
            Times as many people leave, a whole team in two weeks at most.
        ramp : float
            Times as much is lost to the ramp; each step stays above 0.
        """
        return replace(
            self,
            weekly_attrition=min(self.weekly_attrition * attrition, 0.5),
            ramp=tuple(min(max(1 - (1 - r) * ramp, 0.01), 1.0) for r in self.ramp),
        )
