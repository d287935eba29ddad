"""Rows of the work of one pool in a program of hiring: hours there are, done, ahead, waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.problem import HiringPool
    from staffing.optimize.workforce.hiring_pool import PoolColumns

    Array = NDArray[np.float64]
    Numbers = NDArray[np.int64]


class WorkRows:
    """Rows of work, one rule each.

    Hours that are kept from one week to another (ahead, waiting) are hours; all others are those of
    a full week, of which a cut week has its share.

    Parameters
    ----------
    columns : PoolColumns
        Columns of the pool.
    """

    def __init__(self, columns: PoolColumns) -> None:
        self.at, self.model, self.draft = columns, columns.model, columns.draft
        self.rows, self.tenure = columns.draft.rows, columns.tenure
        self.week, self.weights = np.arange(columns.weeks), columns.weights
        self.due = columns.weights * columns.model.need_h

    def write(self) -> None:
        """Write every row."""
        self._workload()
        self._backlog()
        self._ahead()
        self._given_up()
        self._nesting()
        self._overtime()

    def _priced(
        self,
        rule: str,
        rows: Numbers,
        sign: float = -1.0,
        by_hour: object = 1.0,
        weeks: Numbers | None = None,
    ) -> None:
        """Give rows a price, and say how they move with the work due."""
        self.draft.price(rule, self.model.name, rows, sign=sign)
        self.draft.needed(self.model.name, rows, self.week if weeks is None else weeks, by_hour)

    def _put_change(self, rows: Numbers, columns: Numbers, scale: float | Array = 1.0) -> None:
        """Add what columns grew by since the week before; the first week is all growth."""
        if len(columns):
            by_week = np.broadcast_to(scale, columns.shape)
            self.rows.put(rows, columns, by_week)
            self.rows.put(rows[1:], columns[:-1], -by_week[1:])

    def _workload(self) -> None:
        """``workload``: what is done, kept waiting or given up reaches what is due."""
        pool, at, put = self.model, self.at, self.rows.put
        due = pool.need_h + self._opening() / self.weights + self._staff_nesting()
        rows = self.rows.block(at.weeks, due, INFINITY)
        put(rows, at.productive_h)
        put(rows, at.short_h)
        self._put_hire_nesting(rows)
        for hours in (at.overtime_h, at.nesting_extra):
            if len(hours):
                put(rows, hours)
        if pool.temporary is not None:
            put(rows, at.temporary, pool.temporary.effectiveness * at.present)
        if pool.cross_trained is not None:
            put(rows, at.cross_trained, pool.cross_trained.effectiveness * at.present)
        self._put_change(rows, at.backlog_h, 1 / self.weights)
        self._put_change(rows, at.ahead_h, -1 / self.weights)
        self._priced("workload", rows, sign=1.0)

    def _opening(self) -> Array:
        """Hours that wait on the first day, in the first week."""
        waiting = self.model.backlog.opening_h if self.model.backlog else 0.0
        return np.where(self.week == 0, waiting, 0.0)

    def _backlog(self) -> None:
        """``backlog_share`` and ``backlog_turnaround``: what may start to wait, and how long."""
        terms, at = self.model.backlog, self.at
        if terms is None:
            return
        share = self.rows.block(at.weeks, -INFINITY, terms.share * self.due + self._opening())
        self._put_change(share, at.backlog_h)
        self._priced("backlog_share", share, by_hour=terms.share * self.weights)
        waits = self.rows.block(at.weeks, -INFINITY, most_waiting(self.model, self.due))
        self.rows.put(waits, at.backlog_h)
        self.draft.price("backlog_turnaround", self.model.name, waits)
        late, due, by_hour = self.draft.lagged(terms.waiting_share(self.week))
        self.draft.needed(self.model.name, waits[late], due, by_hour * self.weights[due])
        if len(at.ahead_h):
            self._backlog_ahead(share, waits)

    def _backlog_ahead(self, share_rows: Numbers, waits: Numbers) -> None:
        """``backlog_ahead``: what of the work that may wait was done ahead waits no more.

        Work is done ahead in the order in which it is due, so the part that may wait longest comes
        last: a column counts what of it was done ahead, one for each length of wait.
        """
        terms, at = self.model.backlog, self.at
        assert terms is not None  # noqa: S101 (only called with a backlog)
        full_weeks, rest = int(terms.weeks), terms.weeks % 1
        waits_as_long = [(1.0, self.week < full_weeks), (rest, self.week == full_weeks)]
        for share, of_age in waits_as_long[: 1 + bool(rest)]:
            done = self.draft.columns(at.weeks)
            waiting = share * terms.share
            rows = self.rows.block(at.weeks, (waiting - 1) * self.due, INFINITY)
            self.rows.put(rows, done)
            self._put_change(rows, at.ahead_h)
            self._priced("backlog_ahead", rows, sign=1.0, by_hour=(waiting - 1) * self.weights)
            self.draft.put_lagged(waits, done, of_age.astype(float))
            if share == 1:
                self.rows.put(share_rows, done)

    def _ahead(self) -> None:
        """``ahead_need``: only work of later weeks is done ahead."""
        ahead = self.at.ahead_h
        if not len(ahead):
            return
        rows = self.rows.block(len(ahead) - 1, -INFINITY, self.due[1:])
        self.rows.put(rows, ahead[:-1])
        self.rows.put(rows, ahead[1:], -1.0)
        self._priced("ahead_need", rows, by_hour=self.weights[1:], weeks=self.week[1:])

    def _given_up(self) -> None:
        """``given_up``: what is given up and what starts to wait are at most the week's work.

        So nothing is given up to be done ahead. Work done ahead need not be left out here: nothing
        is saved by giving it up, and `_backlog_ahead` keeps it from waiting.
        """
        at = self.at
        rows = self.rows.block(at.weeks, -INFINITY, self.due + self._opening())
        self.rows.put(rows, at.short_h, self.weights)
        self._put_change(rows, at.backlog_h)
        self._priced("given_up", rows, by_hour=self.weights)

    def _staff_nesting(self) -> Array:
        return self.tenure.staff(self.model, self.at.weeks, self.tenure.nesting_h)

    def _put_hire_nesting(self, rows: Numbers) -> None:
        by_tenure = -self.tenure.kernel(self.tenure.nesting_h)
        self.draft.put_lagged(rows, self.at.hires, by_tenure)

    def _nesting(self) -> None:
        """``nesting``: hours spent on new people are at most those of settled people at work."""
        at = self.at
        if not len(at.nesting_extra):
            return
        rows = self.rows.block(at.weeks, self._staff_nesting(), INFINITY)
        self.rows.put(rows, at.nesting_extra)
        self.rows.put(rows, at.experienced, at.present)
        at.put_notice(rows, at.present)
        self._put_hire_nesting(rows)
        self.draft.price("nesting", self.model.name, rows, sign=1.0)

    def _overtime(self) -> None:
        """``overtime_cap`` of a week and ``overtime_window`` of a term or of rolling weeks."""
        terms, at, rows = self.model.overtime, self.at, self.rows
        if terms is None:
            return
        caps = [("overtime_cap", 1, terms.share_max)]
        if terms.window_share_max is not None:
            window = min(terms.window_weeks or at.weeks, at.weeks)
            caps.append(("overtime_window", window, terms.window_share_max))
        for rule, window, share in caps:
            cap = rows.block(at.weeks - window + 1, -INFINITY, 0.0)
            inside = np.arange(len(cap))[:, None] + np.arange(window)
            length = self.weights[inside] if window > 1 else 1.0
            rows.put(cap[:, None], at.overtime_h[inside], length)
            rows.put(cap[:, None], at.overtime_extra[inside], -length)
            rows.put(cap[:, None], at.productive_h[inside], -share * length)
            self.draft.price(rule, self.model.name, cap)


def most_waiting(pool: HiringPool, due: Array) -> Array:
    """Most hours that may wait at the end of each week, of hours due in each."""
    terms, weeks = pool.backlog, len(due)
    if terms is None:
        return np.zeros(weeks)
    ages = np.arange(weeks)
    most = np.convolve(due, terms.waiting_share(ages))[:weeks]
    most += terms.opening_h * np.clip(terms.weeks - 1 - ages, 0.0, 1.0)
    return np.asarray(most, dtype=float)
