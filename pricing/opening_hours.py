"""Opening hours: ``24x7``, or clock windows by day or range of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import Discriminator, Field, Tag

from staffing.errors import BadInputError
from staffing.grid import MINUTES_PER_DAY, WeekGrid

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "(mon|tue|wed|thu|fri|sat|sun)"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"

DAYS_PATTERN = f"^{_DAY}(-{_DAY})?$"
WINDOW_PATTERN = f"^({_CLOCK}-({_CLOCK}|24:00)|closed)$"
START_PATTERN = f"^{_CLOCK}$"
CLOCK_PATTERN = f"^({_CLOCK}|24:00)$"

DayRange = Annotated[str, Field(pattern=DAYS_PATTERN, examples=["mon", "mon-fri"])]
Window = Annotated[str, Field(pattern=WINDOW_PATTERN, examples=["08:00-18:00", "closed"])]
ShiftStart = Annotated[str, Field(pattern=START_PATTERN, examples=["06:00"])]
ClockTime = Annotated[str, Field(pattern=CLOCK_PATTERN, examples=["22:00"])]


def _form(hours: object) -> str | None:
    """Which of the two ways of writing opening hours this is, if any."""
    if isinstance(hours, dict):
        return "windows"
    return "always" if hours == "24x7" else None


type OpeningHours = Annotated[
    Annotated[Literal["24x7"], Tag("always")]
    | Annotated[dict[DayRange, Window], Field(min_length=1), Tag("windows")],
    Discriminator(
        _form,
        custom_error_type="opening_hours",
        custom_error_message='24x7, or windows by day, e.g. {mon-fri: "08:00-18:00"}',
    ),
]


def minutes(clock: str) -> int:
    """Minutes after midnight of ``HH:MM``."""
    hours, mins = clock.split(":")
    return 60 * int(hours) + int(mins)


def clock(minute_of_day: int) -> str:
    """``HH:MM`` of minutes after midnight; the end of the day is ``24:00``."""
    return f"{minute_of_day // 60:02d}:{minute_of_day % 60:02d}"


def open_mask(
    hours: OpeningHours, grid: WeekGrid, path: str = "opening_hours"
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark the open intervals of the week, shape (grid.size,).

    Windows may run past midnight into the next day. Later keys do not override earlier ones: the
    service is open whenever any window says so.

    Raises
    ------
    BadInputError
        When a window starts or ends inside an interval; `path` is where the hours are written.
    """
    mask = np.zeros(grid.size, dtype=bool)
    if hours == "24x7":
        return ~mask
    for days, window in hours.items():
        if window == "closed":
            continue
        start, end = (minutes(clock) for clock in window.split("-"))
        check_on_grid(window, (start, end), grid, f"{path}.{days}")
        length = (end - start) % MINUTES_PER_DAY or MINUTES_PER_DAY
        for day in days_of(days):
            first = (day * MINUTES_PER_DAY + start) // grid.interval_min
            mask[np.arange(first, first + length // grid.interval_min) % grid.size] = True
    return mask


def check_on_grid(written: str, minutes_of_day: Iterable[int], grid: WeekGrid, path: str) -> None:
    """Refuse clock times inside an interval: they would be moved without a word."""
    step = grid.interval_min
    nearest = [
        f"{clock(minute - minute % step)} or {clock(minute - minute % step + step)} "
        f"instead of {clock(minute)}"
        for minute in minutes_of_day
        if minute % step
    ]
    if nearest:
        accepted = f"clock times on the grid of {step} minutes (interval_minutes)"
        raise BadInputError.at(path, written, f"{accepted}: {', '.join(nearest)}")


def days_of(days: str) -> list[int]:
    """Weekday numbers of ``mon`` or ``mon-fri``; a range may run over the weekend."""
    ends = [DAY_KEYS.index(day) for day in days.split("-")]
    first, last = ends[0], ends[-1]
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
