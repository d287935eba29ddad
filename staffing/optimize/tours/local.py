"""Local search on whole people: send a few home, let the best come instead, thousands of times.

For weeks with few people, where rounding loses most. Every shift and tour is judged by what heads
are worth just now; a slightly worse week is sometimes kept, so that the search gets on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.optimize.tours.breaks import place_breaks, waiting_of
from staffing.optimize.tours.first import Staff
from staffing.optimize.tours.model import whole_heads
from staffing.optimize.tours.people import people_of
from staffing.optimize.tours.worth import NEVER, ShiftWorth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from staffing.optimize.tours.model import TourModel
    from staffing.tours.problem import TourProblem

    Breaks = tuple[int, ...]
    Change = tuple[int, int, Breaks]

_TOURS = 0.15  # of the moves change who works at all
_MOST_SHIFTS = 4  # sent home in one move
_NEAR_H = 5.0  # between them
_WARM, _COOL = 0.3, 0.05  # paid hours: worse by that much is sometimes kept
_DEAR = 200.0  # hours that one head-hour short costs where nobody may be missing
_ROUNDING = 1e-9
_NOISE = 0.5  # paid hours, in the choice of who is sent home


def searchable(problem: TourProblem) -> bool:
    """Whether anybody may come and go: the search knows no seats, shares or caps."""
    return (
        problem.worst_interval_cap is None
        and problem.seats_left is None
        and problem.seat_price == 0
        and all(rule.share_max >= 1 for rule in problem.tours)
    )


def search_moves(
    model: TourModel, staff: Staff, seed: int, moves: int, go_on: Callable[[], bool]
) -> Staff:
    """Try moves; the better of the plan found and the plan given.

    Parameters
    ----------
    model : TourModel
        The columns.
    staff : Staff
        Plan to begin with.
    seed : int
        Of the choices.
    moves : int
        Most moves to try.
    go_on : callable
        Asked before every move.
    """
    week = _Week(model, staff, seed)
    best, cost = week.people(), week.cost()
    least = cost
    for move in range(moves):
        if not go_on():
            break
        warmth = week.hour * (_WARM + (_COOL - _WARM) * move / moves)
        changes = week.move()
        new = week.cost()
        if new <= cost + warmth * week.random.exponential():
            cost = new
            if cost < least - _ROUNDING:
                least, best = cost, week.people()
        else:
            week.undo(changes)
    point = place_breaks(model, best, seed)
    if point is None or point.objective >= staff.point.objective:
        return staff
    return Staff(best, point, staff.stop_reason)


class _Week:
    """Whole people and their breaks, and what changes when one comes or goes."""

    def __init__(self, model: TourModel, staff: Staff, seed: int) -> None:
        problem = model.problem
        self.model = model
        self.random = np.random.default_rng(seed)
        self.worth = ShiftWorth(model)
        self.shift_cost = model.matrix.cost[model.x]
        self.hour = float(np.median(problem.cost_by_interval)) or 1.0
        self.on = np.zeros(len(model.x), dtype=np.int64)
        self.crew = np.rint(staff.point.values[model.crew]).astype(np.int64)
        self.heads = np.zeros((len(model.groups), 7), dtype=np.int64)
        self.presence = np.zeros(model.size)
        self.labour = 0.0
        self.breaks: list[list[Breaks]] = [[] for _ in model.x]
        self.needed = whole_heads(problem)
        price = problem.shortfall_price
        self.price = problem.grid.interval_h * (_DEAR * self.hour if price is None else price)
        self.rules = [problem.breaks_of(group.length) for group in model.groups]
        self.lasts = [[problem.intervals(b.length_min) for b in rules] for rules in self.rules]
        self.any_days = np.array([group.rule.any_days for group in model.groups])
        at = {
            (model.groups[g].rule.name, model.groups[g].band_start, length, start): j
            for j, (g, length, start) in enumerate(
                zip(
                    model.shift_group.tolist(),
                    model.shift_length.tolist(),
                    model.shift_start.tolist(),
                    strict=True,
                )
            )
        }
        for p in people_of(model, staff.people, waiting_of(model, staff.point)):
            for start, taken in zip(p.starts, p.breaks, strict=True):
                self.change(at[p.rule, p.band_start, p.length, start], 1, taken)

    def people(self) -> NDArray[np.float64]:
        """Values of ``model.people``."""
        return np.concatenate([self.on, self.crew, self.heads.ravel()]).astype(float)

    def cost(self) -> float:
        """Objective, breaks as they are."""
        short = np.maximum(0.0, self.needed - self.presence)
        worst = self.model.problem.worst_interval_price * float(short.max())
        return self.labour + self.price * float(short.sum()) + worst

    def change(self, j: int, by: int, taken: Breaks) -> None:
        """One more person on a shift, or one less, with these breaks."""
        model = self.model
        group, start = int(model.shift_group[j]), int(model.shift_start[j])
        self._add(start, int(model.shift_length[j]), by)
        for at, lasts in zip(taken, self.lasts[group], strict=True):
            self._add(at, lasts, -by)
        self.on[j] += by
        self.heads[group, model.shift_day[j]] += by
        self.labour += by * self.shift_cost[j]
        if by > 0:
            self.breaks[j].append(taken)
        else:
            self.breaks[j].remove(taken)

    def _add(self, start: int, length: int, by: int) -> None:
        end = start + length
        self.presence[start:end] += by
        if end > self.model.size:
            self.presence[: end - self.model.size] += by

    def undo(self, changes: list[Change]) -> None:
        """Take changes back, the last first."""
        for j, by, taken in reversed(changes):
            if j < 0:
                self.crew[by] -= taken[0]
            else:
                self.change(j, -by, taken)

    def move(self) -> list[Change]:
        """Send somebody home and let others come; the changes made."""
        if self.crew.any() and self.random.random() >= _TOURS:
            return self._other_shifts()
        return self._other_tour()

    def _other_shifts(self) -> list[Change]:
        """A few shifts of about the same time, replaced by the best of the same people."""
        model = self.model
        present = np.flatnonzero(self.on)
        centre = model.shift_start[self.random.choice(present)]
        apart = np.abs(model.shift_start[present] - centre)
        apart = np.minimum(apart, model.size - apart)
        near = present[apart * model.problem.grid.interval_h <= _NEAR_H]
        count = min(len(near), int(self.random.integers(1, _MOST_SHIFTS + 1)))
        changes: list[Change] = []
        kept = self._kept_worth(near) + self.random.gumbel(0, _NOISE * self.hour, len(near))
        groups = []
        for j in near[np.argsort(kept, kind="stable")[:count]]:
            self._leave(int(j), changes)
            groups.append((int(model.shift_group[j]), int(model.shift_day[j])))
        for pick in self.random.permutation(len(groups)):
            group, day = groups[pick]
            gains = self.worth.gains(self._wanted())
            if self.any_days[group]:
                crew = self.crew[model.crew_group == group].sum()
                by_day = self.worth.day_gains(gains)[group]
                day = int(np.argmax(np.where(self.heads[group] < crew, by_day, 2 * NEVER)))
            self._come(self.worth.best_shift(gains, group, day), changes)
        return changes

    def _other_tour(self) -> list[Change]:
        """One person less, and as many new ones as pay for themselves."""
        model = self.model
        changes: list[Change] = []
        if self.crew.any():
            crew = int(self.random.choice(np.flatnonzero(self.crew)))
            group = int(model.crew_group[crew])
            mine = np.flatnonzero((model.shift_group == group) & (self.on > 0))
            for day in self._days_off(crew, group):
                on_day = mine[model.shift_day[mine] == day]
                on_day = on_day[self.on[on_day] > 0]
                kept = self._kept_worth(on_day)
                self._leave(int(on_day[np.argmin(kept)]), changes)
            self.crew[crew] -= 1
            changes.append((-1, crew, (-1,)))
        everybody = np.ones(len(self.crew), dtype=bool)
        for _ in range(2):
            gains = self.worth.gains(self._wanted())
            tour = self.worth.best_tour(gains, everybody)
            if tour.gain <= 0:
                break
            for j in tour.shifts:
                self._come(int(j), changes)
            self.crew[tour.crew] += 1
            changes.append((-1, tour.crew, (1,)))
        return changes

    def _days_off(self, crew: int, group: int) -> list[int]:
        """Days a person of a crew can be taken from: those on which everybody works first."""
        days = self.model.patterns[group]
        if not self.any_days[group]:
            first = int(np.searchsorted(self.model.crew_group, group))
            return list(days[crew - first] or ())
        order = np.argsort(-(self.heads[group] + self.random.random(7) / 2), kind="stable")
        return [int(day) for day in order[: self.model.groups[group].rule.days_on]]

    def _wanted(self) -> NDArray[np.float64]:
        """Worth of one more head at work in each interval."""
        short = self.needed - self.presence
        worth = self.price * np.clip(short, 0.0, 1.0)
        worst = float(short.max())
        if worst > 0:
            at_worst = short > worst - _ROUNDING
            worth[at_worst] += self.model.problem.worst_interval_price / at_worst.sum()
        return worth

    def _kept_worth(self, shifts: NDArray[np.int64]) -> NDArray[np.float64]:
        """What would be lost, less the cost saved, if one person of each shift went."""
        short = self.needed - self.presence
        lost = self.price * np.clip(short + 1, 0.0, 1.0)
        return self.worth.gains(lost)[shifts]

    def _leave(self, j: int, changes: list[Change]) -> None:
        taken = self.breaks[j][int(self.random.integers(len(self.breaks[j])))]
        self.change(j, -1, taken)
        changes.append((j, -1, taken))

    def _come(self, j: int, changes: list[Change]) -> None:
        """Add a person to a shift, each break where heads are worth least."""
        model = self.model
        group, wanted = int(model.shift_group[j]), self._wanted()
        taken = []
        for rule, lasts in zip(self.rules[group], self.lasts[group], strict=True):
            opens = int(model.shift_start[j]) + model.problem.opens_after(
                rule, int(model.shift_length[j])
            )
            starts = (opens + np.arange(model.problem.break_starts(rule))) % model.size
            missed = wanted[(starts[:, None] + np.arange(lasts)) % model.size].sum(axis=1)
            taken.append(int(starts[np.argmin(missed)]))
        self.change(j, 1, tuple(taken))
        changes.append((j, 1, tuple(taken)))
