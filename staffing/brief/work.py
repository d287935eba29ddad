"""Services: how much work arrives, and what must be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

HistoryStep = Literal["hour", "day", "week", "month"]


@dataclass(frozen=True)
class VolumeHistory:
    """Observed or forecast volumes at equal steps.

    Parameters
    ----------
    starts_on : date
        Local date on which the first step begins.
    step : {"hour", "day", "week", "month"}
        Length of one step; months are calendar months.
    values : ndarray, shape (n,)
        Units per step, 0 or more.
    """

    starts_on: date
    step: HistoryStep
    values: NDArray[np.float64]


@dataclass(frozen=True)
class VolumeBrief:
    """How much work arrives: a yearly level or a history, and its shape in the week.

    Parameters
    ----------
    units_per_year : float or None
        Level of the first contract year; None when `history` gives it.
    history : VolumeHistory or None
        Series from which level, season and (if fine enough) the shape of the week are read.
    seasonality : ndarray, shape (12,), or None
        Relative level by calendar month, mean 1 (with `units_per_year` only).
    profile : ndarray or None
        Weights over the week, shape (grid.size,), any positive sum; None for flat in opening
        hours, or the history's own shape.
    growth_per_year : float
        Yearly growth from the contract's start, above -1.
    scale : float
        Factor on every volume, positive.
    """

    units_per_year: float | None
    history: VolumeHistory | None
    seasonality: NDArray[np.float64] | None
    profile: NDArray[np.float64] | None
    growth_per_year: float
    scale: float


@dataclass(frozen=True)
class LiveTarget:
    """Answer `service_level` of the contacts within `threshold_s` seconds.

    `max_occupancy` caps handling time over available time, in (0, 1].
    """

    handle_time_s: float
    service_level: float
    threshold_s: float
    max_occupancy: float


@dataclass(frozen=True)
class TurnaroundTarget:
    """Finish every unit within `turnaround_h` hours of its arrival.

    `units_per_head_hour` is good units per scheduled productive hour: gross rate x utilisation
    x rework factor.
    """

    turnaround_h: float
    units_per_head_hour: float


@dataclass(frozen=True)
class ServiceBrief:
    """One stream of work in its own local time.

    Parameters
    ----------
    name : str
        Name of the service, unique in the brief.
    time_zone : str
        IANA name; volumes and opening hours are in this clock.
    open_mask : ndarray of bool, shape (grid.size,)
        Intervals in which work may be done.
    volume : VolumeBrief
        How much work arrives.
    target : LiveTarget or TurnaroundTarget
        What must be met.
    min_heads : int
        Fewest people on duty while open, breaks included, 0 or more.
    path : str
        Where the service stands in the author's document, for messages.
    """

    name: str
    time_zone: str
    open_mask: NDArray[np.bool_]
    volume: VolumeBrief
    target: LiveTarget | TurnaroundTarget
    min_heads: int
    path: str = ""

    def field(self, name: str) -> str:
        """Path of one of its fields, for messages."""
        return f"{self.path or f'services[{self.name}]'}.{name}"
