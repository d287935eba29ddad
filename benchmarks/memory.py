"""Peak memory of pricing each example, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import EXAMPLES, Measurement, example_file

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUND_MB = 500.0
_KB_PER_MB = 1024


def measure_memory() -> Iterator[Measurement]:
    """Yield the largest resident set of `crewquote quote` for every example."""
    for name in EXAMPLES:
        command = [str(Path(sys.executable).parent / "crewquote"), "quote", "-q", "--json"]
        process = subprocess.Popen(  # noqa: S603 (our own program)
            [*command, str(example_file(name))], stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"crewquote quote {name} failed: exit {process.returncode}")
        yield Measurement(
            what=f"peak memory of quote {name}",
            value=usage.ru_maxrss / _KB_PER_MB,
            unit="MB",
            bound=BOUND_MB,
        )
