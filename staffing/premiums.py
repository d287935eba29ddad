"""Premium classes of a paid hour: which interval pays which multiple of the base wage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid

PREMIUM_CLASSES = (
    "ordinary",
    "night",
    "saturday",
    "night_saturday",
    "sunday",
    "night_sunday",
)


@dataclass(frozen=True)
class PremiumRules:
    """Pay on top of the base wage, by clock and calendar, at the site's local time.

    Parameters
    ----------
    night, saturday, sunday : float
        Shares on top of the base wage, 0 or more (0.10 = ten per cent more).
    night_from_min, night_to_min : int
        Night window in minutes after midnight; it may run past midnight.
    stacking : {"additive", "multiplicative"}
        How a night hour on a weekend combines both premiums.
    """

    night: float
    saturday: float
    sunday: float
    night_from_min: int
    night_to_min: int
    stacking: Literal["additive", "multiplicative"]

    @property
    def multipliers(self) -> NDArray[np.float64]:
        """Multiple of the base wage by class, in the order of `PREMIUM_CLASSES`."""
        by_class = []
        for day_premium in (0.0, self.saturday, self.sunday):
            both = (
                day_premium + self.night
                if self.stacking == "additive"
                else (1 + day_premium) * (1 + self.night) - 1
            )
            by_class += [1 + day_premium, 1 + both]
        return np.array(by_class)

    def class_by_interval(self, grid: WeekGrid) -> NDArray[np.int64]:
        """Index into `PREMIUM_CLASSES` for every interval, shape (grid.size,)."""
        night = grid.window_mask(self.night_from_min, self.night_to_min)
        day = np.clip(grid.weekday - 4, 0, 2)
        return 2 * day + night

    def multiplier_by_interval(self, grid: WeekGrid) -> NDArray[np.float64]:
        """Multiple of the base wage for every interval, shape (grid.size,)."""
        return self.multipliers[self.class_by_interval(grid)]
