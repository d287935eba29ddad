"""A whole quote against the solver inside it and its 100,000 futures.

Both in processor seconds; the quote once more as it is waited for, for it uses two cores.

The futures are those of the full risk model, as `benchmarks.risk` has it: factors drawn, cost of
both offers read off, both billed (month by month where there is a contract) and measured. They are
drawn from scratch, at another root than the quote's: what the quote finds when it solves and uses
again when it draws is not taken off. Choosing prices on them is no part of that.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import highspy

from api.cli.loader import load_engagement
from benchmarks.measurement import EXAMPLES, Measurement, example_file
from pricing.cost import plan_cost
from pricing.drawn_contract.drawn import drawn_terms
from pricing.offers import build_offers
from pricing.quoting import QUOTE_DRAWS, QUOTE_SEED, plan_of, price_plan, quote
from pricing.risk.quoted import risk_on_futures
from pricing.risk_study import quote_risk
from pricing.term.agreed_years import agree_by_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pricing.engagement import Engagement
    from pricing.planning import Planned
    from pricing.risk_study import QuoteRisk

_AIM = 1.5
_REPEATS = 3
# Examples whose contract is drawn, or whose prices are searched for on the futures.
_MORE = ("billing", "indexing")
# Where programs are small, what is not solving shows.
_BOUNDS = {"indexing": 1.75}


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
    futures_s = min(_futures_s(engagement, planned, risk) for _ in range(_REPEATS))
    total, clock = min((_quote(engagement) for _ in range(_REPEATS)), key=lambda one: one[0])
    needed_s = clock.seconds + futures_s
    yield Measurement(
        what=f"quote {name} / solver + 100,000 futures",
        value=total / needed_s,
        unit="x",
        bound=_BOUNDS.get(name, _AIM),
        note=f"aim {_AIM:g} x; {total:.2f} s, {clock.seconds:.2f} s in {clock.solves} solves, "
        f"{futures_s:.2f} s",
    )
    yield Measurement(
        what=f"quote {name}, as waited for / the same",
        value=clock.waited_s / needed_s,
        unit="x",
        bound=_AIM,
        note=f"{clock.waited_s:.2f} s: both offers are solved side by side",
    )
    with _solver_clock() as clock:
        start = time.process_time()
        price_plan(engagement, planned, risk)
        total = time.process_time() - start
    yield Measurement(
        what=f"pricing {name} again: solves",
        value=float(clock.solves),
        unit="",
        bound=0.0,
        note=f"{total:.2f} s",
    )


def _futures_s(engagement: Engagement, planned: Planned, risk: QuoteRisk) -> float:
    """Draw, read both offers off, bill and measure them at the prices at parity."""
    lines = plan_cost(engagement, planned.teams, planned.plan)
    offers, prices = build_offers(engagement, planned.teams, planned.plan, lines)
    contract = None
    if engagement.contract is not None:
        agreements = agree_by_year(engagement, planned.teams, planned.plan, offers)
        contract = drawn_terms(engagement, planned.plan, agreements)
    start = time.process_time()
    outcomes = risk.outcomes(QUOTE_DRAWS, QUOTE_SEED + 1)
    risk_on_futures(engagement, prices, outcomes, QUOTE_SEED + 1, contract)
    return time.process_time() - start


def _quote(engagement: Engagement) -> tuple[float, _Clock]:
    with _solver_clock() as clock:
        start, began = time.process_time(), time.perf_counter()
        quote(engagement)
        clock.waited_s = time.perf_counter() - began
        return time.process_time() - start, clock


class _Clock:
    """Processor seconds inside the solver, how often it ran, and what a person waited in all."""

    seconds = waited_s = 0.0
    solves = 0


@contextmanager
def _solver_clock() -> Iterator[_Clock]:
    clock, run = _Clock(), highspy.Highs.run

    def timed(highs: highspy.Highs) -> object:
        start = time.thread_time()
        try:
            return run(highs)
        finally:
            clock.seconds += time.thread_time() - start
            clock.solves += 1

    highspy.Highs.run = timed  # type: ignore[assignment]  # the clock stands around the solver
    try:
        yield clock
    finally:
        highspy.Highs.run = run  # type: ignore[method-assign]
