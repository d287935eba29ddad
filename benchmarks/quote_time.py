"""A whole quote against the seconds inside the solver, and drawing, during the same quote."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import highspy

from api.cli.loader import load_engagement
from benchmarks.measurement import EXAMPLES, Measurement, example_file
from pricing.quoting import QUOTE_DRAWS, QUOTE_SEED, plan_of, price_plan, quote
from pricing.risk_study import quote_risk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.engagement import Engagement

_AIM = 1.5
# Examples whose contract is drawn, or whose prices are searched for on the futures.
_MORE = ("billing", "indexing")
# Where programs are small, what is not solving shows.
_BOUNDS = {"helpdesk": 1.75, "claims": 2.0, "billing": 2.5, "indexing": 3.0}


def measure_quotes() -> Iterator[Measurement]:
    """Yield quotes over their solver time and the drawing of 100,000 futures; then priced again.

    Imports and the first run are left out.
    """
    quote(load_engagement(example_file("helpdesk")))
    for name in (*EXAMPLES, *_MORE):
        yield from _measure(name, load_engagement(example_file(name)))


def _measure(name: str, engagement: Engagement) -> Iterator[Measurement]:
    planned = plan_of(engagement)
    risk = quote_risk(engagement, planned)
    start = time.perf_counter()
    risk.outcomes(QUOTE_DRAWS, QUOTE_SEED)
    futures_s = time.perf_counter() - start
    with _solver_clock() as clock:
        start = time.perf_counter()
        quote(engagement)
        total = time.perf_counter() - start
    yield Measurement(
        what=f"quote {name} / solver + 100,000 futures",
        value=total / (clock.seconds + futures_s),
        unit="x",
        bound=_BOUNDS.get(name, _AIM),
        note=f"aim {_AIM:g} x; {total:.2f} s, {clock.seconds:.2f} s in {clock.solves} solves, "
        f"{futures_s:.2f} s",
    )
    with _solver_clock() as clock:
        start = time.perf_counter()
        price_plan(engagement, planned, risk)
        total = time.perf_counter() - start
    yield Measurement(
        what=f"pricing {name} again: solves",
        value=float(clock.solves),
        unit="",
        bound=0.0,
        note=f"{total:.2f} s",
    )


class _Clock:
    """Seconds inside the solver, and how often it ran."""

    seconds = 0.0
    solves = 0


@contextmanager
def _solver_clock() -> Iterator[_Clock]:
    clock, run = _Clock(), highspy.Highs.run

    def timed(highs: highspy.Highs) -> object:
        start = time.perf_counter()
        try:
            return run(highs)
        finally:
            clock.seconds += time.perf_counter() - start
            clock.solves += 1

    highspy.Highs.run = timed  # type: ignore[assignment]  # the clock stands around the solver
    try:
        yield clock
    finally:
        highspy.Highs.run = run  # type: ignore[method-assign]
