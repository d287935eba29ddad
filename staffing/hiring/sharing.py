"""What pools of people share: limits, and ways from one pool to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LimitKind = Literal[
    "hires", "classes", "trainers", "seats", "licences", "temporary", "cross_trained"
]


@dataclass(frozen=True)
class HiringLimit:
    """A limit that pools share, e.g. the seats of a site.

    Parameters
    ----------
    kind : LimitKind
        What is counted in each week. ``hires``: people who start; ``classes``: classes that
        start; ``trainers``: classes in training; ``seats``: people there, trainees, people under
        notice, in upskilling, on temporary contracts and helpers included; ``licences``: the
        same less people in training, waiting for access or in upskilling; ``temporary`` and
        ``cross_trained``: those people.
    name : str
        For reports, e.g. ``seats of Manila``; unique.
    pools : tuple of str
        Names of the pools that share it.
    most : ndarray, shape (weeks,), or float
        Most of them at once, 0 or more.
    """

    kind: LimitKind
    name: str
    pools: tuple[str, ...]
    most: NDArray[np.float64] | float


@dataclass(frozen=True)
class Upskilling:
    """Experienced people of one pool trained for another.

    Parameters
    ----------
    from_pool, to_pool : str
        Names of the pools.
    cost : float
        Per person who starts, wages apart; 0 or more. Wages are paid by the pool they come from.
    weeks : int
        Weeks away from work, 0 or more; then they are experienced in the new pool.
    loss : float
        Share that fails and leaves when these weeks are over, [0, 1).
    max_per_week : float
        Most people who start in a week; infinite for no limit.
    share_max : float
        Most people who start in a week, over the experienced people of the new pool; infinite
        for no limit.
    """

    from_pool: str
    to_pool: str
    cost: float
    weeks: int
    loss: float = 0.0
    max_per_week: float = float("inf")
    share_max: float = float("inf")

    @property
    def name(self) -> str:
        """``from -> to``."""
        return f"{self.from_pool} -> {self.to_pool}"
