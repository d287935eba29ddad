"""Cover of heads by shifts, as plain data: what may be worked, and what is worked.

No day, week or labour rule is known here: intervals are indices, shifts are sets of them. A night
shift of a cyclic week, a shift with a break, a tour of a month: all are lists of intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

type CoverStatus = Literal["optimal", "feasible", "infeasible", "stopped"]


@dataclass(frozen=True)
class CandidateShift:
    """A shift that people may be put on.

    Parameters
    ----------
    name : str
        Its name, unique among the candidates.
    covers : sequence of int
        Indices of the intervals it works, each once, in any order.
    cost : float
        Cost of one person on it, 0 or more.
    limit : int, optional
        Most people on it, 0 or more; no limit if left out.
    """

    name: str
    covers: Sequence[int] | NDArray[np.int64]
    cost: float
    limit: int | None = None


@dataclass(frozen=True)
class Relaxation:
    """People above its limit that a shift would have to take."""

    shift: str
    people: int


@dataclass(frozen=True)
class Infeasibility:
    """Why heads cannot be covered within the limits, and the cheapest way out.

    Parameters
    ----------
    heads_short : dict of int to float
        By interval: heads that stay short even with every shift at its limit.
    unreachable : tuple of int
        Those of these intervals that no candidate works: no limit is to blame.
    relaxations : tuple of Relaxation
        Cheapest raise of shift limits that covers all other intervals; empty when the search for
        it was cut short, or no limit would help.
    relaxation_cost : float
        Cost of the people above the limits.
    """

    heads_short: dict[int, float]
    unreachable: tuple[int, ...]
    relaxations: tuple[Relaxation, ...]
    relaxation_cost: float


@dataclass(frozen=True)
class ShiftCover:
    """The best cover found and what is proven about it.

    Parameters
    ----------
    status : {"optimal", "feasible", "infeasible", "stopped"}
        Proven to the asked gap; a cover whose gap is wider; proven that the limits allow no
        cover; cut short before any plan was found.
    counts : dict of str to int
        People by shift name, every candidate named. When infeasible: the cheapest plan among those
        that are short by the least heads. When stopped: nobody.
    cost : float
        Cost of these people, and of the shortfall where it is priced.
    bound : float or None
        Cost below which no cover can be; None when infeasible.
    gap : float or None
        ``(cost - bound) / cost``; None without a cover.
    shortfall : ndarray, shape (T,)
        Heads short in each interval with these counts.
    stop_reason : str
        Why the search ended.
    infeasibility : Infeasibility or None
        What is missing; None unless infeasible.
    """

    status: CoverStatus
    counts: dict[str, int]
    cost: float
    bound: float | None
    gap: float | None
    shortfall: NDArray[np.float64]
    stop_reason: str
    infeasibility: Infeasibility | None = None
