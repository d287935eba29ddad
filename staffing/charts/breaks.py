"""Whose breaks they are: a roster counts people on break by interval, not by shift.

Breaks are planned for all people together. Here each is given to a shift it lies in, the earliest
started first (those who began first go first), which is how a foreman would hand them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]

_WEEK_H = 168


@dataclass(frozen=True)
class Pause:
    """People of one shift who take the same break."""

    rule: str
    start_interval: int
    length_intervals: int
    heads: int


def pauses_by_line(roster: Json, lines: Sequence[Json]) -> list[list[Pause]]:
    """Hand the breaks of a roster out to its shifts.

    Parameters
    ----------
    roster : mapping
        Roster as JSON; ``breaks`` may be absent.
    lines : sequence of mapping
        Its shifts, in the order in which the answer is wanted.

    Returns
    -------
    list of list of Pause
        One list per shift. Nobody takes the same break twice; a break that lies inside no shift
        with people left for it is in none.
    """
    size = len(roster["required_heads"])
    per_hour = size / _WEEK_H
    found: list[list[Pause]] = [[] for _ in lines]
    for rule in dict.fromkeys(one["rule"] for one in roster.get("breaks", ())):
        left = [line["heads"] for line in lines]
        own = (one for one in roster["breaks"] if one["rule"] == rule)
        for pause in sorted(own, key=lambda one: one["start_interval"]):
            wanted = pause["heads"]
            for i in _by_time_worked(pause, lines, size, per_hour):
                taken = min(wanted, left[i])
                if taken:
                    left[i] -= taken
                    wanted -= taken
                    found[i].append(
                        Pause(rule, pause["start_interval"], pause["length_intervals"], taken)
                    )
    return found


def _by_time_worked(pause: Json, lines: Sequence[Json], size: int, per_hour: float) -> list[int]:
    """Shifts a break lies in, the longest at work first."""
    worked = [(pause["start_interval"] - line["start_interval"]) % size for line in lines]
    inside = [
        i
        for i, line in enumerate(lines)
        if worked[i] + pause["length_intervals"] <= line["length_h"] * per_hour
    ]
    return sorted(inside, key=lambda i: -worked[i])
