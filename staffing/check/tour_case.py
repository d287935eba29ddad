"""What every rule of tours looks at: the problem, the plan, and heads added up from its people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from staffing.tours.plan import PersonWeek, TourPlan
    from staffing.tours.problem import TourProblem
    from staffing.tours.rules import BreakRule, TourRule

    Window = tuple[str, int, int, int]

_MIDDLE = 0.5
_NOISE = 1e-9


@dataclass(frozen=True)
class TourCase:
    """A problem and a plan for it."""

    problem: TourProblem
    plan: TourPlan

    def people(self) -> Iterator[tuple[str, PersonWeek, TourRule]]:
        """Everybody, with a name for messages and the rule they work by."""
        rules = {rule.name: rule for rule in self.problem.tours}
        for index, person in enumerate(self.plan.people):
            yield f"person {index}", person, rules[person.rule]

    def days(self, person: PersonWeek) -> list[int]:
        """Days a person's shifts start on, 0 is Monday."""
        return [start // self.problem.grid.per_day for start in person.starts]

    def breaks(self, length: int) -> list[BreakRule]:
        """Breaks of a shift of that many intervals."""
        hours = length * self.problem.grid.interval_h
        return [rule for rule in self.problem.breaks if hours >= rule.shift_at_least_h]

    def paid_h(self, length: int) -> float:
        """Paid hours of a shift of that many intervals."""
        unpaid_min = sum(rule.length_min for rule in self.breaks(length) if not rule.paid)
        return (length * self.problem.grid.interval_min - unpaid_min) / 60

    def windows(self, length: int) -> list[Window]:
        """Name, opening and closing after the start, and length of each break, in intervals.

        A window off the grid is moved outward by part of an interval.
        """
        interval = self.problem.grid.interval_min
        found = []
        for rule in self.breaks(length):
            opens_min = rule.centre * length * interval - rule.window_min / 2
            if rule.centre > _MIDDLE:
                opens = ceil(opens_min / interval - _NOISE)
            else:
                opens = floor(opens_min / interval + _NOISE)
            closes = opens + rule.window_min // interval
            found.append((rule.name, opens, closes, rule.length_min // interval))
        return found

    @cached_property
    def shifts(self) -> Counter[tuple[int, int]]:
        """People by start and length of a shift."""
        return Counter((start, p.length) for p in self.plan.people for start in p.starts)

    @cached_property
    def breaks_taken(self) -> Counter[tuple[str, int]]:
        """Breaks by name and start."""
        names = {p.length: [b.name for b in self.breaks(p.length)] for p in self.plan.people}
        return Counter(
            (name, start)
            for person in self.plan.people
            for taken in person.breaks
            for name, start in zip(names[person.length], taken, strict=False)
        )

    @cached_property
    def on_duty(self) -> NDArray[np.float64]:
        """People between start and end of their shift, shape (T,)."""
        return self._heads(self.shifts)

    @cached_property
    def presence(self) -> NDArray[np.float64]:
        """People on duty and not on a break, shape (T,)."""
        lasts = {
            b.name: b.length_min // self.problem.grid.interval_min for b in self.problem.breaks
        }
        away: Counter[tuple[int, int]] = Counter()
        for (name, start), count in self.breaks_taken.items():
            away[start, lasts[name]] += count
        return self.on_duty - self._heads(away)

    @cached_property
    def shortfall(self) -> NDArray[np.float64]:
        """Heads missing, shape (T,)."""
        return np.maximum(0.0, np.asarray(self.problem.requirement, dtype=float) - self.presence)

    @cached_property
    def labour_cost(self) -> float:
        """Paid hours of every shift at the mean cost of its intervals."""
        twice = np.tile(np.asarray(self.problem.cost_by_interval, dtype=float), 2)
        until = np.concatenate([[0.0], np.cumsum(twice)])
        return sum(
            count * self.paid_h(length) * float(until[start + length] - until[start]) / length
            for (start, length), count in self.shifts.items()
        )

    def _heads(self, spans: Mapping[tuple[int, int], int]) -> NDArray[np.float64]:
        """People present in each interval of spans (start, length), by what changes."""
        size = self.problem.grid.size
        change = np.zeros(2 * size + 1)
        for (start, length), count in spans.items():
            change[start] += count
            change[start + length] -= count
        unrolled = np.cumsum(change)
        return np.asarray(unrolled[:size] + unrolled[size : 2 * size], dtype=float)
