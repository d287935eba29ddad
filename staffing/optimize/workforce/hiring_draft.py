"""A program of hiring as it is written: columns, rows, and which of them have a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY, Matrix, Rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Block:
    """Rows or columns of one name, one for each week or a single one.

    `sign` turns a dual value or reduced cost into the cost saved by one more unit.
    """

    rule: str
    where: str
    at: Numbers
    is_row: bool
    sign: float = -1.0


@dataclass(frozen=True)
class NeedMove:
    """How much right-hand sides of `rows` grow with each hour due in `weeks` in a pool."""

    pool: str
    rows: Numbers
    weeks: Numbers
    by_hour: Array


class Draft:
    """Columns from 0 to a bound at a cost, and rows, entry by entry.

    Parameters
    ----------
    weeks : int
        Weeks of the term.

    Attributes
    ----------
    constant : float
        Cost that no decision changes.
    priced : list of Block
        Rows and column bounds that have a shadow price.
    needs : list of NeedMove
        Rows that move with the work due.
    """

    def __init__(self, weeks: int) -> None:
        self.weeks = weeks
        self.rows = Rows()
        self.constant = 0.0
        self.priced: list[Block] = []
        self.needs: list[NeedMove] = []
        self._cost: list[Array] = []
        self._upper: list[Array] = []
        self._count = 0

    def columns(self, size: int, cost: object = 0.0, upper: object = INFINITY) -> Numbers:
        """Open columns from 0 to `upper` and return their numbers."""
        at = self._count + np.arange(size)
        self._count += size
        self._cost.append(np.broadcast_to(np.asarray(cost, dtype=float), size))
        self._upper.append(np.broadcast_to(np.asarray(upper, dtype=float), size))
        return at

    def price(
        self, rule: str, where: str, at: Numbers, *, is_row: bool = True, sign: float = -1
    ) -> None:
        """Remember that rows, or bounds of columns, have a shadow price."""
        self.priced.append(Block(rule, where, at, is_row, sign))

    def needed(self, pool: str, rows: Numbers, weeks: Numbers, by_hour: object = 1.0) -> None:
        """Remember how right-hand sides move with the work due in a pool."""
        share = np.broadcast_to(np.asarray(by_hour, dtype=float), rows.shape)
        self.needs.append(NeedMove(pool, rows, weeks, share))

    def put_lagged(self, rows: Numbers, columns: Numbers, by_lag: Array, scale: object = 1) -> None:
        """Add ``scale_t x by_lag[j] x column of week t - j`` to the row of each week t."""
        week, start, values = self.lagged(by_lag, scale)
        self.rows.put(rows[week], columns[start], values)

    def lagged(self, by_lag: Array, scale: object = 1) -> tuple[Numbers, Numbers, Array]:
        """Pairs of a week and an earlier one (or the same), with ``scale_t x by_lag[j]``."""
        lags = np.flatnonzero(by_lag[: self.weeks])
        week = np.arange(self.weeks)
        start = week[:, None] - lags
        inside = start >= 0
        scales = np.broadcast_to(np.asarray(scale, dtype=float), self.weeks)
        values = np.asarray(by_lag, dtype=float)[lags] * scales[:, None]
        return np.broadcast_to(week[:, None], start.shape)[inside], start[inside], values[inside]

    def matrix(self) -> Matrix:
        """Finish the program."""
        cost, upper = np.concatenate(self._cost), np.concatenate(self._upper)
        return self.rows.matrix(cost, np.zeros(self._count), upper)
