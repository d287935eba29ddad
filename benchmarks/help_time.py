"""`crewquote --help` against `--help` of a two-command typer program, in turns."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 15
BOUND = 1.5
PEER = '''
import typer

app = typer.Typer(add_completion=False)


@app.command()
def one(name: str) -> None:
    """Do one thing."""


@app.command()
def two(name: str) -> None:
    """Do another."""


app()
'''


def measure_help() -> Iterator[Measurement]:
    """Yield the ratio of medians; both programs run by turns, so that noise hits both."""
    with tempfile.TemporaryDirectory() as folder:
        peer_file = Path(folder) / "peer.py"
        peer_file.write_text(PEER)
        ours = [str(Path(sys.executable).parent / "crewquote"), "--help"]
        peer = [sys.executable, str(peer_file), "--help"]
        times: dict[str, list[float]] = {"ours": [], "peer": []}
        for _ in range(ROUNDS):
            times["ours"].append(_seconds(ours))
            times["peer"].append(_seconds(peer))
    medians = {name: statistics.median(values) for name, values in times.items()}
    yield Measurement(
        what="crewquote --help / two-command typer --help",
        value=medians["ours"] / medians["peer"],
        unit="x",
        bound=BOUND,
        note=f"{1000 * medians['ours']:.0f} ms, {1000 * medians['peer']:.0f} ms",
    )


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 (our own programs)
    return time.perf_counter() - start
