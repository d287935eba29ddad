"""Peak memory of pricing each example, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import EXAMPLES, Measurement, example_file

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND_MB = 500.0
_KB_PER_MB = 1024

# A child's peak counts from the memory of whoever starts it, so a small process does.
_STARTER = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
print(usage.ru_maxrss)
sys.exit(child.returncode)
"""


def measure_memory() -> Iterator[Measurement]:
    """Yield the largest resident set of `crewquote quote` for every example."""
    for name in EXAMPLES:
        yield Measurement(
            what=f"peak memory of quote {name}",
            value=_peak_kb(name) / _KB_PER_MB,
            unit="MB",
            bound=BOUND_MB,
        )


def _peak_kb(name: str) -> int:
    crewquote = str(Path(sys.executable).parent / "crewquote")
    result = subprocess.run(  # noqa: S603 (our own programs)
        [sys.executable, "-c", _STARTER, crewquote, "quote", "-q", "--json", example_file(name)],
        check=True,
        capture_output=True,
        text=True,
    )
    return int(result.stdout)
