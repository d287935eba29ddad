"""Several queues and groups under constant load: is every queue's target met."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.simulation.draws import QueueLaw, Stream, draw_contacts
from staffing.simulation.engine import Floor, answer_times
from staffing.simulation.estimates import (
    FEWEST_REPLICATIONS,
    Estimate,
    controlled_estimate,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST_HANDLE_TIMES = 100
_EDGE = 0.1


@dataclass(frozen=True)
class SteadySettings:
    """How long constant loads are played.

    Runs are added, `batch` at a time, until every queue's confidence interval lies on one side of
    its target or is narrow enough.

    Parameters
    ----------
    batch, most : int
        Independent runs played at a time, 6 or more; most runs of all.
    contacts : int
        Contacts of all queues in one run, about; 1 or more. The first and the last tenth of a run
        are not measured.
    precision : float
        Half width of a confidence interval that is narrow enough, in (0, 1).
    seed : int
        Root of all random numbers, 0 or more.
    """

    batch: int = 10
    most: int = 60
    contacts: int = 10_000
    precision: float = 0.01
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be played."""
        for name, fine, accepted in (
            ("batch", self.batch > FEWEST_REPLICATIONS, f"above {FEWEST_REPLICATIONS}"),
            ("most", self.most >= self.batch, "at least one batch"),
            ("contacts", self.contacts >= 1, "1 or more"),
            ("precision", 0 < self.precision < 1, "above 0 and below 1"),
            ("seed", self.seed >= 0, "0 or more"),
        ):
            if not fine:
                raise BadInputError.at(f"simulation.{name}", getattr(self, name), accepted)


@dataclass(frozen=True)
class SteadyQueue:
    """A queue of constant load.

    Parameters
    ----------
    load : float
        Erlangs, 0 or more.
    handle_time_s : float
        Mean of an exponential handling time, seconds, above 0.
    service_level, threshold_s : float
        Share to be answered within these seconds.
    """

    load: float
    handle_time_s: float
    service_level: float
    threshold_s: float


@dataclass
class _Tally:
    """What the runs so far say of one queue: share in time, and the work of all queues."""

    queue: SteadyQueue
    shares: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)

    def level(self, load: float) -> Estimate | None:
        return controlled_estimate(self.shares, self.works, load)

    def decided(self, load: float, precision: float) -> bool:
        """Whether more runs would not change the answer, or not by much."""
        found = self.level(load)
        return (
            found is None
            or verdict(self.queue.service_level, found) != "within noise"
            or found.high - found.low <= 2 * precision
        )


def steady_levels(
    queues: Sequence[SteadyQueue],
    skills: tuple[tuple[int, ...], ...],
    heads: Sequence[int],
    settings: SteadySettings,
) -> tuple[Estimate | None, ...]:
    """Share of each queue's contacts answered in time by these heads.

    The same settings meet the same contacts, whatever the heads.

    Parameters
    ----------
    queues : sequence of SteadyQueue
        K queues.
    skills : tuple of tuple of int
        Queues each group can answer.
    heads : sequence of int
        Heads of each group.
    settings : SteadySettings
        Length and number of runs.

    Returns
    -------
    tuple of Estimate or None
        None for a queue without contacts.
    """
    tallies = [_Tally(queue) for queue in queues]
    load = sum(queue.load for queue in queues)
    for run in range(settings.most if load > 0 else 0):
        _play(tallies, skills, heads, settings, Stream(settings.seed, (run,)))
        if (run + 1) % settings.batch == 0 and all(
            tally.decided(load, settings.precision) for tally in tallies
        ):
            break
    return tuple(tally.level(load) for tally in tallies)


def _play(
    tallies: list[_Tally],
    skills: tuple[tuple[int, ...], ...],
    heads: Sequence[int],
    settings: SteadySettings,
    stream: Stream,
) -> None:
    """Play one run and note what it says of every queue that had contacts."""
    queues = [tally.queue for tally in tallies]
    rates = np.array([queue.load / queue.handle_time_s for queue in queues])
    shortest = FEWEST_HANDLE_TIMES * max(queue.handle_time_s for queue in queues)
    length_s = float(max(settings.contacts / rates.sum(), shortest))
    laws = tuple(
        QueueLaw(np.array([rate * length_s]), queue.handle_time_s)
        for rate, queue in zip(rates, queues, strict=True)
    )
    contacts = draw_contacts(laws, length_s, stream)
    answered = answer_times(contacts, Floor(skills, np.array(heads)[:, None], length_s))
    thresholds = np.array([queue.threshold_s for queue in queues])
    in_time = answered - contacts.arrival_s <= thresholds[contacts.queue]
    measured = _measured(contacts.arrival_s, length_s)
    work = float(contacts.handle_s[measured].sum() / ((1 - 2 * _EDGE) * length_s))
    for number, tally in enumerate(tallies):
        ours = measured & (contacts.queue == number)
        if ours.any():
            tally.shares.append(float(in_time[ours].mean()))
            tally.works.append(work)


def _measured(arrival_s: NDArray[np.float64], length_s: float) -> NDArray[np.bool_]:
    """Contacts away from the start, when nobody waits yet, and from the end."""
    return (arrival_s >= _EDGE * length_s) & (arrival_s < (1 - _EDGE) * length_s)
