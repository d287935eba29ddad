"""The week of tours as a sparse mixed-integer program.

Sets: intervals t (cyclic), groups g (tour rule, band of starts, length), shifts j of a group on a
day, crews k of a group (all its people, or those of one day pattern), break rules b.

Variables: ``x_j`` people on a shift, ``n_k`` people of a crew, ``W_t`` people on duty,
``A_bt`` windows that open, ``B_bt`` breaks that start, ``Q_bt`` people whose window is open and
whose break is still to come, ``u_t`` heads short, ``U`` the largest of them, ``S`` seats.

Rows (names as in ``docs/models/tours.md``):

``presence``       W_t = W_(t-1) + shifts starting at t - shifts ending at t
``days_on``        shifts of a group on a day <= its people, and days_on times its people in all;
                   with day patterns: exactly the people whose pattern works that day
``share``          people of a rule <= share_max x all people
``break_window``   Q_t = Q_(t-1) + A_t - B_t,  0 <= Q_t <= A_t + ... + A_(t-m+2), m break starts in
                   a window: first come, first served is exact as all windows are equally wide
                   (Bechtold and Jacobs 1990)
``cover``          W_t - breaks in progress + u_t >= r_t, and for a fractional r_t also
                   u_t >= (r_t - floor r_t) x (ceil r_t - heads at work), true of whole heads
``worst_interval`` u_t <= U
``seats``          W_t <= seats left, W_t <= S
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from staffing.tours.groups import TourGroup
    from staffing.tours.problem import TourProblem
    from staffing.tours.rules import BreakRule

INFINITY = float("inf")
HEADS_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Matrix:
    """A program in row-wise sparse form: minimise ``cost @ v`` within bounds of rows, columns."""

    cost: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    row_lower: NDArray[np.float64]
    row_upper: NDArray[np.float64]
    row_start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: NDArray[np.float64]


def entries(
    rows: ArrayLike, columns: ArrayLike, values: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Rows, columns and values broadcast together, flat.

    One entry a row is what nearly every call asks for; broadcasting takes longer than the rest.
    """
    row, column, value = np.asarray(rows), np.asarray(columns), np.asarray(values, dtype=float)
    if row.ndim == 1 and row.shape == column.shape:
        if value.ndim == 0:
            return row, column, np.full(len(row), value)
        if value.shape == row.shape:
            return row, column, value
    row, column, value = np.broadcast_arrays(row, column, value)
    return row.ravel(), column.ravel(), value.ravel()


class Rows:
    """Rows of a matrix as they are written, entry by entry."""

    def __init__(self) -> None:
        self.count = 0
        self._rows: list[NDArray[np.int64]] = []
        self._columns: list[NDArray[np.int64]] = []
        self._values: list[NDArray[np.float64]] = []
        self._lower: list[NDArray[np.float64]] = []
        self._upper: list[NDArray[np.float64]] = []

    def block(self, size: int, lower: object, upper: object) -> NDArray[np.int64]:
        """Open `size` rows with these bounds and return their numbers."""
        rows = self.count + np.arange(size)
        self.count += size
        self._lower.append(np.broadcast_to(np.asarray(lower, dtype=float), size))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=float), size))
        return rows

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike = 1.0) -> None:
        """Add entries; rows, columns and values are broadcast together."""
        row, column, value = entries(rows, columns, values)
        self._rows.append(row)
        self._columns.append(column)
        self._values.append(value)

    def matrix(
        self, cost: NDArray[np.float64], lower: NDArray[np.float64], upper: NDArray[np.float64]
    ) -> Matrix:
        """Sort the entries by row."""
        row = np.concatenate(self._rows)
        order = np.argsort(row, kind="stable")
        counts = np.bincount(row, minlength=self.count)
        return Matrix(
            cost=cost,
            lower=lower,
            upper=upper,
            row_lower=np.concatenate(self._lower),
            row_upper=np.concatenate(self._upper),
            row_start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
            index=np.concatenate(self._columns)[order].astype(np.int32),
            value=np.concatenate(self._values)[order],
        )


