"""The event loop: contacts of several queues, answered in order of arrival by groups of people.

A contact goes to an idle person of the least flexible group that can take it; a person who becomes
free takes the contact that has waited longest among those they can take. Who hangs up is found out
when their turn comes. People finish the contact in hand when their group shrinks, and what waits
is carried over every border of the week. Nothing here knows a formula of queueing.

The next event is taken from three sorted sources (arrivals, ends of contacts, changes of the
groups), so that a contact costs about a microsecond; a process-based model of SimPy is the
reference in the tests, contact by contact.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain
from math import inf
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Contacts:
    """Contacts of all queues in order of arrival, each array of shape (N,).

    Parameters
    ----------
    arrival_s : ndarray
        Seconds after the start of the run, never falling.
    queue : ndarray of int
        Index of the queue.
    handle_s : ndarray
        Handling time, seconds, 0 or more.
    patience_s : ndarray
        Longest wait before hanging up, seconds; inf for who never does.
    """

    arrival_s: NDArray[np.float64]
    queue: NDArray[np.int64]
    handle_s: NDArray[np.float64]
    patience_s: NDArray[np.float64]


@dataclass(frozen=True)
class Floor:
    """Who can answer what, and how many of them there are at what time.

    Parameters
    ----------
    skills : tuple of tuple of int
        Queues each group can answer.
    agents : ndarray of int, shape (G, I)
        People of each group in each interval of the run.
    interval_s : float
        Length of one interval, seconds.
    """

    skills: tuple[tuple[int, ...], ...]
    agents: NDArray[np.int64]
    interval_s: float

    @property
    def end_s(self) -> float:
        """Length of the run, seconds."""
        return float(self.agents.shape[1] * self.interval_s)


def answer_times(contacts: Contacts, floor: Floor) -> NDArray[np.float64]:
    """Play a run and say when each contact is answered.

    Returns
    -------
    ndarray, shape (N,)
        Seconds after the start; nan for a contact nobody answers before it hangs up or the run
        ends.
    """
    run = _Run(contacts, floor)
    arrivals = [*contacts.arrival_s.tolist(), inf]
    changes = _changes(floor)
    next_call = next_change = 0
    while True:
        arrival, change = arrivals[next_call], changes[next_change][0]
        if run.ends and run.ends[0][0] <= min(arrival, change):
            if run.ends[0][0] >= floor.end_s:
                break
            run.finish()
        elif min(arrival, change) >= floor.end_s:
            break
        elif change <= arrival:
            run.resize(*changes[next_change])
            next_change += 1
        else:
            run.arrive(arrival, next_call)
            next_call += 1
    return np.array(run.answered, dtype=float)


def _changes(floor: Floor) -> list[tuple[float, list[int]]]:
    """Times at which groups grow or shrink, and by how many each; the last never comes."""
    steps = np.diff(floor.agents, axis=1)
    times = np.flatnonzero(steps.any(axis=0))
    changes = [((int(t) + 1) * floor.interval_s, steps[:, t].tolist()) for t in times]
    return [*changes, (inf, [])]


class _Run:
    """Who is idle, who waits and what is in hand at one moment of a run."""

    def __init__(self, contacts: Contacts, floor: Floor) -> None:
        num_queues = 1 + max((*contacts.queue.tolist(), *chain(*floor.skills)), default=-1)
        by_flexibility = sorted(range(len(floor.skills)), key=lambda g: len(floor.skills[g]))
        self.skills = floor.skills
        self.groups = by_flexibility
        self.takers = [
            [g for g in by_flexibility if q in floor.skills[g]] for q in range(num_queues)
        ]
        self.idle: list[int] = floor.agents[:, 0].tolist()
        self.waiting: list[deque[int]] = [deque() for _ in range(num_queues)]
        self.ends: list[tuple[float, int]] = []
        self.queue: list[int] = contacts.queue.tolist()
        self.arrival: list[float] = contacts.arrival_s.tolist()
        self.handle: list[float] = contacts.handle_s.tolist()
        self.hang_up: list[float] = (contacts.arrival_s + contacts.patience_s).tolist()
        self.answered: list[float] = [np.nan] * len(self.queue)

    def arrive(self, now: float, call: int) -> None:
        """Answer at once if somebody can, else let the contact wait."""
        for group in self.takers[self.queue[call]]:
            if self.idle[group] > 0:
                self.answer(now, group, call)
                return
        self.waiting[self.queue[call]].append(call)

    def answer(self, now: float, group: int, call: int) -> None:
        """Put a contact into the hands of a group."""
        self.idle[group] -= 1
        self.answered[call] = now
        heappush(self.ends, (now + self.handle[call], group))

    def finish(self) -> None:
        """End the contact that ends first; that person takes the next one, if they stay on."""
        now, group = heappop(self.ends)
        self.idle[group] += 1
        self.serve(now, group)

    def resize(self, now: float, by: list[int]) -> None:
        """Let groups grow or shrink; below zero, people leave once their contact is over."""
        for group in self.groups:
            self.idle[group] += by[group]
        for group in self.groups:
            self.serve(now, group)

    def serve(self, now: float, group: int) -> None:
        """Give idle people of a group the contacts that have waited longest."""
        while self.idle[group] > 0:
            longest, since = -1, inf
            for queue in self.skills[group]:
                line = self.waiting[queue]
                while line and self.hang_up[line[0]] < now:
                    line.popleft()
                if line and self.arrival[line[0]] < since:
                    longest, since = queue, self.arrival[line[0]]
            if longest < 0:
                return
            self.answer(now, group, self.waiting[longest].popleft())
