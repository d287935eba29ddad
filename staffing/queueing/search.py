"""Fewest agents: the true minimum, every time.

Every condition (service level, occupancy cap, abandonment cap) is met from some number of agents
on, so the least number that meets all is well defined and can be searched.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.queueing import inputs
from staffing.queueing.abandonment import ImpatientQueues, fates
from staffing.queueing.erlang import inverse_blocking
from staffing.queueing.inputs import LARGEST_LOAD
from staffing.queueing.measures import late_share

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from staffing.queueing.inputs import Floats

    type Search = Callable[..., NDArray[np.int64]]

# A load that fills the cap to the last digit, e.g. 2.1 E on 3 agents at 0.7, is within it.
_ROUNDING = 1e-12
_WORTH_BINNING = 2
_MOST_TRIES, _ROWS_AT_ONCE = 16, 256


def agents_required(
    load: ArrayLike,
    handle_time_s: ArrayLike,
    service_level: ArrayLike,
    threshold_s: ArrayLike,
    patience_s: ArrayLike | None = None,
    max_occupancy: ArrayLike | None = None,
    max_abandonment: ArrayLike | None = None,
) -> NDArray[np.int64]:
    """Fewest agents that meet the service level and the caps, exactly.

    Without patience the answer is above the load (Erlang C); with patience it may lie below
    (Erlang A). All inputs broadcast against each other.

    Parameters
    ----------
    load : array_like
        Offered load in erlangs; 0 (nothing offered, or closed) needs 0 agents.
    handle_time_s : array_like
        Average handling time, seconds, above 0.
    service_level : array_like
        Share of all offered contacts to be answered within the threshold, in (0, 1).
    threshold_s : array_like
        Seconds, 0 or more.
    patience_s : array_like, optional
        Mean time after which a waiting caller hangs up, seconds, above 0, exponential.
    max_occupancy : array_like, optional
        Cap on handling time over available time, in (0, 1].
    max_abandonment : array_like, optional
        Cap on the share that hangs up, in (0, 1]; only with patience.

    Returns
    -------
    ndarray of int64, broadcast shape

    Raises
    ------
    BadInputError
        When an input is out of its range.

    References
    ----------
    Gans, Koole and Mandelbaum 2003 (Erlang C); Garnett, Mandelbaum and Reiman 2002 (Erlang A).
    """
    given = {
        "load": inputs.loads(load),
        "handle_time_s": inputs.handle_times(handle_time_s),
        "service_level": inputs.targets(service_level),
        "threshold_s": inputs.thresholds(threshold_s),
        "max_occupancy": inputs.caps("max_occupancy", max_occupancy),
    }
    if patience_s is not None:
        given["patience_s"] = inputs.patiences(patience_s)
        given["max_abandonment"] = inputs.caps("max_abandonment", max_abandonment)
    elif max_abandonment is not None:
        accepted = "only with patience_s: where nobody hangs up there is nothing to cap"
        raise BadInputError.at("max_abandonment", max_abandonment, accepted)
    shape = inputs.together(**given)[0].shape
    inputs.check_cap(given["load"], given["max_occupancy"])
    search = _erlang_c if patience_s is None else _erlang_a
    load, *others = given.values()
    if all(array.size == 1 for array in others) and load.shape == shape:
        return _along_the_load(search, load.ravel(), others).reshape(shape)
    load, *others = (array.ravel() for array in inputs.together(**given))
    return _where_busy(search, load, others).reshape(shape)


def _where_busy(search: Search, load: Floats, others: list[Floats]) -> NDArray[np.int64]:
    """Search where there is load; nobody is needed where there is none."""
    busy = load > 0
    if busy.all():
        return search(load, *others)
    fewest = np.zeros(load.shape, dtype=np.int64)
    fewest[busy] = search(load[busy], *(values[busy] for values in others))
    return fewest


def _along_the_load(search: Search, load: Floats, shared: list[Floats]) -> NDArray[np.int64]:
    """Search where only the load varies: more load never takes fewer agents.

    The answer is a step function of the load. Wherever both edges of a bin of loads agree, so do
    the loads in between; only the others are searched.
    """

    def fewest_of(loads: Floats) -> NDArray[np.int64]:
        others = [np.broadcast_to(values.ravel(), loads.shape) for values in shared]
        return _where_busy(search, loads, others)

    low, high = load.min(initial=LARGEST_LOAD), load.max(initial=0.0)
    bins = math.ceil(math.sqrt(load.size * max(0.0, high - low))) + 1
    if bins * _WORTH_BINNING >= load.size:
        return fewest_of(load)
    edges = np.linspace(low, high, bins + 1)
    at_edges = fewest_of(edges)
    left = ((load - low) * (bins / max(high - low, 1.0))).astype(np.int64)
    np.minimum(left, bins - 1, out=left)
    fewest = at_edges[left]
    within = (edges[left] <= load) & (load <= edges[left + 1])  # rounding may put it beside its bin
    unsure = np.flatnonzero(~within | (fewest != at_edges[left + 1]))
    fewest[unsure] = fewest_of(load[unsure])
    return fewest


def _erlang_c(
    load: Floats,
    handle_time_s: Floats,
    service_level: Floats,
    threshold_s: Floats,
    max_occupancy: Floats,
) -> NDArray[np.int64]:
    """Walk up from the first number that is stable and within the cap, the recursion kept going."""
    first = np.maximum(np.floor(load) + 1, _within_cap(load, max_occupancy))
    fewest: NDArray[np.int64] = first.astype(np.int64)
    rows = np.arange(load.size)
    one_fewer = inverse_blocking(load, first - 1)
    left = np.stack([load, first, one_fewer, threshold_s / handle_time_s, service_level])
    with np.errstate(over="ignore"):
        while rows.size:
            a, n, one_fewer, pace, target = left
            _, late = late_share(a, n, one_fewer, pace)
            missed = np.flatnonzero(1 - late < target)
            rows = rows[missed]
            fewest[rows] += 1
            left = left.take(missed, axis=1)
            a, n, one_fewer, *_ = left
            one_fewer *= n
            one_fewer /= a
            one_fewer += 1
            n += 1
    return fewest


def _within_cap(load: Floats, max_occupancy: Floats) -> Floats:
    """Fewest agents whose occupancy ``a / n`` is within the cap."""
    cap = max_occupancy * (1 + _ROUNDING)
    n = np.ceil(load / cap)
    n -= load <= cap * (n - 1)
    n += load > cap * n
    return n


def _erlang_a(
    load: Floats,
    handle_time_s: Floats,
    service_level: Floats,
    threshold_s: Floats,
    max_occupancy: Floats,
    patience_s: Floats,
    max_abandonment: Floats,
) -> NDArray[np.int64]:
    """Bracket the answer between candidates around a guess, then section the bracket.

    Candidates cost little beside the steps of the sums, so few queues are tried at many at once.
    """
    inputs.check_patience(load, handle_time_s, patience_s)
    queues = ImpatientQueues(load, patience_s / handle_time_s, threshold_s / patience_s)
    tries = max(1, min(_MOST_TRIES, _ROWS_AT_ONCE // max(load.size, 1)))
    step = np.ceil(np.sqrt(load) / 4)[:, None]
    # Of a fluid, all who are served within the threshold are above this share of the load.
    served = np.maximum(service_level, 1 - max_abandonment)
    fluid = load * np.maximum(served, np.exp(-queues.threshold))
    guess = np.ceil(fluid + np.sqrt(load))[:, None]
    n = np.maximum(guess + step * (np.arange(tries) - tries // 2), 1)
    too_few, enough = np.zeros((load.size, 1)), np.full((load.size, 1), np.inf)
    left = np.arange(load.size)
    while left.size:
        again = np.repeat(left, tries)
        fate = fates(queues.rows(again), n.ravel())
        busy = load[again] * (1 - fate.abandoned)
        met = fate.service_level >= service_level[again]
        met &= fate.abandoned <= max_abandonment[again]
        met &= busy <= max_occupancy[again] * n.ravel() * (1 + _ROUNDING)
        met = met.reshape(n.shape)
        enough[left] = np.where(met, n, enough[left]).min(axis=1, keepdims=True)
        too_few[left] = np.where(met, too_few[left], n).max(axis=1, keepdims=True)
        left = left[(enough[left] - too_few[left] > 1).ravel()]
        n = _candidates(too_few[left], enough[left], step[left], tries)
        step[left] *= 2
    return enough.ravel().astype(np.int64)


def _candidates(too_few: Floats, enough: Floats, step: Floats, tries: int) -> Floats:
    """Outwards while one side of the bracket is open, else evenly between; shape (N, tries)."""
    ahead = np.arange(1, tries + 1)
    width = np.where(np.isinf(enough), 0.0, enough - too_few)
    inside = too_few + np.maximum(np.floor(width * ahead / (tries + 1)), 1)
    down = np.where(too_few == 0, np.maximum(enough - step * ahead, inside), inside)
    return np.where(np.isinf(enough), too_few + step * ahead, down)
