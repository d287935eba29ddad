"""The shift program: variables, presence, seats and cost, shared by every coverage model.

Constraint names are those of ``docs/models/coverage.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.program import Program
from staffing.optimize.tours.model import INFINITY

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from staffing.grid import WeekGrid
    from staffing.optimize.program import Solution
    from staffing.requirement import FixedHeads, TurnaroundWork
    from staffing.shifts import WeekShift

    Numbers = NDArray[np.int64]

HEADS_TOLERANCE = 1e-6


@dataclass(frozen=True)
class CoverageProblem:
    """One team's week.

    Parameters
    ----------
    name : str
        Team, for messages.
    grid : WeekGrid
        Standard week.
    catalogue : tuple of WeekShift
        Shifts that may be used.
    cost_by_interval : ndarray, shape (T,)
        Cost of one paid hour in each interval, premiums included.
    seat_price : float
        Cost of one seat for a week, 0 or more.
    seats_left : ndarray, shape (T,), or None
        Seats not taken by other teams of the site; None for no limit.
    target : FixedHeads or TurnaroundWork
        What must be covered.
    shortfall_price : float or None
        Cost of one of the fixed heads missing for one hour; None: none may be missing.
    max_short_heads : float or None
        Most heads missing in any interval; None for no cap.
    paid_shares : ndarray, shape (J,), or None
        Paid part of each candidate shift; None: all of it.
    """

    name: str
    grid: WeekGrid
    catalogue: tuple[WeekShift, ...]
    cost_by_interval: NDArray[np.float64]
    seat_price: float
    seats_left: NDArray[np.float64] | None
    target: FixedHeads | TurnaroundWork
    shortfall_price: float | None = None
    max_short_heads: float | None = None
    paid_shares: NDArray[np.float64] | None = None

    def shift_costs(self) -> NDArray[np.float64]:
        """Cost of one person on each candidate shift, shape (J,)."""
        return self._costs

    def presence_matrix(self) -> NDArray[np.float64]:
        """1 where a shift works an interval, shape (T, J)."""
        return self._presence

    @cached_property
    def worked(self) -> tuple[Numbers, Numbers]:
        """Interval and candidate of all that candidates work, candidate by candidate."""
        starts, lengths = self._spans
        owners = np.repeat(np.arange(len(starts)), lengths)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return (starts[owners] + within) % self.grid.size, owners

    @cached_property
    def _spans(self) -> tuple[Numbers, Numbers]:
        spans = [(shift.start, shift.length) for shift in self.catalogue]
        starts, lengths = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        return starts, lengths

    @cached_property
    def _costs(self) -> NDArray[np.float64]:
        per_interval = self.cost_by_interval * self.grid.interval_h
        starts, lengths = self._spans
        whole = np.empty(len(starts))
        for length in np.unique(lengths):
            own = np.flatnonzero(lengths == length)
            worked = (starts[own, None] + np.arange(length)) % self.grid.size
            whole[own] = per_interval[worked].sum(axis=1)
        return _kept(whole if self.paid_shares is None else whole * self.paid_shares)

    @cached_property
    def _presence(self) -> NDArray[np.float64]:
        matrix = np.zeros((self.grid.size, len(self.catalogue)))
        matrix[self.worked] = 1.0
        return _kept(matrix)


def _kept(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values that are handed out again, so that nobody writes to them."""
    values.flags.writeable = False
    return values


@dataclass(frozen=True)
class CoverageResult:
    """The best shifts found and what is proven about them.

    Parameters
    ----------
    counts : ndarray of int, shape (J,)
        People per candidate shift.
    required : ndarray, shape (T,)
        Heads the work needs in each interval, as timed in this plan.
    objective, bound, gap : float
        Cost with seats, its proven lower bound, relative distance.
    stop_reason : str
        Why the search ended.
    """

    counts: NDArray[np.int64]
    required: NDArray[np.float64]
    objective: float
    bound: float
    gap: float
    stop_reason: str


