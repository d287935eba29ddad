"""One choice for two services: bills that average out leave the client less to gain by choosing."""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

import numpy as np

from pricing.choice.menu import expected_minimum
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from pricing.choice.menu import Menu

_NODES = 200
_FARTHEST = 9.0  # standard deviations; beyond lies less than rounding


def bundle_revenue(first: Menu, second: Menu, units: tuple[float, float] = (1.0, 1.0)) -> float:
    """Revenue of two services of independent complexity, taken by the hour or by the unit together.

    ``E[min(n1 y1 K1 + n2 y2 K2, n1 p1 + n2 p2)]`` under the client's signals: closed form in the
    second service, Gauss-Legendre in the first. It is at least the sum of what both bring when
    chosen apart.

    Parameters
    ----------
    first, second : Menu
        The services; both unit prices finite.
    units : pair of float
        Units of each, 0 or more.

    Returns
    -------
    float
        Currency, for these units.
    """
    for path, menu in (("first", first), ("second", second)):
        if menu.unit_price == inf:
            raise BadInputError.at(f"{path}.unit_price", menu.unit_price, "a finite number")
    for index, number in enumerate(units):
        if not 0 <= number < inf:
            raise BadInputError.at(f"units[{index}]", number, "a finite number of 0 or more")
    cap = units[0] * first.unit_price + units[1] * second.unit_price
    bills = units[0] * first.hourly_bill, units[1] * second.hourly_bill
    if first.signal_sd == 0 or bills[0] == 0:
        return _beside(bills[0], bills[1], second.signal_sd, cap)
    # Beyond this score the first service alone fills the cap, and the bundle goes by the unit.
    full = _score_of(cap, bills[0], first.signal_sd)
    scores, weights = _half_line(full)
    amounts = bills[0] * np.exp(first.signal_sd * scores - first.signal_sd**2 / 2)
    rest = [_beside(float(amount), bills[1], second.signal_sd, cap) for amount in amounts]
    density = np.exp(-(scores**2) / 2) / np.sqrt(2 * np.pi)
    inside = weights * density
    return float(inside @ np.array(rest) + (1 - inside.sum()) * cap)


def _beside(certain: float, mean: float, log_sd: float, cap: float) -> float:
    """``E[min(certain + X, cap)]`` of a lognormal X."""
    if certain >= cap:
        return cap
    return certain + expected_minimum(mean, log_sd, cap - certain)


def _score_of(amount: float, mean: float, log_sd: float) -> float:
    if amount <= 0:
        return -_FARTHEST
    score = log(amount / mean) / log_sd + log_sd / 2
    return min(max(score, -_FARTHEST), _FARTHEST)


def _half_line(end: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights on standard normal scores from far below up to `end`."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    half = (end + _FARTHEST) / 2
    return half * (nodes + 1) - _FARTHEST, half * weights


def bundle_saving(first: Menu, second: Menu, units: tuple[float, float] = (1.0, 1.0)) -> float:
    """What the vendor keeps when the choice is for both services together, currency."""
    apart = units[0] * first.revenue + units[1] * second.revenue
    return max(0.0, bundle_revenue(first, second, units) - apart)
