"""The tours worth most in many weeks at once, given what heads are worth in each of them.

Weeks are the last axis of every array here, so that one step of numpy serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from staffing.grid import MINUTES_PER_DAY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.model import TourModel
    from staffing.tours.rules import BreakRule, TourRule

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int64]

_NEVER = 10.0  # a shift not on offer costs this many of the dearest: nobody is ever worth that
_BREAK_NOISE = 0.1  # of that of a shift
_NOISE_SPARE = 1 << 17  # draws more than are needed at once
_DAYS = np.arange(7)
# Pairs to put in order, one after the other, after which any seven values are ascending.
_SORTING_SEVEN = (
    *((0, 6), (2, 3), (4, 5), (0, 2), (1, 4), (3, 6), (0, 1), (2, 5)),
    *((3, 4), (1, 2), (4, 6), (2, 3), (4, 5), (1, 2), (3, 4), (5, 6)),
)


@dataclass(frozen=True)
class Offer:
    """One tour for each week.

    Parameters
    ----------
    crew : ndarray of int, shape (R,)
        Its crew.
    shifts : ndarray of int, shape (R, 7)
        Its shift on each day of the week, -1 on days off.
    at_work : ndarray of int8, shape (T, R)
        1 in every interval at work.
    cost : ndarray, shape (R,)
        Of its shifts.
    """

    crew: Ints
    shifts: Ints
    at_work: NDArray[np.int8]
    cost: NDArray[np.float64]


class Offers:
    """All tours on offer, judged for many weeks side by side.

    Parameters
    ----------
    model : TourModel
        Shifts, crews and costs.
    num_weeks : int
        R, the weeks side by side.
    random : numpy.random.Generator
        Source of the noise.
    """

    def __init__(self, model: TourModel, num_weeks: int, random: np.random.Generator) -> None:
        problem = model.problem
        self._size, self._weeks = model.size, np.arange(num_weeks)
        self._step = problem.intervals(problem.start_step_min)
        self._slots = model.size // self._step
        kinds = list(dict.fromkeys((g.rule, g.length) for g in model.groups))
        kinds.sort(key=lambda kind: _alike(kind[0]))
        self._lengths = np.array([length for _, length in kinds])
        self._cost, self._shift = self._by_start(model, kinds)
        repeated = np.repeat(self._cost[:, :, None], num_weeks, axis=2)
        self._dear = np.ascontiguousarray(repeated, dtype=np.float32)
        self._breaks = [_Break(model, rule, self._lengths) for rule in problem.breaks]
        self._tours = []
        for _, alike in groupby(enumerate(kinds), key=lambda kind: _alike(kind[1][0])):
            first, *_ = numbered = list(alike)
            self._tours.append(_Tours(model, first[0], [kind for _, kind in numbered]))
        self._worth = np.empty(self._dear.shape, dtype=np.float32)
        self._random = random
        drawn = random.gumbel(size=self._dear.size + _NOISE_SPARE)
        self._noise_kept = drawn.astype(np.float32)
        self._noise = self._noise_kept

    def warm(self, warmth: float) -> None:
        """Set the noise in the worth of a shift, as a cost."""
        self._noise = self._noise_kept * np.float32(warmth)

    def draw(self, wanted: Floats) -> Offer:
        """Choose the tour that is worth most, noise included, for each week.

        Parameters
        ----------
        wanted : ndarray, shape (T, R)
            Worth of one more head at work, by interval and week.
        """
        size = self._size
        until = np.empty((2 * size + 1, len(self._weeks)), dtype=np.float32)
        until[0] = 0.0
        np.cumsum(wanted, axis=0, out=until[1 : size + 1])
        np.add(until[1 : size + 1], until[size], out=until[size + 1 :])
        missed = [rule.missed(until, size) for rule in self._breaks]
        worth = self._noisy_worth(until, [rule.least(m) for rule, m in self._with(missed)])
        totals = [tours.totals(worth) for tours in self._tours]
        best = np.concatenate(totals).argmax(axis=0)
        kind, crew = np.empty_like(best), np.empty_like(best)
        slots = np.empty((len(best), 7), dtype=np.int64)
        for tours, total in zip(self._tours, totals, strict=True):
            chosen = np.flatnonzero((best >= 0) & (best < len(total)))
            kind[chosen], crew[chosen], slots[chosen] = tours.taken(worth, best[chosen], chosen)
            best -= len(total)
        on = slots >= 0
        shift = np.where(on, self._shift[kind[:, None], slots], -1)
        cost = np.where(on, self._cost[kind[:, None], slots], 0.0).sum(axis=1)
        return Offer(crew, shift, self._at_work(kind, slots, on, missed), cost)

    def _with[Each](self, of_rules: list[Each]) -> zip[tuple[_Break, Each]]:
        return zip(self._breaks, of_rules, strict=True)

    def _by_start(
        self, model: TourModel, kinds: list[tuple[TourRule, int]]
    ) -> tuple[NDArray[np.float64], Ints]:
        """Cost and number of the shift of every kind at every start of the week, shape (K, N)."""
        cost = model.matrix.cost[model.x]
        number = {kind: k for k, kind in enumerate(kinds)}
        of_group = np.array([number[group.rule, group.length] for group in model.groups])
        at = of_group[model.shift_group], model.shift_start // self._step
        by_start = np.full((len(kinds), self._slots), _NEVER * max(float(cost.max()), 1.0))
        by_start[at] = cost
        shift = np.full(by_start.shape, -1)
        shift[at] = np.arange(len(cost))
        return by_start, shift

    def _noisy_worth(self, until: Floats, least: list[Floats]) -> Floats:
        """What one more person on each shift is worth, less its cost, plus noise: (K, N, R)."""
        size, step = self._size, self._step
        noise = self._some_noise(self._worth.size).reshape(self._worth.shape)
        for k, length in enumerate(self._lengths.tolist()):
            worth = self._worth[k]
            np.subtract(until[length : length + size : step], until[0:size:step], out=worth)
            for rule, lost in self._with(least):
                if (opens := int(rule.opens_after[k])) >= 0:
                    worth -= lost[opens : opens + size : step]
        self._worth -= self._dear
        self._worth += noise
        return self._worth

    def _some_noise(self, count: int) -> Floats:
        """Slices of one long draw: drawing anew would take longer than all the rest."""
        start = int(self._random.integers(len(self._noise) - count))
        return self._noise[start : start + count]

    def _at_work(
        self, kind: Ints, slots: Ints, on: NDArray[np.bool_], missed: list[Floats]
    ) -> NDArray[np.int8]:
        """Intervals at work, each break where heads are worth least, more or less."""
        change = np.zeros((self._size + 1, len(kind)), dtype=np.int8)
        of_week = np.nonzero(on)[0]
        start, of_kind = slots[on] * self._step, kind[of_week]
        self._add(change, of_week, start, self._lengths[of_kind], 1)
        for rule, lost in self._with(missed):
            opens = rule.opens_after[of_kind]
            week, opens = of_week[opens >= 0], (start + opens)[opens >= 0]
            at = opens[:, None] + np.arange(rule.positions)
            regret = lost[at % self._size, week[:, None]]
            regret -= _BREAK_NOISE * self._some_noise(at.size).reshape(at.shape)
            self._add(change, week, opens + regret.argmin(axis=1), rule.lasts, -1)
        return np.cumsum(change[:-1], axis=0, dtype=np.int8)

    def _add(
        self, change: NDArray[np.int8], week: Ints, start: Ints, length: Ints | int, by: int
    ) -> None:
        """Begin and end a span of the cyclic week in the changes from interval to interval."""
        begin = start % self._size
        end = begin + length
        over = end > self._size
        flat, width, step = change.reshape(-1), change.shape[1], np.int8(by)
        np.add.at(flat, begin * width + week, step)
        np.subtract.at(flat, np.where(over, end - self._size, end) * width + week, step)
        if over.any():
            np.add.at(flat, week[over], step)


class _Break:
    """A break rule over the kinds of shifts."""

    def __init__(self, model: TourModel, rule: BreakRule, lengths: Ints) -> None:
        problem = model.problem
        self.opens_after = np.array(
            [
                problem.opens_after(rule, length)
                if rule.applies_to(length * problem.grid.interval_h)
                else -1
                for length in lengths.tolist()
            ]
        )
        self.positions = problem.break_starts(rule)
        self.lasts = problem.intervals(rule.length_min)

    def missed(self, until: Floats, size: int) -> Floats:
        """Worth of heads during a break that starts in each interval, twice round the week."""
        once = until[self.lasts : self.lasts + size] - until[:size]
        return np.concatenate([once, once])

    def least(self, missed: Floats) -> Floats:
        """Worth of heads during the best break of a window that opens in each interval, twice."""
        size = len(missed) // 2
        least = missed[:size].copy()
        for k in range(1, self.positions):
            np.minimum(least, missed[k : k + size], out=least)
        return np.concatenate([least, least])


def _alike(rule: TourRule) -> tuple[int, str]:
    """Same for rules whose tours are judged together: alike in bands, and free in their days."""
    return rule.start_band_min, "" if rule.any_days else rule.name


class _Tours:
    """Tours of kinds next to each other, by kind, band and, where there are any, days on."""

    def __init__(self, model: TourModel, first: int, kinds: list[tuple[TourRule, int]]) -> None:
        problem, rule = model.problem, kinds[0][0]
        self._kinds = slice(first, first + len(kinds))
        minutes = np.arange(0, MINUTES_PER_DAY, problem.start_step_min)
        bands, band_of = np.unique(minutes // rule.start_band_min, return_inverse=True)
        counts = np.bincount(band_of)
        self._widest = int(counts.max())
        # Starts of a band, the last one again where it has fewer than others.
        in_band = np.minimum(np.arange(self._widest), counts[:, None] - 1)
        in_day = (np.cumsum(counts) - counts)[:, None] + in_band
        self._slot = _DAYS[:, None, None] * len(minutes) + in_day  # day, band, start
        self._even = bool((counts == self._widest).all())
        self._days_on = np.array([rule.days_on for rule, _ in kinds])
        patterns = rule.day_patterns()
        self._patterns = None
        if not rule.any_days:
            self._patterns = np.zeros((len(patterns), 7), dtype=np.float32)
            for row, days in zip(self._patterns, patterns, strict=True):
                row[list(days)] = 1.0
        crews_of = {
            (group.rule, group.length, group.band_start): int(np.searchsorted(model.crew_group, g))
            for g, group in enumerate(model.groups)
        }
        starts = (bands * rule.start_band_min // problem.grid.interval_min).tolist()
        self._crew = np.array([[crews_of.get((*kind, at), -1) for at in starts] for kind in kinds])

    def totals(self, worth: Floats) -> Floats:
        """Worth of the best tour of each pattern, kind and band, these in one axis: (C, R)."""
        of_band = self._of_band(worth).transpose(1, 0, 2, 3, 4)
        best = of_band[:, :, :, 0].copy()
        for start in range(1, self._widest):
            np.maximum(best, of_band[:, :, :, start], out=best)
        num_weeks = best.shape[-1]
        if self._patterns is not None:
            return (self._patterns @ best.reshape(7, -1)).reshape(-1, num_weeks)
        by_rank = list(best)
        for less, more in _SORTING_SEVEN:
            low = np.minimum(by_rank[less], by_rank[more])
            np.maximum(by_rank[less], by_rank[more], out=by_rank[more])
            by_rank[less] = low
        total = np.empty(best.shape[1:], dtype=np.float32)
        best_days = np.zeros_like(total)
        for days_on, of_day in enumerate(reversed(by_rank), start=1):
            best_days += of_day
            mine = self._days_on == days_on
            total[mine] = best_days[mine]
        return total.reshape(-1, num_weeks)

    def taken(self, worth: Floats, best: Ints, weeks: Ints) -> tuple[Ints, Ints, Ints]:
        """Kind, crew and start by day, -1 on days off, of tours by their number in the totals."""
        pattern, cell = np.divmod(best, self._crew.size)
        of_kind, band = np.divmod(cell, self._crew.shape[1])
        starts = self._of_band(worth)[of_kind, :, band, :, weeks]  # weeks, days, starts
        slots = self._slot[_DAYS, band[:, None], starts.argmax(axis=2)]
        crew = self._crew[of_kind, band] + pattern
        if self._patterns is None:
            rank = starts.max(axis=2).argsort(axis=1).argsort(axis=1)
            on = rank >= 7 - self._days_on[of_kind][:, None]
        else:
            on = self._patterns[pattern] > 0
        return self._kinds.start + of_kind, crew, np.where(on, slots, -1)

    def _of_band(self, worth: Floats) -> Floats:
        """Worth by kind, day, band, start in it, week."""
        mine = worth[self._kinds]
        if self._even:
            return mine.reshape(len(mine), *self._slot.shape, -1)
        return mine[:, self._slot]