class ShiftModel:
    """People per shift, presence, seats and cost, with the constraints a model asks for."""

    def __init__(
        self,
        problem: CoverageProblem,
        *,
        integer: bool,
        more_seats: bool = False,
        short: bool = False,
        program: Program | None = None,
    ) -> None:
        """Start a program of its own, or join one."""
        self.problem = problem
        self.program = Program("coverage") if program is None else program
        self.x = self.program.columns(len(problem.catalogue), whole=integer)
        self.seats = self.program.columns(1)
        self.more_seats = self.program.columns(1, upper=INFINITY if more_seats else 0.0)
        self.cost = (
            np.append(self.x, self.seats),
            np.append(problem.shift_costs(), problem.seat_price),
        )
        self.program.minimise(self.cost)
        self._limit_seats()
        self.short = self._shortfall(None) if short else np.arange(0)

    def _limit_seats(self) -> None:
        """Add ``seats``: presence fits the seats bought, and those other teams leave."""
        size, left = self.problem.grid.size, self.problem.seats_left
        if left is None:
            used = self.program.block(size, upper=0.0)
        else:
            # Both rows of an interval next to each other.
            most = np.ravel(np.stack([np.zeros(size), left], axis=1))
            both = self.program.block(2 * size, upper=most)
            used, limited = both[::2], both[1::2]
            self._presence(limited)
            self.program.put(limited, self.more_seats, -1.0)
        self._presence(used)
        self.program.put(used, self.seats, -1.0)

    def _shortfall(self, most: float | None) -> Numbers:
        """Heads missing in each interval, unpriced."""
        return self.program.columns(
            self.problem.grid.size, upper=INFINITY if most is None else most
        )

    def price_shortfall(self) -> None:
        """Let heads be missing at a price: ``worst_interval`` caps them in every interval."""
        problem = self.problem
        self.short = self._shortfall(problem.max_short_heads)
        price = (problem.shortfall_price or 0.0) * problem.grid.interval_h
        self.program.minimise(self.cost, (self.short, price))

    def _presence(self, rows: Numbers, factor: ArrayLike = 1.0) -> None:
        """Put people on duty into one row for each interval, -1 where there is none."""
        interval, shift = self.problem.worked
        factors = np.broadcast_to(np.asarray(factor, dtype=float), self.problem.grid.size)
        own = rows[interval] >= 0
        self.program.put(rows[interval[own]], self.x[shift[own]], factors[interval[own]])

    def require(self, heads: NDArray[np.float64]) -> None:
        """Add ``cover``: presence (plus shortfall, if modelled) reaches the heads."""
        wanted = np.flatnonzero(heads > HEADS_TOLERANCE)
        rows = np.full(len(heads), -1)
        rows[wanted] = self.program.block(len(wanted), lower=heads[wanted] - HEADS_TOLERANCE)
        self._presence(rows)
        if len(self.short):
            self.program.put(rows[wanted], self.short[wanted])

    def take(self, taken: Numbers, intervals: Numbers, heads: NDArray[np.float64]) -> None:
        """Add ``cover`` of heads in intervals, as far as these are taken: one column for each."""
        rows = np.full(len(heads), -1)
        rows[intervals] = self.program.block(len(intervals), lower=0.0)
        self._presence(rows)
        self.program.put(rows[intervals], taken, -heads[intervals])

    def require_turnaround(self, work: TurnaroundWork) -> Numbers:
        """Add the flow of deferrable work and return the units worked by interval."""
        size, program = self.problem.grid.size, self.program
        # Done is worked since Monday 00:00: a window of any length is a difference of two of these.
        worked, backlog, done = (program.columns(size) for _ in range(3))
        since = program.block(size, lower=0.0, upper=0.0)
        program.put(since, done)
        program.put(since[1:], done[:-1], -1.0)
        program.put(since, worked, -1.0)
        weeks, rest = divmod(work.due_intervals - 1, size)
        whole_weeks = weeks * float(work.arrivals.sum())
        capacity, flow, turnaround, cover = self._flow_rows(work, whole_weeks)
        program.put(capacity, worked)
        self._presence(capacity, -work.units_per_head)
        program.put(flow, backlog)
        program.put(flow, np.roll(backlog, 1), -1.0)
        program.put(flow, worked)
        program.put(turnaround, backlog)
        at, of, sign = _ahead(size, rest)
        program.put(turnaround[at], done[of], sign)
        self._presence(cover)
        return worked

    def _flow_rows(
        self, work: TurnaroundWork, whole_weeks: float
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Rows of the intervals one after the other, each with all of its own."""
        floors = work.floor_heads
        crewed = floors > 0
        count = 3 + crewed
        first = np.cumsum(count) - count
        lower, upper = (np.full(count.sum(), one) for one in (-INFINITY, INFINITY))
        upper[first] = work.spare_units
        lower[first + 1] = upper[first + 1] = work.arrivals
        upper[first + 2] = whole_weeks
        lower[first[crewed] + 3] = floors[crewed]
        rows = self.program.block(len(lower), lower=lower, upper=upper)
        cover = np.where(crewed, rows[0] + first + 3, -1)
        return rows[first], rows[first + 1], rows[first + 2], cover

    def result(self, required: NDArray[np.float64], solution: Solution) -> CoverageResult | None:
        """Read whole shifts and what is proven of them; None when there is no such plan."""
        outcome = solution.outcome
        if outcome.infeasible:
            return None
        counts = np.rint(solution.values[self.x]).astype(np.int64)
        bound = max(0.0, outcome.bound)  # no cost is negative, even if nothing was proven
        gap = max(0.0, outcome.objective - bound) / max(outcome.objective, 1e-9)
        return CoverageResult(counts, required, outcome.objective, bound, gap, outcome.stop_reason)


@lru_cache(maxsize=64)
def _ahead(size: int, rest: int) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """Minus the work of the next `rest` intervals, as differences of work done.

    Returns
    -------
    tuple of ndarray, each of shape (entries,)
        Interval, interval of the work done, and how often that counts.
    """
    at = np.arange(size)
    over, end = np.divmod(at + rest, size)
    found = np.zeros((size, size))
    found[at, at] += 1.0
    found[at, end] -= 1.0
    found[:, -1] -= over
    rows, columns = np.nonzero(found)
    return rows, columns, found[rows, columns]
