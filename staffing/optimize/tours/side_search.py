"""The same annealing from other draws in a process of its own, for the second core.

Threads would not do: the steps of an annealing are too short, both would wait for the interpreter.
The process ends with the one that started it, which keeps the pipe between them open.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Self

from staffing.optimize.tours.anneal import Annealed, anneal
from staffing.optimize.tours.model import TourModel
from staffing.tours.groups import offered_groups

if TYPE_CHECKING:
    from staffing.tours.problem import TourProblem

_START = "import sys; sys.path[:] = sys.argv[1:]; from {} import main; main()"
_LATE_S = 0.3  # after the deadline, that an answer is waited for
_CORES = 2
_LEAST_S = 3.0  # starting takes most of a second


@dataclass(frozen=True)
class Errand:
    """What the process is to do.

    Parameters
    ----------
    problem : TourProblem
        What is asked for.
    people : float
        Of the relaxation.
    seed : tuple of int
        Of the choices.
    enough : float
        Cost of a plan that is good enough.
    started, deadline : float
        On the clock of ``time.time``, which all processes share.
    """

    problem: TourProblem
    people: float
    seed: tuple[int, ...]
    enough: float
    started: float
    deadline: float

    def share(self, least: float) -> float:
        """Share of the time that is over; infinite with a good enough plan."""
        if least <= self.enough:
            return float("inf")
        return (time.time() - self.started) / (self.deadline - self.started)


def side_search(errand: Errand) -> SideSearch | None:
    """Start a search where there is a core for it and time enough; None elsewhere."""
    if errand.deadline - time.time() < _LEAST_S or (os.process_cpu_count() or 1) < _CORES:
        return None
    try:
        return SideSearch(errand)
    except OSError:  # e.g. no memory for another process
        return None


class SideSearch:
    """A search in a process of its own, which ends with the ``with`` block at the latest.

    Parameters
    ----------
    errand : Errand
        What it is to do.
    """

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._answer: Annealed | None = None
        self._process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-c", _START.format(__name__), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._talk = threading.Thread(target=self._send_and_receive, daemon=True)
        self._talk.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._talk.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def answer(self) -> Annealed | None:
        """What it found by its deadline; None when it found nothing, or was too late."""
        self._talk.join(max(0.0, self._errand.deadline - time.time()) + _LATE_S)
        return self._answer

    def _send_and_receive(self) -> None:
        asked, answered = self._process.stdin, self._process.stdout
        if asked is None or answered is None:
            return
        try:
            pickle.dump(self._errand, asked)
            asked.flush()
            self._answer = pickle.load(answered)  # noqa: S301 (of our own program)
        except (OSError, EOFError, pickle.UnpicklingError):  # it ended, or was ended
            return


def main() -> None:
    """Do the errand on the standard input; end as soon as that is closed."""
    errand: Errand = pickle.load(sys.stdin.buffer)  # noqa: S301 (of our own program)
    threading.Thread(target=_end_with, args=(sys.stdin.buffer,), daemon=True).start()
    model = TourModel(errand.problem, offered_groups(errand.problem))
    found = anneal(model, errand.people, errand.seed, lambda _, least: errand.share(least))
    pickle.dump(found, sys.stdout.buffer)
    sys.stdout.flush()


def _end_with(pipe: BinaryIO) -> None:
    """End this process when a pipe is closed by whoever holds its other end."""
    pipe.read()
    os._exit(0)
