"""What a number of agents gives: waiting, service level, speed of answer, abandonment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.queueing import inputs
from staffing.queueing.abandonment import ImpatientQueues, fates
from staffing.queueing.erlang import inverse_blocking, waiting_probability

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from staffing.queueing.inputs import Floats


@dataclass(frozen=True)
class QueuePerformance:
    """What a number of agents gives; every field has the broadcast shape of the inputs.

    Parameters
    ----------
    wait_probability : ndarray
        Probability that a contact waits at all.
    service_level : ndarray
        Share of offered contacts answered within the threshold.
    asa_s : ndarray
        Average speed of answer: mean wait of all offered contacts, seconds, those who hang up
        included.
    occupancy : ndarray
        Handling time over available time.
    abandonment : ndarray
        Share of offered contacts that hang up while they wait; 0 without patience.
    """

    wait_probability: Floats
    service_level: Floats
    asa_s: Floats
    occupancy: Floats
    abandonment: Floats


def performance(
    load: ArrayLike,
    agents: ArrayLike,
    handle_time_s: ArrayLike,
    threshold_s: ArrayLike,
    patience_s: ArrayLike | None = None,
) -> QueuePerformance:
    """Measures of M/M/n (Erlang C), or of M/M/n+M (Erlang A) where callers hang up.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, 0 or more.
    agents : array_like of int
        Agents, 0 or more; without patience above the load wherever the load is positive.
    handle_time_s : array_like
        Average handling time, seconds, above 0.
    threshold_s : array_like
        Answer-within threshold, seconds, 0 or more.
    patience_s : array_like, optional
        Mean time after which a waiting caller hangs up, seconds, above 0, exponential.

    Returns
    -------
    QueuePerformance

    Raises
    ------
    BadInputError
        When the queue is unstable, or an input is out of its range.

    References
    ----------
    Gans, Koole and Mandelbaum 2003 (Erlang C); Garnett, Mandelbaum and Reiman 2002 (Erlang A).
    """
    given = {
        "load": inputs.loads(load),
        "agents": inputs.whole_agents(agents),
        "handle_time_s": inputs.handle_times(handle_time_s),
        "threshold_s": inputs.thresholds(threshold_s),
    }
    if patience_s is not None:
        given["patience_s"] = inputs.patiences(patience_s)
    shaped = inputs.together(**given)
    shape = shaped[0].shape
    rows = [np.ravel(array) for array in shaped]
    busy = rows[0] > 0
    a, n, *others = (array[busy] for array in rows)
    measured = _erlang_c(a, n, *others) if patience_s is None else _erlang_a(a, n, *others)
    idle = (0.0, 1.0, 0.0, 0.0, 0.0)
    filled = [np.full(busy.shape, value) for value in idle]
    for field, values in zip(filled, measured, strict=True):
        field[busy] = values
    return QueuePerformance(*(field.reshape(shape) for field in filled))


def late_share(
    load: Floats, agents: Floats, one_fewer: Floats, pace: Floats
) -> tuple[Floats, Floats]:
    """Probability of waiting at all and of waiting past the threshold, in M/M/n.

    ``C`` and ``C exp(-(n - a) T / AHT)``; `one_fewer` is ``I(n-1)``, `pace` is ``T / AHT``.
    """
    waiting = waiting_probability(load, agents, one_fewer)
    return waiting, waiting * np.exp((load - agents) * pace)


def _erlang_c(a: Floats, n: Floats, handle: Floats, threshold: Floats) -> tuple[Floats, ...]:
    """Wait probability, service level, speed of answer, occupancy, abandonment of M/M/n."""
    inputs.check_stable(a, n)
    with np.errstate(over="ignore"):
        waiting, late = late_share(a, n, inverse_blocking(a, n - 1), threshold / handle)
    return waiting, 1 - late, waiting * handle / (n - a), a / n, np.zeros(a.shape)


def _erlang_a(
    a: Floats, n: Floats, handle: Floats, threshold: Floats, patience: Floats
) -> tuple[Floats, ...]:
    """Return the same of M/M/n+M; the mean wait is abandonment times patience."""
    inputs.check_patience(a, handle, patience)
    fate = fates(ImpatientQueues(a, patience / handle, threshold / patience), n)
    occupancy = a * (1 - fate.abandoned) / np.maximum(n, 1)
    return (
        fate.waiting,
        fate.service_level,
        fate.abandoned * patience,
        np.where(n == 0, 0.0, occupancy),
        fate.abandoned,
    )
