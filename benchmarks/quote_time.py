"""A whole quote against the seconds spent inside the solver during the same quote."""

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

_AIM = 1.5
# Claims solves for a quarter of a second in all: what is not solving shows.
_BOUNDS = {"claims": 2.5}
_FROM_RISK = {"helpdesk": 2.5, "indexing": 3.0}


def measure_quotes() -> Iterator[Measurement]:
    """Yield total time over solver time for every example (imports and first run excluded)."""
    engagements = {name: load_engagement(example_file(name)) for name in EXAMPLES}
    quote(engagements["helpdesk"])
    for name, engagement in engagements.items():
        with _solver_clock() as clock:
            start = time.perf_counter()
            quote(engagement)
            total = time.perf_counter() - start
        yield Measurement(
            what=f"quote {name} / solver inside it",
            value=total / clock.seconds,
            unit="x",
            bound=_BOUNDS.get(name, _AIM),
            note=f"{total:.2f} s, {clock.seconds:.2f} s in {clock.solves} solves",
        )


def measure_quote_from_risk() -> Iterator[Measurement]:
    """Yield quotes on 100,000 futures over their solver time and the drawing; then priced again."""
    for name, bound in _FROM_RISK.items():
        yield from _measure_from_risk(name, bound)


def _measure_from_risk(name: str, bound: float) -> Iterator[Measurement]:
    engagement = load_engagement(example_file(name))
    from_risk = engagement.commercial.model_copy(update={"prices_from": "risk"})
    engagement = engagement.model_copy(update={"commercial": from_risk})
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
        bound=bound,
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
