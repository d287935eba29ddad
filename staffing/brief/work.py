"""Services: how much work arrives, and what must be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from staffing.forecast.methods import MethodName

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
    opening_backlog : float
        Units already waiting on the first day, on top of all arrivals, 0 or more.
    opening_backlog_weeks : int
        Weeks in which the opening backlog is worked off evenly, 1 or more.
    forecast : str
        Method that continues the history (`staffing.forecast.methods`).
    """

    units_per_year: float | None
    history: VolumeHistory | None
    seasonality: NDArray[np.float64] | None
    profile: NDArray[np.float64] | None
    growth_per_year: float
    scale: float
    opening_backlog: float = 0.0
    opening_backlog_weeks: int = 1
    forecast: MethodName = "level"


@dataclass(frozen=True)
class LiveTarget:
    """Answer a share of the contacts within a threshold.

    Parameters
    ----------
    handle_time_s : float
        Mean time one contact takes, rework included, at the stated concurrency; above 0.
    service_level : float
        Share of all contacts answered within `threshold_s` seconds, in (0, 1).
    threshold_s : float
        Seconds, 0 or more.
    max_occupancy : float
        Cap on handling time over available time, in (0, 1].
    patience_s : float or None
        Mean time a caller waits before hanging up; None when nobody hangs up.
    max_abandonment : float or None
        Cap on the share that hangs up, in (0, 1); only with `patience_s`.
    retry_share : float
        Share of those who hang up that call again, in [0, 1); only with `patience_s`.
    concurrency : int
        Contacts one agent handles at once (chat), 1 or more.
    """

    handle_time_s: float
    service_level: float
    threshold_s: float
    max_occupancy: float
    patience_s: float | None = None
    max_abandonment: float | None = None
    retry_share: float = 0.0
    concurrency: int = 1


@dataclass(frozen=True)
class Blend:
    """Deferrable work done in the idle time of a live queue's people.

    Parameters
    ----------
    service : str
        The live service; its teams at the same site lend their idle time.
    share : float
        Share of that idle time which may be used, in (0, 1].
    """

    service: str
    share: float


@dataclass(frozen=True)
class TurnaroundTarget:
    """Finish every unit within a time of its arrival.

    Parameters
    ----------
    turnaround_h : float
        Hours, above 0.
    units_per_head_hour : float
        Good units per available hour: gross rate x utilisation x rework factor.
    blend : Blend or None
        Whose idle time may be used, if anyone's.
    """

    turnaround_h: float
    units_per_head_hour: float
    blend: Blend | None = None


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
        Fewest people at work while open, 0 or more.
    path : str
        Where the service stands in the author's document, for messages.
    follow_the_sun : bool
        Whether the planner chooses which team takes a live queue in which interval.
    shortfall_price : float or None
        Cost of one head short for one hour of a live queue, 0 or more; None: none may be short.
    max_short_heads : float or None
        Most heads short in any interval; None for no cap. Only with `shortfall_price`.
    """

    name: str
    time_zone: str
    open_mask: NDArray[np.bool_]
    volume: VolumeBrief
    target: LiveTarget | TurnaroundTarget
    min_heads: int
    path: str = ""
    follow_the_sun: bool = False
    shortfall_price: float | None = None
    max_short_heads: float | None = None

    def field(self, name: str) -> str:
        """Path of one of its fields, for messages."""
        return f"{self.path or f'services[{self.name}]'}.{name}"
