"""Covers of a week against pyworkforce's MinRequiredResources, in the same run.

The peer plans seven days that do not touch: the hours of a night shift after midnight count on the
morning before it. Both plans are held to the week as it is worked, where Sunday night runs into
Monday.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from pyworkforce.scheduling import MinRequiredResources

from benchmarks.measurement import Measurement
from staffing.optimize.coverage import CandidateShift, cover_shifts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

DAYS = 7
REPEATS = 5
LENGTHS_H = (4, 6, 8, 10)
STARTS_H = {20: (0, 6, 8, 14, 22), 48: tuple(range(0, 24, 2)), 96: tuple(range(24))}
WEEKDAYS = (1.0, 0.97, 0.95, 0.96, 0.92, 0.6, 0.5)


@dataclass(frozen=True)
class Shape:
    """A shift of one day: first interval, intervals, cost."""

    start: int
    length: int
    cost: float


def measure_covers() -> Iterator[Measurement]:
    """Yield time, cost and heads short as worked, for every grid and number of shapes."""
    for per_hour in (1, 2):
        for number in STARTS_H:
            yield from _measure(per_hour, number)


def _measure(per_hour: int, number: int) -> Iterator[Measurement]:
    per_day = 24 * per_hour
    heads = _heads(per_hour)
    shapes = _shapes(per_hour, number)
    ours_s, ours = _fastest(lambda: cover_shifts(heads, _candidates(shapes, per_day)))
    peer_s, peer = _fastest(lambda: _peer(heads, shapes, per_day))
    people = [line["resources"] for line in peer["resources_shifts"]]
    short = np.maximum(0, heads - _presence(people, shapes, per_day))
    what = f"week 7x{per_day}, {number} shapes"
    yield Measurement(
        what=f"{what}: time / peer's",
        value=ours_s / peer_s,
        unit="x",
        bound=1,
        note=f"{1000 * ours_s:.0f} ms, {1000 * peer_s:.0f} ms",
    )
    yield Measurement(
        what=f"{what}: cost / peer's",
        value=ours.cost / peer["cost"],
        unit="x",
        bound=1,
        note=f"{ours.cost:,.0f} {ours.status}, {peer['cost']:,.0f}",
    )
    ours_short = np.maximum(0, heads - _presence(list(ours.counts.values()), shapes, per_day))
    yield Measurement(
        what=f"{what}: person-hours short",
        value=float(ours_short.sum()) / per_hour,
        unit="h",
        bound=0,
        note=f"peer {short.sum() / per_hour:g} h in {(short > 0).sum()} of {heads.size} intervals",
    )


def _heads(per_hour: int) -> NDArray[np.int64]:
    """Two peaks a day, 100 people at the higher one, half the people at weekends."""
    hour = (np.arange(24 * per_hour) + 0.5) / per_hour
    day = (
        12 + 88 * np.exp(-(((hour - 10.5) / 2.6) ** 2)) + 70 * np.exp(-(((hour - 16.5) / 2.8) ** 2))
    )
    week = np.concatenate([100 * day / day.max() * share for share in WEEKDAYS])
    return np.ceil(week).astype(np.int64)


def _shapes(per_hour: int, number: int) -> tuple[Shape, ...]:
    """Shifts of 4 to 10 h: 10 an hour, and 15 more for any hour from 00 to 06."""
    return tuple(
        Shape(
            start * per_hour,
            length * per_hour,
            10 * length + 15 * any((start + k) % 24 < 6 for k in range(length)),  # noqa: PLR2004 (06:00)
        )
        for start in STARTS_H[number]
        for length in LENGTHS_H
    )


def _candidates(shapes: tuple[Shape, ...], per_day: int) -> list[CandidateShift]:
    return [
        CandidateShift(f"{day} {j}", _worked(day, shape, per_day), shape.cost)
        for day in range(DAYS)
        for j, shape in enumerate(shapes)
    ]


def _worked(day: int, shape: Shape, per_day: int) -> NDArray[np.int64]:
    return (day * per_day + shape.start + np.arange(shape.length)) % (DAYS * per_day)


def _presence(people: list[int], shapes: tuple[Shape, ...], per_day: int) -> NDArray[np.int64]:
    """People at work in the cyclic week; `people` by day, then shape."""
    heads = np.zeros(DAYS * per_day, dtype=np.int64)
    for index, count in enumerate(people):
        day, j = divmod(index, len(shapes))
        heads[_worked(day, shapes[j], per_day)] += count
    return heads


def _peer(heads: NDArray[np.int64], shapes: tuple[Shape, ...], per_day: int) -> dict[str, Any]:
    names = [f"shape {j:02}" for j in range(len(shapes))]
    coverage = {}
    for name, shape in zip(names, shapes, strict=True):
        works = np.zeros(per_day, dtype=int)
        works[(shape.start + np.arange(shape.length)) % per_day] = 1
        coverage[name] = works.tolist()
    solution: dict[str, Any] = MinRequiredResources(
        num_days=DAYS,
        periods=per_day,
        shifts_coverage=coverage,
        required_resources=heads.reshape(DAYS, per_day).tolist(),
        max_period_concurrency=1000,
        max_shift_concurrency=1000,
        cost_dict={name: shape.cost for name, shape in zip(names, shapes, strict=True)},
    ).solve()
    return solution


def _fastest(run: Callable[[], Any]) -> tuple[float, Any]:
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result
