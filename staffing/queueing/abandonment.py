"""Erlang A: callers hang up after an exponential patience (Garnett, Mandelbaum and Reiman 2002).

In units of the abandonment rate, n agents work at ``x = n patience / AHT`` and contacts arrive at
``y = load patience / AHT``. With j callers waiting, the chain weighs
``t_j = y^j / ((x+1) ... (x+j))`` against the state in which all agents are busy and nobody waits;
the states below weigh ``I(n) - 1`` together. All figures are sums of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.queueing.erlang import inverse_blocking
from staffing.queueing.poisson import HEAVY_FROM, gamma_share, queue_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.queueing.inputs import Floats


@dataclass(frozen=True)
class ImpatientQueues:
    """Queues with abandonment, one per row.

    Parameters
    ----------
    load : ndarray, shape (N,)
        Offered load in erlangs, above 0.
    patience : ndarray, shape (N,)
        Mean patience over mean handling time.
    threshold : ndarray, shape (N,)
        Answer-within threshold over mean patience.
    """

    load: Floats
    patience: Floats
    threshold: Floats

    def rows(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> ImpatientQueues:
        """Some of the queues."""
        return ImpatientQueues(self.load[chosen], self.patience[chosen], self.threshold[chosen])


@dataclass(frozen=True)
class Fates:
    """What becomes of an offered contact; all arrays of shape (N,).

    Parameters
    ----------
    waiting : ndarray
        Probability that it waits.
    abandoned : ndarray
        Probability that it hangs up.
    late : ndarray
        Probability that it is answered after the threshold.
    """

    waiting: Floats
    abandoned: Floats
    late: Floats

    @property
    def service_level(self) -> Floats:
        """Share answered within the threshold."""
        return np.maximum(0.0, 1 - (self.abandoned + self.late))


def fates(queues: ImpatientQueues, agents: Floats) -> Fates:
    """Work out all queues with so many agents, 0 or more.

    Two regimes, so that no sum is longer or larger than need be: up to full load the waiting
    states are added up; beyond, their sum is taken from its complement.
    """
    waiting, abandoned, late = (np.empty(agents.shape) for _ in range(3))
    y = queues.load * queues.patience
    heavy = (queues.load > agents) & (y >= HEAVY_FROM)
    for regime, rows in ((_heavy, heavy), (_light, ~heavy)):
        if rows.any():
            part = queues.rows(rows)
            served = inverse_blocking(part.load, agents[rows]) - 1
            waiting[rows], abandoned[rows], late[rows] = regime(part, agents[rows], served)
    return Fates(waiting, np.minimum(abandoned, 1.0), late)  # rounding may take it past 1


def _light(queues: ImpatientQueues, agents: Floats, served: Floats) -> tuple[Floats, ...]:
    """Add up the waiting states.

    ``P_wait = A / (I - 1 + A)``, ``P_abandon = sum j t_j / (y (I - 1 + A))``; answered late are
    ``x / (x+1) exp(y (1 - u) - (x+1) T) A(x+1, y u) / (I - 1 + A)`` with ``u = exp(-T)``.
    """
    x, y = agents * queues.patience, queues.load * queues.patience
    waiting_states, waiting_callers = queue_sums(x, y)
    states = served + waiting_states
    remaining = np.maximum(y * np.exp(-queues.threshold), np.finfo(float).tiny)
    later, _ = queue_sums(x + 1, remaining)
    late = x / (x + 1) * np.exp(_exponent(queues, agents)) * later / states
    return waiting_states / states, waiting_callers / y / states, late


def _heavy(queues: ImpatientQueues, agents: Floats, served: Floats) -> tuple[Floats, ...]:
    """Take the waiting states from the share P of the gamma law: ``A = P(x, y) / w(x, y)``.

    ``sum j t_j = (y - x) A + x``; answered late are ``P_wait (x / y) P(x+1, y u) / P(x, y)``.
    """
    x, y = agents * queues.patience, queues.load * queues.patience
    share, weight = gamma_share(x, y)
    nobody_waits = weight / share
    waiting = 1 / (1 + served * nobody_waits)
    spare = (queues.load - agents) * queues.patience
    abandoned = waiting * (spare + x * nobody_waits) / y
    remaining = np.maximum(y * np.exp(-queues.threshold), np.finfo(float).tiny)
    later, _ = gamma_share(x + 1, remaining)
    return waiting, abandoned, waiting * x / y * later / share


def _exponent(queues: ImpatientQueues, agents: Floats) -> Floats:
    """``y (1 - u) - (x+1) T``, without cancellation for short thresholds."""
    x, y, t = agents * queues.patience, queues.load * queues.patience, queues.threshold
    short = np.minimum(t, 1.0)
    drift = (queues.load - agents) * queues.patience
    near = drift * short - short - y * (short + np.expm1(-short))
    return np.where(t < 1, near, -y * np.expm1(-t) - (x + 1) * t)
