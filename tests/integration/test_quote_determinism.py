"""The same engagement gives the same bytes, in every process and however busy the machine is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.builders.command_line import EXAMPLES, crewquote

pytestmark = [pytest.mark.integration, pytest.mark.slow]

# Ends by itself should the test be killed before it can end it.
SPIN = "import time\nend = time.monotonic() + 120\nwhile time.monotonic() < end: pass"


@contextmanager
def processor_under_load() -> Iterator[None]:
    """Leave what is started now a single core, which is busy with something else."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    spinning = subprocess.Popen([sys.executable, "-c", SPIN])
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
        spinning.kill()
        spinning.wait()


def quoted(name: str, environment: dict[str, str]) -> str:
    """JSON of an example, priced in a process of its own."""
    run = crewquote("quote", EXAMPLES / f"{name}.yaml", "--json", "-q", environment=environment)
    assert run.returncode == 0, run.stderr
    assert '"reproducible": true' in run.stdout
    return run.stdout


@pytest.mark.parametrize("name", ["claims"])
def test_two_processes_and_a_busy_processor_give_the_same_bytes(name: str) -> None:
    calm = quoted(name, {"PYTHONHASHSEED": "1"})
    with processor_under_load():
        busy = quoted(name, {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LC_ALL": "C"})
    assert busy == calm
