"""What becomes of people by tenure: how many stay, what they can do, who they keep busy.

One person who starts in week u is still there in week t with share ``S(t - u)``, so people need no
variable per cohort: sums ``h_u S(t - u) w(t - u)`` give heads, work and wages. From the tenure
``settled_weeks`` on all leave at one rate and one recursion is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.pool import HiringPool

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Tenure:
    """Shares of one pool by weeks of tenure 0 ... settled_weeks - 1, and what holds afterwards.

    Parameters
    ----------
    stay : float
        Share of settled people who stay from one week to the next.
    survival : ndarray, shape (settled_weeks + 1,)
        Share of those who start that is there at each tenure, the early loss included.
    in_training : ndarray of bool, shape (settled_weeks,)
        Training or waiting for access.
    in_ramp : ndarray of bool, shape (settled_weeks,)
        At work, below full productivity.
    productivity : ndarray, shape (settled_weeks,)
        Work over that of an experienced person: 0 before access, then the ramp, then 1.
    nesting_h : ndarray, shape (settled_weeks,)
        Hours of experienced people spent on one person.
    """

    stay: float
    survival: Array
    in_training: NDArray[np.bool_]
    in_ramp: NDArray[np.bool_]
    productivity: Array
    nesting_h: Array

    @classmethod
    def of(cls, pool: HiringPool) -> Tenure:
        """Work out the shares of a pool."""
        settled, ready = pool.settled_weeks, pool.ready_weeks
        weeks = np.arange(settled)
        last = len(pool.attrition) - 1
        leaving = np.array(pool.attrition)[np.minimum(weeks, last)]
        survival = np.concatenate([[1.0], np.cumprod(1 - leaving)])
        survival[pool.lead_weeks :] *= 1 - pool.early_loss
        productivity = np.ones(settled)
        productivity[:ready] = 0.0
        productivity[ready : ready + len(pool.ramp)] = pool.ramp
        nesting = np.zeros(settled)
        nesting[: len(pool.nesting_h)] = pool.nesting_h
        return cls(
            stay=1 - pool.attrition[-1],
            survival=survival,
            in_training=weeks < ready,
            in_ramp=(weeks >= ready) & (weeks < ready + len(pool.ramp)),
            productivity=productivity,
            nesting_h=nesting,
        )

    @property
    def settled(self) -> int:
        """Tenure from which people are settled."""
        return len(self.productivity)

    def kernel(self, weight: NDArray[np.bool_] | Array | float = 1.0) -> Array:
        """Weighted heads by tenure of one person who starts, shape (settled_weeks,)."""
        return np.asarray(self.survival[:-1] * weight, dtype=float)

    def hired(self, hires: Array, weight: NDArray[np.bool_] | Array | float = 1.0) -> Array:
        """Weighted heads by week of people hired who are not yet settled, shape (weeks,)."""
        weeks = len(hires)
        return np.asarray(np.convolve(hires, np.append(self.kernel(weight), 0.0))[:weeks])

    def staff(
        self, pool: HiringPool, weeks: int, weight: NDArray[np.bool_] | Array | float = 1.0
    ) -> Array:
        """Weighted heads by week of people of the first day who are not yet settled."""
        heads = np.zeros(weeks)
        kernel = self.kernel(weight)
        for group in pool.staff:
            left = kernel[group.tenure_weeks :][:weeks] / self._survived(group.tenure_weeks)
            heads[: len(left)] += group.heads * left
        return heads

    def staff_settling(self, pool: HiringPool, weeks: int) -> Array:
        """People of the first day by the week in which they become settled, shape (weeks,)."""
        heads = np.zeros(weeks)
        for group in pool.staff:
            week = max(self.settled - group.tenure_weeks, 0)
            if week < weeks:
                share = self.survival[-1] / self._survived(group.tenure_weeks)
                heads[week] += group.heads * (share if week else 1.0)
        return heads

    def _survived(self, tenure: int) -> float:
        return float(self.survival[min(tenure, self.settled)])

    def decays(self, weeks: int) -> Array:
        """Share of settled people still there after 0, 1, ... weeks, shape (weeks,)."""
        return np.asarray(self.stay ** np.arange(weeks), dtype=float)
