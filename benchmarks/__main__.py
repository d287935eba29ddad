"""`make bench`: every figure is a ratio against a peer, or a bound, measured in the same run."""

from __future__ import annotations

import sys

from benchmarks.api_load import measure_api_load
from benchmarks.cover_peer import measure_covers
from benchmarks.dashboard_time import measure_dashboard
from benchmarks.erlang_peer import measure_erlang
from benchmarks.forecast_peer import measure_forecast
from benchmarks.help_time import measure_help
from benchmarks.hiring_plan import measure_hiring
from benchmarks.memory import measure_memory
from benchmarks.quote_time import measure_quotes
from benchmarks.risk import measure_risk
from benchmarks.surge_ladder import measure_surge
from benchmarks.tour_gaps import measure_tours
from benchmarks.two_stage import measure_two_stage
from benchmarks.value_function import measure_value_function


def main() -> int:
    """Print every measurement with its bound; return 1 when a bound is exceeded."""
    print(f"{'what':<44}{'measured':>12}{'bound':>10}")
    within = True
    measures = (
        measure_quotes,
        measure_help,
        measure_memory,
        measure_erlang,
        measure_covers,
        measure_tours,
        measure_surge,
        measure_hiring,
        measure_two_stage,
        measure_value_function,
        measure_risk,
        measure_forecast,
        measure_api_load,
        measure_dashboard,
    )
    for measure in measures:
        for result in measure():
            print(result.line(), flush=True)
            within = within and result.within
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
