"""Candidate shifts of the standard week, generated from labour rules and site hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import LabourRules
    from staffing.grid import WeekGrid


@dataclass(frozen=True)
class WeekShift:
    """A shift on one day of the week.

    Parameters
    ----------
    start : int
        Interval of the week in which it starts, site-local.
    length : int
        Intervals from start to end, breaks included; it may wrap past the end of the week.
    """

    start: int
    length: int

    def covers(self, grid: WeekGrid) -> NDArray[np.int64]:
        """Intervals worked, shape (length,)."""
        return (self.start + np.arange(self.length)) % grid.size


def shift_catalogue(
    labour: LabourRules,
    grid: WeekGrid,
    site_open: NDArray[np.bool_],
    wanted: NDArray[np.bool_],
) -> tuple[WeekShift, ...]:
    """List every shift the rules allow that touches wanted time.

    Parameters
    ----------
    labour : LabourRules
        Lengths and starts.
    grid : WeekGrid
        Standard week.
    site_open : ndarray of bool, shape (grid.size,)
        A shift lies wholly inside these intervals.
    wanted : ndarray of bool, shape (grid.size,)
        Intervals in which work may be done; a shift overlaps at least one.

    Returns
    -------
    tuple of WeekShift, ordered by start, then length
    """
    lengths = sorted({round(hours / grid.interval_h) for hours in labour.lengths_on_offer_h})
    starts = np.flatnonzero(np.isin(grid.minute_of_day, labour.start_minutes))
    allowed = []
    for length in lengths:
        covered = (starts[:, None] + np.arange(length)) % grid.size
        allowed.append(site_open[covered].all(axis=1) & wanted[covered].any(axis=1))
    found = np.argwhere(np.array(allowed).T)
    return tuple(WeekShift(int(starts[i]), lengths[k]) for i, k in found)
