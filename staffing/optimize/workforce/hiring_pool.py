"""Columns of one pool in a program of hiring, by week, and the rows of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.model import INFINITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.problem import HiringPool
    from staffing.optimize.workforce.hiring_draft import Draft

    Array = NDArray[np.float64]
    Numbers = NDArray[np.int64]


class PoolColumns:
    """Columns of one pool.

    Parameters
    ----------
    draft : Draft
        The program they are written into.
    pool : HiringPool
        The pool.
    weights : ndarray, shape (weeks,)
        Length of each week inside the term.
    """

    def __init__(self, draft: Draft, pool: HiringPool, weights: Array) -> None:
        self.draft, self.model, self.weights = draft, pool, weights
        self.tenure = tenure = pool.tenure
        self.weeks = weeks = draft.weeks
        self.present = pool.present_h
        self.go_live = draft.columns(1, pool.go_live_cost, pool.go_live_max)
        draft.price("go_live_max", pool.name, self.go_live, is_row=False)
        by_tenure = np.where(tenure.in_training, pool.trainee_wage, pool.wage)
        pay = np.convolve(weights[::-1], np.append(tenure.kernel(by_tenure), 0.0))[:weeks]
        self.hires = draft.columns(weeks, pool.hire_cost + pay[::-1], pool.hires_max)
        if np.isfinite(pool.hires_max):
            draft.price("hires_max", pool.name, self.hires, is_row=False)
        self.experienced = draft.columns(weeks, weights * pool.wage)
        self.productive_h = draft.columns(weeks)
        self.classes = draft.columns(0 if pool.class_size is None else weeks)
        self._open_sources()
        self._open_work()
        draft.constant += float(tenure.staff(pool, weeks, by_tenure) @ weights)

    @property
    def whole(self) -> tuple[Numbers, ...]:
        """Columns that are whole when people are whole, each from the first week on."""
        return (
            *(self.go_live, self.hires, self.classes, self.releases),
            *(self.temporary_starts, self.temporary),
        )

    def _open_sources(self) -> None:
        pool, columns, weeks = self.model, self.draft.columns, self.weeks
        release, overtime = pool.release, pool.overtime
        temporary, helpers = pool.temporary, pool.cross_trained
        week = np.arange(weeks)
        self.releases = columns(0)
        if release is not None:
            wages = self.weights * pool.wage
            pay = paid_ahead(wages, release.notice_weeks, self.tenure.stay)
            self.releases = columns(weeks, release.severance + pay)
        self.overtime_h = self.overtime_extra = columns(0)
        if overtime is not None:
            self.overtime_h = columns(weeks, overtime.cost_per_h * self.weights)
            self.overtime_extra = columns(weeks, 0.0, 0.0)
        self.temporary_starts = self.temporary = columns(0)
        if temporary is not None:
            notice = np.where(week < temporary.notice_weeks, 0.0, INFINITY)
            self.temporary_starts = columns(weeks, temporary.start_cost, notice)
            self.temporary = columns(weeks, temporary.cost_per_week * self.weights)
        self.cross_trained = columns(0)
        if helpers is not None:
            notice = np.where(week < helpers.notice_weeks, 0.0, INFINITY)
            self.cross_trained = columns(weeks, helpers.cost_per_week * self.weights, notice)

    def _open_work(self) -> None:
        pool, columns, weeks = self.model, self.draft.columns, self.weeks
        undone = 0.0 if pool.shortfall_price is None else INFINITY
        self.short_h = columns(weeks, (pool.shortfall_price or 0.0) * self.weights, undone)
        self.nesting_extra = columns(weeks if self.tenure.nesting_h.any() else 0, 0.0, 0.0)
        self.ahead_h = self.backlog_h = columns(0)
        until_the_last = np.where(np.arange(weeks) < weeks - 1, INFINITY, 0.0)
        if pool.ahead_cost_per_h is not None:
            self.ahead_h = columns(weeks, pool.ahead_cost_per_h * self.weights, until_the_last)
        if pool.backlog is not None:
            self.backlog_h = columns(weeks, pool.backlog.cost_per_h * self.weights, until_the_last)

    def write_people(self) -> None:
        """Write the rows of people."""
        self._write_balance()
        self._write_productive()
        self._write_classes()
        self._write_contracts()

    def _write_balance(self) -> None:
        """``experienced_balance``: settled people who stay, join, are released or go to learn."""
        draft, rows, tenure, weeks = self.draft, self.draft.rows, self.tenure, self.weeks
        settling = tenure.staff_settling(self.model, weeks)
        self.balance = rows.block(weeks, settling, settling)
        rows.put(self.balance, self.experienced)
        rows.put(self.balance[1:], self.experienced[:-1], -tenure.stay)
        rows.put(self.balance[:1], self.go_live, -1.0)
        settled = self.hires[: max(weeks - tenure.settled, 0)]
        rows.put(self.balance[tenure.settled :], settled, -tenure.survival[-1])
        if len(self.releases):
            rows.put(self.balance, self.releases)
        draft.price("experienced_balance", self.model.name, self.balance)

    def _write_productive(self) -> None:
        """``productive_hours``: ordinary hours of own people."""
        fixed = self.present * self.tenure.staff(self.model, self.weeks, self.tenure.productivity)
        at = self.draft.rows.block(self.weeks, fixed, fixed)
        self.draft.rows.put(at, self.productive_h)
        self.draft.rows.put(at, self.experienced, -self.present)
        by_tenure = -self.tenure.kernel(self.tenure.productivity)
        self.draft.put_lagged(at, self.hires, by_tenure, self.present)
        self.put_notice(at, -self.present)

    def put_notice(self, rows: Numbers, scale: object = 1.0) -> None:
        """Add people under notice."""
        if self.model.release is not None:
            lags = self.tenure.decays(self.model.release.notice_weeks)
            self.draft.put_lagged(rows, self.releases, lags, scale)

    def _write_classes(self) -> None:
        """``class_size``: people who start fit into the classes that start."""
        if self.model.class_size is None:
            return
        rows = self.draft.rows
        at = rows.block(self.weeks, -INFINITY, 0.0)
        rows.put(at, self.hires)
        rows.put(at, self.classes, -float(self.model.class_size))
        self.draft.price("class_size", self.model.name, at)

    def _write_contracts(self) -> None:
        """``temporary_min`` and ``temporary_max``: contracts last neither shorter nor longer.

        Who started first leaves first; then these cumulative rules are exact.
        """
        terms, rows, weeks = self.model.temporary, self.draft.rows, self.weeks
        if terms is None:
            return
        ended = rows.block(weeks, -INFINITY, 0.0)
        rows.put(ended, self.temporary)
        rows.put(ended[1:], self.temporary[:-1], -1.0)
        rows.put(ended, self.temporary_starts, -1.0)
        for rule, length, sides in (
            ("temporary_min", terms.min_weeks, (0.0, INFINITY)),
            ("temporary_max", terms.max_weeks, (-INFINITY, 0.0)),
        ):
            if rule == "temporary_max" and length >= weeks:
                continue
            at = rows.block(weeks, *sides)
            rows.put(at, self.temporary)
            self.draft.put_lagged(at, self.temporary_starts, -np.ones(length))
            self.draft.price(rule, self.model.name, at, sign=1.0 if sides[0] == 0 else -1.0)

    def put_use(self, rows: Numbers, kind: str) -> None:
        """Add what the pool's people use of a shared limit."""
        put, lagged = self.draft.rows.put, self.draft.put_lagged
        columns = {
            "hires": self.hires,
            "classes": self.classes,
            "temporary": self.temporary,
            "cross_trained": self.cross_trained,
        }
        if kind in columns:
            self._put_part(rows, columns[kind])
        elif kind == "trainers":
            lagged(rows, self.classes, np.ones(self.model.lead_weeks))
        else:
            put(rows, self.experienced)
            self.put_notice(rows)
            lagged(rows, self.hires, self.tenure.kernel(self._counted(kind)))
            self._put_part(rows, self.temporary)
            self._put_part(rows, self.cross_trained)

    def _put_part(self, rows: Numbers, columns: Numbers) -> None:
        if len(columns):
            self.draft.rows.put(rows, columns)

    def _counted(self, kind: str) -> Array:
        """Which people not yet settled count against seats or licences, by tenure."""
        training = 1.0 if kind == "seats" else 0.0
        return np.where(self.tenure.in_training, training, 1.0)

    def fixed_use(self, kind: str) -> Array:
        """What people of the first day who are not yet settled use of a shared limit, by week."""
        if kind in ("seats", "licences"):
            return self.tenure.staff(self.model, self.weeks, self._counted(kind))
        if kind == "trainers":
            return staff_classes(self.model, self.weeks)
        return np.zeros(self.weeks)


def staff_classes(pool: HiringPool, weeks: int) -> Array:
    """Classes in which people of the first day are still in training, by week, shape (weeks,)."""
    size = float(pool.class_size or 1)
    classes = np.zeros(weeks)
    for group in pool.staff:
        classes[: max(pool.lead_weeks - group.tenure_weeks, 0)] += group.heads / size
    return classes


def paid_ahead(wages: Array, weeks: int, stay: float) -> Array:
    """Pay of one person over the `weeks` weeks from each week on, leavers apart."""
    shares = stay ** np.arange(min(weeks, len(wages)))
    paid = np.convolve(wages[::-1], np.append(shares, 0.0))[: len(wages)]
    return np.asarray(paid[::-1], dtype=float)
