"""What a week of tours is asked for: requirement, rules and prices, refused where senseless."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.grid import MINUTES_PER_DAY, start_minutes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.grid import WeekGrid
    from staffing.tours.rules import BreakRule, TourRule


@dataclass(frozen=True)
class TourProblem:
    """One team's cyclic week.

    Parameters
    ----------
    name : str
        Team, for messages.
    grid : WeekGrid
        Standard week; T is its number of intervals.
    requirement : ndarray, shape (T,)
        Heads needed at work, net of breaks; 0 or more, fractions allowed.
    start_step_min : int
        Shifts start at multiples of this, minutes after midnight.
    breaks : tuple of BreakRule
        Breaks of every shift they apply to.
    tours : tuple of TourRule
        Kinds of working weeks on offer, at least one.
    daily_rest_h : float
        Least rest between two shifts of a person on consecutive days, hours, 0 to 24.
    weekly_hours_max : float
        Most paid hours of a person in a week.
    open_mask : ndarray of bool, shape (T,)
        Hours of the site; a shift lies inside them.
    cost_by_interval : ndarray, shape (T,)
        Cost of one paid hour in each interval, premiums included, 0 or more.
    shortfall_price : float or None
        Cost of one head short for one hour; None: the requirement must be covered.
    worst_interval_price : float
        Cost per head of the largest shortfall of the week, 0 or more.
    worst_interval_cap : float or None
        Most heads short in any interval; None for no cap.
    seat_price : float
        Cost of one seat for a week, 0 or more; people on a break keep their seat.
    seats_left : ndarray, shape (T,), or None
        Seats free in each interval; None for no limit.
    starts_min : tuple of int
        Minutes after midnight at which shifts may start, multiples of the step; none: all.

    Raises
    ------
    BadInputError
        Naming every field that cannot be meant, and what is accepted.
    """

    name: str
    grid: WeekGrid
    requirement: NDArray[np.float64]
    start_step_min: int
    breaks: tuple[BreakRule, ...]
    tours: tuple[TourRule, ...]
    daily_rest_h: float
    weekly_hours_max: float
    open_mask: NDArray[np.bool_]
    cost_by_interval: NDArray[np.float64]
    shortfall_price: float | None
    worst_interval_price: float = 0.0
    worst_interval_cap: float | None = None
    seat_price: float = 0.0
    seats_left: NDArray[np.float64] | None = None
    starts_min: tuple[int, ...] = ()

    @property
    def start_minutes(self) -> tuple[int, ...]:
        """Minutes after midnight at which a shift may start, ascending."""
        return start_minutes(self.start_step_min, self.starts_min)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        self._check_series()
        self._check_prices()
        self._check_starts()
        for index, rule in enumerate(self.breaks):
            self._check_break(f"breaks[{index}]", rule)
        if not self.tours:
            raise BadInputError.at("tours", (), "at least one tour rule")
        for index, tour in enumerate(self.tours):
            self._check_tour(f"tours[{index}]", tour)
        self._check_names()
        self._check_windows_apart()
        if all(tour.share_max < 1 for tour in self.tours) and self.share_total < 1:
            raise BadInputError.at(
                "tours", self.share_total, "shares (share_max) that add up to at least 1"
            )

    @property
    def share_total(self) -> float:
        """Shares of all tour rules together."""
        return sum(tour.share_max for tour in self.tours)

    def intervals(self, minutes: float) -> int:
        """Whole intervals of a duration on the grid."""
        return round(minutes / self.grid.interval_min)

    def breaks_of(self, length: int) -> tuple[BreakRule, ...]:
        """Breaks of a shift of that many intervals, in the order of the problem."""
        hours = length * self.grid.interval_h
        return tuple(rule for rule in self.breaks if rule.applies_to(hours))

    def opens_after(self, rule: BreakRule, length: int) -> int:
        """Intervals from the start of a shift of `length` intervals to a break's window."""
        return rule.opens_after(length * self.grid.interval_min, self.grid.interval_min)

    def break_starts(self, rule: BreakRule) -> int:
        """Number of intervals of a window in which its break may start."""
        return 1 + self.intervals(rule.window_min - rule.length_min)

    def paid_h(self, length: int) -> float:
        """Paid hours of a shift of that many intervals: its length less unpaid breaks."""
        unpaid = sum(rule.length_min for rule in self.breaks_of(length) if not rule.paid)
        return length * self.grid.interval_h - unpaid / 60

    def shift_costs(self, starts: NDArray[np.int64], length: int) -> NDArray[np.float64]:
        """Cost of one person on shifts of one length.

        Paid hours, priced at the mean cost of the shift's intervals: where an unpaid break falls
        does not change the cost, so it is known before the break is placed.

        Parameters
        ----------
        starts : ndarray of int
            Intervals of the week in which the shifts start.
        length : int
            Intervals from start to end.
        """
        covered = (starts[:, None] + np.arange(length)) % self.grid.size
        mean = self.cost_by_interval[covered].mean(axis=1)
        return np.asarray(self.paid_h(length) * mean, dtype=float)

    def _check_series(self) -> None:
        size = self.grid.size
        series: dict[str, NDArray[np.generic]] = {
            "requirement": self.requirement,
            "open_mask": self.open_mask,
            "cost_by_interval": self.cost_by_interval,
        }
        if self.seats_left is not None:
            series["seats_left"] = self.seats_left
        for path, given in series.items():
            if np.shape(given) != (size,):
                raise BadInputError.at(path, np.shape(given), f"one value per interval: {size}")
            values = np.asarray(given, dtype=float)
            wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
            if len(wrong):
                at = int(wrong[0])
                raise BadInputError.at(
                    f"{path}[{at}]",
                    float(values[at]),
                    f"0 or more and finite, {self.grid.label(at)}",
                )

    def _check_prices(self) -> None:
        for path in ("shortfall_price", "worst_interval_price", "worst_interval_cap", "seat_price"):
            value = getattr(self, path)
            if value is not None and not (np.isfinite(value) and value >= 0):
                raise BadInputError.at(path, value, "0 or more and finite")
        if not 0 <= self.daily_rest_h <= 24:  # noqa: PLR2004 (hours of a day)
            raise BadInputError.at("daily_rest_h", self.daily_rest_h, "0 to 24 hours")
        if not self.weekly_hours_max > 0:
            raise BadInputError.at("weekly_hours_max", self.weekly_hours_max, "above 0 hours")

    def _check_starts(self) -> None:
        step, interval = self.start_step_min, self.grid.interval_min
        if step < 1 or step % interval or 1440 % step:
            raise BadInputError.at(
                "start_step_min", step, f"a multiple of {interval} min that divides a day"
            )
        for k, minute in enumerate(self.starts_min):
            if minute % step or not 0 <= minute < MINUTES_PER_DAY:
                raise BadInputError.at(
                    f"starts_min[{k}]", minute, f"a multiple of {step} min within a day"
                )

    def _check_break(self, path: str, rule: BreakRule) -> None:
        interval = self.grid.interval_min
        for field in ("length_min", "window_min"):
            value = getattr(rule, field)
            if value < 1 or value % interval:
                raise BadInputError.at(f"{path}.{field}", value, f"a multiple of {interval} min")
        if rule.length_min > rule.window_min:
            raise BadInputError.at(
                f"{path}.length_min",
                rule.length_min,
                f"at most its window of {rule.window_min} min: the break lies inside it",
            )
        if not 0 < rule.centre < 1:
            raise BadInputError.at(f"{path}.centre", rule.centre, "between 0 and 1")

    def _check_tour(self, path: str, tour: TourRule) -> None:
        if not 1 <= tour.days_on <= 7:  # noqa: PLR2004 (days of a week)
            raise BadInputError.at(f"{path}.days_on", tour.days_on, "1 to 7 days")
        if not 0 < tour.share_max <= 1:
            raise BadInputError.at(f"{path}.share_max", tour.share_max, "above 0, at most 1")
        interval = self.grid.interval_min
        if not interval <= tour.start_band_min <= MINUTES_PER_DAY or tour.start_band_min % interval:
            raise BadInputError.at(
                f"{path}.start_band_min",
                tour.start_band_min,
                f"a multiple of {interval} min, at most a day",
            )
        if not tour.shift_lengths_h:
            raise BadInputError.at(f"{path}.shift_lengths_h", (), "at least one length")
        for hours in tour.shift_lengths_h:
            minutes = hours * 60
            if not 0 < minutes <= 1440 or minutes % self.grid.interval_min:  # noqa: PLR2004
                raise BadInputError.at(
                    f"{path}.shift_lengths_h",
                    hours,
                    f"up to 24 h in steps of {self.grid.interval_min} min",
                )

    def _check_names(self) -> None:
        for path, rules in (("tours", self.tours), ("breaks", self.breaks)):
            names = [rule.name for rule in rules]
            if len(set(names)) < len(names):
                raise BadInputError.at(path, names, "a name of its own for each rule")

    def _check_windows_apart(self) -> None:
        """Windows lie inside the shift and apart, else a person could be on two breaks at once."""
        lengths = {self.intervals(h * 60) for tour in self.tours for h in tour.shift_lengths_h}
        for length in sorted(lengths):
            hours = length * self.grid.interval_h
            spans = []
            for rule in self.breaks_of(length):
                path = f"breaks[{self.breaks.index(rule)}].window_min"
                opens = self.opens_after(rule, length)
                closes = opens + self.intervals(rule.window_min)
                if opens < 0 or closes > length:
                    raise BadInputError.at(
                        path, rule.window_min, f"a window inside the shift of {hours:g} h"
                    )
                spans.append((opens, closes, path, rule))
            spans.sort(key=lambda span: span[:2])
            for (_, closes, _, before), (opens, _, path, rule) in pairwise(spans):
                if opens < closes:
                    raise BadInputError.at(
                        path,
                        rule.window_min,
                        f"a window apart from that of {before.name!r} in a shift of {hours:g} h",
                    )
