"""What the queueing formulas accept; anything else is named with its value and its remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    type Floats = NDArray[np.float64]

LARGEST_LOAD = 1e9
MOST_AGENTS = 1e15
# Callers who would wait for the handling of this many others: as good as never hanging up.
LARGEST_PATIENCE = 1e10


def loads(load: ArrayLike) -> Floats:
    """Offered loads in erlangs."""
    values = _floats("load", load)
    fine = (values >= 0) & (values <= LARGEST_LOAD)
    _check("load", values, fine, f"finite, 0 or more, at most {LARGEST_LOAD:g} E")
    return values


def whole_agents(agents: ArrayLike) -> Floats:
    """Numbers of agents, as floats."""
    values = _floats("agents", agents)
    whole = np.isfinite(values) & (values >= 0) & (values == np.floor(values))
    _check("agents", values, whole, "whole, 0 or more")
    return values


def handle_times(handle_time_s: ArrayLike) -> Floats:
    """Average handling times, seconds."""
    values = _floats("handle_time_s", handle_time_s)
    _check("handle_time_s", values, np.isfinite(values) & (values > 0), "finite, above 0")
    return values


def thresholds(threshold_s: ArrayLike) -> Floats:
    """Answer-within thresholds, seconds."""
    values = _floats("threshold_s", threshold_s)
    _check("threshold_s", values, values >= 0, "0 or more")
    return values


def targets(service_level: ArrayLike) -> Floats:
    """Shares to be answered within the threshold."""
    values = _floats("service_level", service_level)
    _check("service_level", values, (values > 0) & (values < 1), "above 0 and below 1")
    return values


def caps(name: str, share: ArrayLike | None) -> Floats:
    """Shares that may be reached but not exceeded; all of it where no cap is given."""
    values = _floats(name, 1.0 if share is None else share)
    _check(name, values, (values > 0) & (values <= 1), "above 0, at most 1")
    return values


def patiences(patience_s: ArrayLike) -> Floats:
    """Mean times until a waiting caller hangs up, seconds."""
    values = _floats("patience_s", patience_s)
    accepted = "finite, above 0; leave it out where nobody hangs up"
    _check("patience_s", values, np.isfinite(values) & (values > 0), accepted)
    return values


def check_patience(load: Floats, handle_time_s: Floats, patience_s: Floats) -> None:
    """Refuse a patience so long that no caller would ever hang up."""
    fine = load * patience_s <= LARGEST_PATIENCE * handle_time_s
    accepted = "far shorter; leave it out where nobody hangs up"
    _check("patience_s", patience_s, fine, accepted)


def check_stable(load: Floats, agents: Floats) -> None:
    """Refuse agents who can never work off the load."""
    unstable = (load > 0) & (agents <= load)
    if unstable.any():
        least = f"{load[unstable].ravel()[0]:g}"
        raise BadInputError.at(
            "agents",
            int(agents[unstable].ravel()[0]),
            f"the queue is unstable: agents must exceed the load of {least} E",
        )


def check_cap(load: Floats, max_occupancy: Floats) -> None:
    """Refuse a cap that takes more agents than can be counted."""
    load, cap = np.broadcast_arrays(load, max_occupancy)
    _check(
        "max_occupancy",
        cap,
        load <= MOST_AGENTS * cap,
        "far higher: there are not that many agents",
    )


def together(**arrays: Floats) -> tuple[Floats, ...]:
    """Broadcast the inputs against each other."""
    try:
        return np.broadcast_arrays(*arrays.values())
    except ValueError:
        name, array = next(iter(arrays.items()))
        shapes = ", ".join(f"{key} {value.shape}" for key, value in arrays.items())
        raise BadInputError.at(
            name, array.shape, f"shapes that broadcast against each other, not {shapes}"
        ) from None


def _floats(name: str, values: ArrayLike) -> Floats:
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise BadInputError.at(name, values, "numbers") from None


def _check(name: str, values: Floats, fine: NDArray[np.bool_], accepted: str) -> None:
    if not fine.all():
        raise BadInputError.at(name, float(values[~fine].ravel()[0]), accepted)
