"""Random numbers of a run: arrivals, handling times, patience, people between two whole numbers.

Every purpose has its own stream, found by a key and not by the order of drawing: two plans of the
same volumes meet the same contacts (common random numbers), whoever answers them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.simulation.engine import Contacts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ARRIVALS, _HANDLING, _PATIENCE, _PEOPLE = range(4)


@dataclass(frozen=True)
class Stream:
    """A place in the tree of random numbers.

    Parameters
    ----------
    seed : int
        Root of the tree, 0 or more.
    key : tuple of int
        Path in it, e.g. team and replication.
    """

    seed: int
    key: tuple[int, ...] = ()

    def child(self, *steps: int) -> Stream:
        """Return a place below this one."""
        return Stream(self.seed, (*self.key, *steps))

    def generator(self) -> np.random.Generator:
        """Start the numbers of this place, independent of every other's (numpy SeedSequence)."""
        sequence = np.random.SeedSequence(self.seed, spawn_key=self.key)
        return np.random.Generator(np.random.PCG64(sequence))


@dataclass(frozen=True)
class QueueLaw:
    """How contacts of one queue behave.

    Parameters
    ----------
    arrivals : ndarray, shape (I,)
        Expected contacts by interval of the run; they come as a Poisson process of that rate.
    handle_time_s : float
        Mean handling time, seconds, above 0.
    handle_time_cv : float or None
        Coefficient of variation of a lognormal handling time, 0 or more; None for exponential.
    patience_s : float or None
        Mean of an exponential patience, seconds; None when nobody hangs up.
    """

    arrivals: NDArray[np.float64]
    handle_time_s: float
    handle_time_cv: float | None = None
    patience_s: float | None = None


def draw_contacts(laws: tuple[QueueLaw, ...], interval_s: float, stream: Stream) -> Contacts:
    """Draw one run of all queues, in order of arrival."""
    drawn = [_queue(law, interval_s, stream.child(queue)) for queue, law in enumerate(laws)]
    times, handling, patience = (np.concatenate(parts) for parts in zip(*drawn, strict=True))
    queue = np.repeat(np.arange(len(laws)), [len(part[0]) for part in drawn])
    order = np.argsort(times, kind="stable")
    return Contacts(times[order], queue[order], handling[order], patience[order])


def _queue(law: QueueLaw, interval_s: float, stream: Stream) -> tuple[NDArray[np.float64], ...]:
    coming = stream.child(_ARRIVALS).generator()
    counts = coming.poisson(law.arrivals)
    starts = np.repeat(np.arange(len(law.arrivals)), counts)
    times = np.sort(starts + coming.random(len(starts))) * interval_s
    patience = np.full(len(times), np.inf)
    if law.patience_s is not None:
        patience = stream.child(_PATIENCE).generator().exponential(law.patience_s, len(times))
    return times, _handling(law, len(times), stream.child(_HANDLING).generator()), patience


def _handling(law: QueueLaw, count: int, random: np.random.Generator) -> NDArray[np.float64]:
    if law.handle_time_cv is None:
        return random.exponential(law.handle_time_s, count)
    variance = np.log1p(law.handle_time_cv**2)
    return random.lognormal(np.log(law.handle_time_s) - variance / 2, np.sqrt(variance), count)


def draw_people(expected: NDArray[np.float64], stream: Stream) -> NDArray[np.int64]:
    """Whole people by interval whose mean is the expected, fractional number.

    The whole part is always there, one more with the probability of the fraction, drawn anew for
    every interval.
    """
    whole = np.floor(expected)
    one_more = stream.child(_PEOPLE).generator().random(len(expected)) < expected - whole
    return (whole + one_more).astype(np.int64)
