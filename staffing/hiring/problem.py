"""What a plan of hiring over a term is asked for; refused where it cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.pool import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringPool,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
)
from staffing.hiring.refusals import check_problem
from staffing.hiring.sharing import HiringLimit, LimitKind, Upskilling

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "BacklogTerms",
    "CrossTrainedTerms",
    "HiringLimit",
    "HiringPool",
    "HiringProblem",
    "LimitKind",
    "OvertimeTerms",
    "ReleaseTerms",
    "StaffGroup",
    "TemporaryTerms",
    "Upskilling",
]


@dataclass(frozen=True)
class HiringProblem:
    """Pools of people over the weeks of a term.

    Parameters
    ----------
    pools : tuple of HiringPool
        At least one, names unique, all with the same number of weeks.
    upskillings : tuple of Upskilling
        Ways from one pool to another, at most one for a pair.
    limits : tuple of HiringLimit
        What pools share.
    week_weights : ndarray, shape (weeks,), or None
        Length of each week inside the term, in weeks, in (0, 1]: cost of time counts in
        proportion. None: full weeks.
    whole_people : bool
        Whether hires, classes, releases, upskillings, contracts and the team of the first day are
        whole numbers. Those who stay are then still expected values.

    Raises
    ------
    BadInputError
        Naming every field that cannot be meant, and what is accepted.
    """

    pools: tuple[HiringPool, ...]
    upskillings: tuple[Upskilling, ...] = ()
    limits: tuple[HiringLimit, ...] = ()
    week_weights: NDArray[np.float64] | None = None
    whole_people: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        check_problem(self)

    @property
    def num_weeks(self) -> int:
        """Weeks of the term."""
        return len(self.pools[0].need_h)

    @property
    def weights(self) -> NDArray[np.float64]:
        """Length of each week inside the term, shape (weeks,)."""
        if self.week_weights is None:
            return np.ones(self.num_weeks)
        return np.asarray(self.week_weights, dtype=float)

    def number(self, name: str) -> int:
        """Position of the pool of that name."""
        return next(k for k, pool in enumerate(self.pools) if pool.name == name)
