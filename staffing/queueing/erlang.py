"""Erlang B and C by the inverse recursion: all terms positive, no factorial, no overflow.

``I(n) = 1 / B(n)`` obeys ``I(n) = 1 + (n / a) I(n-1)``, ``I(0) = 1`` (Jagerman 1974). An error of
an early value is damped by ``prod (k / a)`` as long as ``k < a``, so the recursion may begin some
eight standard deviations below the load, at the fluid value ``1 / (1 - n / a)``: about
``8 sqrt(a)`` steps instead of a, and nothing is lost. Far above the load I grows past the largest
number, which is harmless: B is then 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.queueing.inputs import check_stable, loads, together, whole_agents
from staffing.queueing.recursion import staircases

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from staffing.queueing.inputs import Floats

# exp(-8^2 / 2), times the small error of the fluid value, is below the last digit of a float.
DEVIATIONS = 8.0
DAMPED = 37.0
_OVERFLOWS = 720.0


def erlang_b(load: ArrayLike, agents: ArrayLike) -> Floats:
    """Blocking probability of M/M/n/n (Jagerman 1974).

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, 0 or more.
    agents : array_like of int
        Servers, 0 or more; broadcast against `load`.

    Returns
    -------
    ndarray, broadcast shape

    Raises
    ------
    BadInputError
        When a load or a number of agents is out of its range.
    """
    a, n = together(load=loads(load), agents=whole_agents(agents))
    blocking = np.where(n == 0, 1.0, 0.0)
    busy = a > 0
    blocking[busy] = 1 / inverse_blocking(a[busy], n[busy])
    return blocking


def erlang_c(load: ArrayLike, agents: ArrayLike) -> Floats:
    """Probability of waiting in M/M/n (Gans, Koole and Mandelbaum 2003, section 3).

    Parameters
    ----------
    load : array_like
        Offered load in erlangs, 0 or more.
    agents : array_like of int
        Servers; must exceed the load wherever the load is positive.

    Returns
    -------
    ndarray, broadcast shape

    Raises
    ------
    BadInputError
        Where agents do not exceed the load: the queue is unstable and has no such probability.
    """
    a, n = together(load=loads(load), agents=whole_agents(agents))
    check_stable(a, n)
    waiting = np.zeros(a.shape)
    busy = a > 0
    one_fewer = inverse_blocking(a[busy], n[busy] - 1)
    with np.errstate(over="ignore"):
        waiting[busy] = waiting_probability(a[busy], n[busy], one_fewer)
    return waiting


def waiting_probability(load: Floats, agents: Floats, one_fewer: Floats) -> Floats:
    """``C(n) = 1 / (1 + (n - a) I(n-1) / a)``: a sum of positive terms.

    Parameters
    ----------
    load, agents : ndarray
        Load above 0, and more agents than that.
    one_fewer : ndarray
        ``I(n-1)``, the inverse blocking probability of one agent fewer.
    """
    return np.asarray(1 / (1 + (agents - load) / load * one_fewer))


def inverse_blocking(load: Floats, agents: Floats) -> Floats:
    """``I(n) = 1 / B(n)``, inf where B is below the smallest number.

    Below the load the number of agents may be a fraction, as long as the load is at least 40:
    the continuous extension of Jagerman (1974).

    Parameters
    ----------
    load : ndarray, shape (N,)
        Offered load in erlangs, above 0.
    agents : ndarray, shape (N,)
        Servers, 0 or more.

    Returns
    -------
    ndarray, shape (N,)
    """
    inverse = np.full(load.shape, np.inf)
    reach = np.flatnonzero(~_beyond_reach(load, agents))
    a, n = load[reach], agents[reach]
    steps = _steps(a, n)
    for rows, stairs in staircases(steps):
        offered = a[rows]
        servers = n[rows] - steps[rows]
        value = 1 / (1 - servers / offered)
        with np.errstate(over="ignore"):
            for leading, repeats in stairs:
                _climb(offered[:leading], servers[:leading], value[:leading], repeats)
        inverse[reach[rows]] = value
    return inverse


def _climb(offered: Floats, servers: Floats, value: Floats, repeats: int) -> None:
    """Add servers one by one, in place."""
    for _ in range(repeats):
        servers += 1
        value *= servers
        value /= offered
        value += 1


def _beyond_reach(load: Floats, agents: Floats) -> NDArray[np.bool_]:
    """Whether I is larger than any float: ``ln I(n) > n ln(n / a) + a - n`` above the load."""
    with np.errstate(over="ignore", divide="ignore"):
        ratio = np.maximum(agents / load, 1.0)
        return np.asarray(agents * (np.log(ratio) - 1 + 1 / ratio) > _OVERFLOWS)


def _steps(load: Floats, agents: Floats) -> NDArray[np.int64]:
    """Steps after which the fluid value the recursion begins with no longer matters."""
    below = np.minimum(agents, np.floor(load))
    damped = DEVIATIONS * np.sqrt(below)
    with np.errstate(divide="ignore"):
        # Far below the load every step damps by at least agents / load.
        damped = np.minimum(damped, DAMPED / np.log(load / np.maximum(below, 1)))
    whole = np.clip(np.ceil(damped), 0, np.floor(below))
    return (agents - below + whole).astype(np.int64)
