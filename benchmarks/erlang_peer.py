"""Fewest agents against pyworkforce, interval by interval, in the same run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
from pyworkforce.queuing import ErlangA, ErlangC

from benchmarks.measurement import Measurement
from staffing.queueing import agents_required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    type Floats = NDArray[np.float64]

INTERVALS = 10_000
INTERVAL_MIN = 30
SECONDS = 1.0
SHARED_FLOOR, VARIED_FLOOR, IMPATIENT_FLOOR = 150.0, 75.0, 50.0
# load, handling time, threshold, patience (minutes), service level, fewest agents.
IMPATIENT = (
    (10, 5, 1 / 3, 2, 0.8, 12),
    (50, 5, 1 / 3, 2, 0.8, 51),
    (100, 5, 1 / 3, 2, 0.8, 98),
    (200, 5, 1 / 3, 2, 0.8, 190),
    (500, 5, 1 / 3, 2, 0.8, 459),
    (100, 8, 30, 60, 0.9, 91),
)


def measure_erlang() -> Iterator[Measurement]:
    """Yield speed against the peer's loop, and how often either asks for an agent too many."""
    draw = np.random.default_rng(20_270_104)
    ones = np.ones(INTERVALS)
    for low, high in ((1, 60), (50, 600)):
        load = draw.uniform(low, high, INTERVALS)
        same = (300 * ones, 0.8 * ones, 20 * ones)
        yield _speed(f"Erlang C {low}-{high} E, same targets", load, same, SHARED_FLOOR)
        varied = (
            draw.uniform(120, 600, INTERVALS),
            draw.uniform(0.7, 0.95, INTERVALS),
            draw.uniform(10, 60, INTERVALS),
        )
        yield _speed(f"Erlang C {low}-{high} E, all varied", load, varied, VARIED_FLOOR)
    yield _too_many(draw)
    yield from _impatient()


def _speed(what: str, load: Floats, others: tuple[Floats, ...], floor: float) -> Measurement:
    """Compare without an occupancy cap, where our search has most to do."""
    shared = all(np.ptp(values) == 0 for values in others)
    given = tuple(values[0] if shared else values for values in others)
    ours_s, ours = _fastest(lambda: agents_required(load, *given))
    peer_s, peer = _fastest(lambda: _peer_loop(load, *others))
    return Measurement(
        what=f"{what}: peer / ours",
        value=peer_s / ours_s,
        unit="x",
        floor=floor,
        note=f"{1000 * ours_s:.2f} ms, {1000 * peer_s:.0f} ms; agents {ours.sum()}, {peer.sum()}",
    )


def _too_many(draw: np.random.Generator) -> Measurement:
    """Small queues and long thresholds as well: email and back office beside calls."""
    size = INTERVALS // 2
    load = np.exp(draw.uniform(np.log(0.05), np.log(400), size))
    others = (
        draw.uniform(60, 900, size),
        draw.uniform(0.5, 0.99, size),
        np.exp(draw.uniform(np.log(10), np.log(3600), size)),
    )
    ours, peer = agents_required(load, *others), _peer_loop(load, *others)
    return Measurement(
        what="intervals with an agent too many",
        value=float((ours > peer).sum()),
        unit="",
        bound=0,
        note=f"peer: {(peer > ours).sum()} of {size} too many",
    )


def _impatient() -> Iterator[Measurement]:
    load, handle, threshold, patience, target, fewest = np.array(IMPATIENT).T
    times = (60 * handle, target, 60 * threshold, 60 * patience)
    ours_s, ours = _fastest(lambda: agents_required(load, *times))
    peer_s, peer = _fastest(_peer_impatient)
    yield Measurement(
        what="Erlang A, six queues: peer / ours",
        value=peer_s / ours_s,
        unit="x",
        floor=IMPATIENT_FLOOR,
        note=f"{1000 * ours_s:.1f} ms, {1000 * peer_s:.0f} ms",
    )
    yield Measurement(
        what="Erlang A agents beyond the fewest",
        value=float(np.abs(ours - fewest).sum()),
        unit="",
        bound=0,
        note=f"{ours.tolist()}; peer {peer}",
    )


def _peer_loop(
    load: Floats, handle: Floats, target: Floats, threshold: Floats
) -> NDArray[np.int64]:
    minutes = ((handle / 60).tolist(), (threshold / 60).tolist())
    return np.array(
        [
            ErlangC(
                transactions=a * INTERVAL_MIN / aht, aht=aht, asa=asa, interval=INTERVAL_MIN
            ).required_positions(service_level=level)["raw_positions"]
            for a, aht, asa, level in zip(load.tolist(), *minutes, target.tolist(), strict=True)
        ]
    )


def _peer_impatient() -> list[int]:
    return [
        ErlangA(
            transactions=a * INTERVAL_MIN / aht,
            aht=aht,
            asa=asa,
            interval=INTERVAL_MIN,
            patience=patience,
        ).required_positions(service_level=level)["raw_positions"]
        for a, aht, asa, patience, level, _ in IMPATIENT
    ]


def _fastest(run: Callable[[], Any]) -> tuple[float, Any]:
    """Least time of as many runs as fit into a second, one at least."""
    seconds: list[float] = []
    while sum(seconds) < SECONDS:
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result
