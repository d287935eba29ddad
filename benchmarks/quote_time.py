"""A whole quote against the seconds spent inside the solver during the same quote."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from api.cli.loader import load_engagement
from benchmarks.measurement import EXAMPLES, Measurement, example_file
from pricing.quoting import quote
from staffing.optimize.solver import SolveLog

if TYPE_CHECKING:
    from collections.abc import Iterator


def measure_quotes() -> Iterator[Measurement]:
    """Yield total time over solver time for every example (imports and first run excluded)."""
    engagements = {name: load_engagement(example_file(name)) for name in EXAMPLES}
    quote(engagements["helpdesk"])
    for name, engagement in engagements.items():
        log = SolveLog()
        start = time.perf_counter()
        quote(engagement, log=log)
        total = time.perf_counter() - start
        yield Measurement(
            what=f"quote {name} / solver inside it",
            value=total / log.solver_s,
            unit="x",
            note=f"{total:.2f} s, {log.solver_s:.2f} s in {log.num_solves} solves",
        )