class TourModel:
    """Columns, rows and costs of a problem.

    Parameters
    ----------
    problem : TourProblem
        What is asked for.
    groups : tuple of TourGroup
        Shifts on offer.
    """

    def __init__(self, problem: TourProblem, groups: tuple[TourGroup, ...]) -> None:
        self.problem = problem
        self.groups = groups
        size = problem.grid.size
        self.size = size
        self.shift_group = np.repeat(np.arange(len(groups)), [len(g.starts) for g in groups])
        self.shift_start = _joined([g.starts for g in groups])
        self.shift_day = _joined([g.day for g in groups])
        self.shift_length = np.array([g.length for g in groups], dtype=np.int64)[self.shift_group]
        self.patterns = [(None,) if g.rule.any_days else g.rule.day_patterns() for g in groups]
        self.crew_group = np.repeat(np.arange(len(groups)), [len(p) for p in self.patterns])
        self.window_opens = [self._window_opens(rule) for rule in problem.breaks]
        self._lay_out_columns()
        self.matrix = self._build()

    def _lay_out_columns(self) -> None:
        self.num_columns = 0

        def columns(count: int) -> NDArray[np.int64]:
            start = self.num_columns
            self.num_columns += count
            return start + np.arange(count)

        size, problem = self.size, self.problem
        self.x = columns(len(self.shift_start))
        self.crew = columns(len(self.crew_group))
        self.day_heads = columns(7 * len(self.groups)).reshape(-1, 7)
        self.on_duty = columns(size)
        self.opening = [columns(size) for _ in problem.breaks]
        self.breaking = [columns(size) for _ in problem.breaks]
        self.waiting = [columns(size) for _ in problem.breaks]
        self.short = columns(size)
        self.worst = columns(1)
        self.seats = columns(1)

    def _window_opens(self, rule: BreakRule) -> NDArray[np.int64]:
        """Interval in which the window of a break opens, by shift; -1 where there is none."""
        opens = np.full(len(self.shift_start), -1)
        for length in np.unique(self.shift_length):
            if rule.applies_to(length * self.problem.grid.interval_h):
                having = self.shift_length == length
                after = self.problem.opens_after(rule, int(length))
                opens[having] = (self.shift_start[having] + after) % self.size
        return opens

    @property
    def people(self) -> NDArray[np.int64]:
        """Columns that say who works when: shifts, crews, people of a group by day."""
        return np.concatenate([self.x, self.crew, self.day_heads.ravel()])

    @property
    def whole_worst(self) -> NDArray[np.int64]:
        """The largest shortfall where it is a whole number: of a whole requirement."""
        heads = whole_heads(self.problem)
        whole = np.abs(heads - np.rint(heads)).max() <= HEADS_TOLERANCE
        return self.worst if whole else self.worst[:0]

    @property
    def integers(self) -> NDArray[np.int64]:
        """Columns that must be whole; the breaks follow."""
        return np.concatenate([self.x, self.crew, self.whole_worst])

    @property
    def all_whole(self) -> NDArray[np.int64]:
        """Columns that are whole in a finished plan, breaks included."""
        return np.concatenate([self.integers, *self.breaking])

    def _build(self) -> Matrix:
        rows = Rows()
        self._presence(rows)
        self._days_on(rows)
        self._shares(rows)
        for b in range(len(self.problem.breaks)):
            self._break_window(rows, b)
        self._cover(rows)
        self._seats(rows)
        return rows.matrix(self._costs(), np.zeros(self.num_columns), self._upper())

    def _costs(self) -> NDArray[np.float64]:
        problem = self.problem
        cost = np.zeros(self.num_columns)
        cost[self.x] = _joined([problem.shift_costs(g.starts, g.length) for g in self.groups])
        cost[self.short] = (problem.shortfall_price or 0.0) * problem.grid.interval_h
        cost[self.worst] = problem.worst_interval_price
        cost[self.seats] = problem.seat_price
        return cost

    def _upper(self) -> NDArray[np.float64]:
        problem = self.problem
        upper = np.full(self.num_columns, INFINITY)
        upper[self.short] = 0.0 if problem.shortfall_price is None else problem.requirement
        if problem.worst_interval_cap is not None:
            upper[self.worst] = problem.worst_interval_cap
        if problem.seats_left is not None:
            upper[self.on_duty] = problem.seats_left
        return upper

    def _presence(self, rows: Rows) -> None:
        later = rows.block(self.size - 1, 0.0, 0.0)
        row_of = np.concatenate([[0], later])  # interval t -> its row; 0 is the anchor's place
        rows.put(later, self.on_duty[1:])
        rows.put(later, self.on_duty[:-1], -1.0)
        begins, ends = self.shift_start, (self.shift_start + self.shift_length) % self.size
        rows.put(row_of[begins[begins > 0]], self.x[begins > 0], -1.0)
        rows.put(row_of[ends[ends > 0]], self.x[ends > 0])
        anchor = rows.block(1, 0.0, 0.0)
        rows.put(anchor, self.on_duty[0])
        over_midnight = (-self.shift_start) % self.size < self.shift_length
        rows.put(anchor, self.x[over_midnight], -1.0)

    def _days_on(self, rows: Rows) -> None:
        for g, group in enumerate(self.groups):
            shifts = self.x[self.shift_group == g]
            crews = self.crew[self.crew_group == g]
            days = rows.block(7, 0.0, 0.0)
            rows.put(days[group.day], shifts)
            rows.put(days, self.day_heads[g], -1.0)
            if group.rule.any_days:
                most = rows.block(7, -INFINITY, 0.0)
                rows.put(most, self.day_heads[g])
                rows.put(most, crews[0], -1.0)
                total = rows.block(1, 0.0, 0.0)
                rows.put(total, self.day_heads[g])
                rows.put(total, crews[0], -float(group.rule.days_on))
            else:
                pattern_rows = rows.block(7, 0.0, 0.0)
                rows.put(pattern_rows, self.day_heads[g])
                for crew, pattern in zip(crews, self.patterns[g], strict=True):
                    rows.put(pattern_rows[list(pattern or ())], crew, -1.0)

    def _shares(self, rows: Rows) -> None:
        names = np.array([self.groups[g].rule.name for g in self.crew_group])
        for rule in self.problem.tours:
            if rule.share_max < 1:
                row = rows.block(1, -INFINITY, 0.0)
                rows.put(row, self.crew, np.where(names == rule.name, 1.0, 0.0) - rule.share_max)

    def _break_window(self, rows: Rows, b: int) -> None:
        rule, opens, t = self.problem.breaks[b], self.window_opens[b], np.arange(self.size)
        opening, breaking, waiting = self.opening[b], self.breaking[b], self.waiting[b]
        opened = rows.block(self.size, 0.0, 0.0)
        rows.put(opened, opening, -1.0)
        rows.put(opened[opens[opens >= 0]], self.x[opens >= 0])
        queue = rows.block(self.size, 0.0, 0.0)
        rows.put(queue, waiting)
        rows.put(queue, waiting[t - 1], -1.0)
        rows.put(queue, opening, -1.0)
        rows.put(queue, breaking)
        last = rows.block(self.size, -INFINITY, 0.0)
        rows.put(last, waiting)
        for k in range(self.problem.break_starts(rule) - 1):
            rows.put(last, opening[t - k], -1.0)

    def _cover(self, rows: Rows) -> None:
        problem = self.problem
        heads = whole_heads(problem)
        self._covering(rows, np.arange(self.size), heads, 1.0)
        part = heads - np.floor(heads)
        partial = np.flatnonzero(part > HEADS_TOLERANCE)
        self._covering(rows, partial, np.ceil(heads[partial]), part[partial])
        if problem.worst_interval_price or problem.worst_interval_cap is not None:
            worst = rows.block(self.size, -INFINITY, 0.0)
            rows.put(worst, self.short)
            rows.put(worst, self.worst[0], -1.0)

    def _covering(
        self, rows: Rows, at: NDArray[np.int64], heads: NDArray[np.float64], slope: object
    ) -> None:
        """Write ``slope x heads at work + u >= slope x heads`` for some intervals."""
        slopes = np.broadcast_to(np.asarray(slope, dtype=float), at.shape)
        cover = rows.block(len(at), slopes * heads, INFINITY)
        rows.put(cover, self.on_duty[at], slopes)
        rows.put(cover, self.short[at])
        for rule, breaking in zip(self.problem.breaks, self.breaking, strict=True):
            for k in range(self.problem.intervals(rule.length_min)):
                rows.put(cover, breaking[at - k], -slopes)

    def _seats(self, rows: Rows) -> None:
        if self.problem.seat_price > 0:
            used = rows.block(self.size, -INFINITY, 0.0)
            rows.put(used, self.on_duty)
            rows.put(used, self.seats[0], -1.0)


def whole_heads(problem: TourProblem) -> NDArray[np.float64]:
    """Requirement as the model sees it: rounded up where it must be covered by whole heads."""
    heads = np.asarray(problem.requirement, dtype=float)
    if problem.shortfall_price is None:
        return np.ceil(heads - HEADS_TOLERANCE)
    return heads


def _joined[Number: np.generic](parts: list[NDArray[Number]]) -> NDArray[Number]:
    return np.concatenate(parts)
