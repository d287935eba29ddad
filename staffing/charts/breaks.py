"""Breaks of the standard week as its people take them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Mapping[str, Any]


@dataclass(frozen=True)
class Pause:
    """People of one shift who take the same break."""

    rule: str
    start_interval: int
    length_intervals: int
    heads: int


def pauses_by_shift(roster: Json) -> dict[tuple[int, float], list[Pause]]:
    """Gather the breaks of all people by the shift they lie in.

    Parameters
    ----------
    roster : mapping
        Roster as JSON.

    Returns
    -------
    dict
        Breaks by ``start_interval`` and ``length_h`` of their shift, in order of time; a shift
        without breaks is not in it.
    """
    taken: Counter[tuple[int, float, str, int, int]] = Counter()
    for line in roster["people"]:
        for shift in line["shifts"]:
            for rule, start, length in breaks_of(roster, shift):
                key = (shift["start_interval"], shift["length_h"], rule, start, length)
                taken[key] += line["people"]
    size = len(roster["required_heads"])
    found: dict[tuple[int, float], list[Pause]] = {}
    in_time = sorted(taken.items(), key=lambda one: (one[0][3] - one[0][0]) % size)
    for (begins, length_h, rule, start, length), heads in in_time:
        found.setdefault((begins, length_h), []).append(Pause(rule, start, length, heads))
    return found


def breaks_of(roster: Json, shift: Json) -> list[tuple[str, int, int]]:
    """Rule, first interval and length in intervals of each break of a person's shift."""
    length = {line["rule"]: line["length_intervals"] for line in roster["breaks"]}
    return [
        (rule, start, length[rule])
        for rule, start in zip(shift["break_rules"], shift["breaks"], strict=True)
    ]
