"""Search of the least-cost heads of one interval that also meet every target when simulated.

Between one pool and people apart lies a family of plans with two margins on the pooled bounds:
`more` heads in all, and `reach` further people able to answer each single queue. For every number
of heads in all, the least reach that meets the targets is found by doubling and halving; the
search ends when another head costs more than the best plan known. People apart, and one pool of
equal contacts, are right by Erlang C and need no simulation to be taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from staffing.simulation.steady import SteadyQueue, SteadySettings, steady_levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.skill_model import SkillModel
    from staffing.simulation.estimates import Estimate

    Heads = NDArray[np.int64]
    Levels = tuple[Estimate | None, ...]

_SAVING = 1e-9


@dataclass(frozen=True)
class SkillInterval:
    """Queues of one interval and what they need.

    Parameters
    ----------
    queues : tuple of SteadyQueue
        K queues.
    needs, pooled : ndarray of int, shape (2**K,)
        ``staffing.skills.subset_needs`` and ``pooled_needs`` of the interval.
    """

    queues: tuple[SteadyQueue, ...]
    needs: NDArray[np.int64]
    pooled: NDArray[np.int64]

    @property
    def alone(self) -> NDArray[np.int64]:
        """Heads each queue needs of its own, shape (K,)."""
        return np.asarray(self.needs[1 << np.arange(len(self.queues))], dtype=np.int64)

    def with_margins(self, more: int, reach: int) -> NDArray[np.int64]:
        """Needs raised by `reach` for single queues, by `more` for all, and evenly between."""
        num_queues = len(self.queues)
        size = np.array([mask.bit_count() for mask in range(len(self.needs))])
        single = (num_queues - size) / max(1, num_queues - 1)
        margin = np.ceil(more + (reach - more) * single - _SAVING)
        raised = np.minimum(self.needs + margin, self.needs[-1] + more)
        return np.asarray(np.where(self.needs > 0, raised, 0), dtype=np.int64)


@dataclass
class SkillSearch:
    """Search of one interval; remembers what each plan gave when it was simulated."""

    model: SkillModel
    interval: SkillInterval
    settings: SteadySettings
    levels: dict[tuple[int, ...], Levels] = field(default_factory=dict)

    def best(self) -> Heads | None:
        """Least-cost heads found that meet every target; None when limits leave none."""
        alone = self.interval.alone
        best = self.model.apart(alone)
        for more in range(int(alone.sum() - self.interval.needs[-1]) + 1):
            least = self.model.least_cost(self.interval.with_margins(more, 0))
            if least is None or not self._saves(least, best):
                break
            best = self._least_reach(more, best)
        return best

    def simulated(self, heads: Heads) -> Levels:
        """Share in time of every queue with these heads."""
        key = tuple(heads.tolist())
        if key not in self.levels:
            skills = tuple(tuple(np.flatnonzero(row).tolist()) for row in self.model.skills)
            self.levels[key] = steady_levels(self.interval.queues, skills, key, self.settings)
        return self.levels[key]

    def _least_reach(self, more: int, best: Heads | None) -> Heads | None:
        """Find the least reach that meets the targets and is cheaper than the best plan."""
        low, step = -1, 1
        while True:  # double until the targets are met, or no saving is left
            tried = low + step
            heads = self._at(more, tried)
            if heads is None or not self._saves(heads, best):
                high = tried
                break
            if self._meets(heads):
                best, high = heads, tried
                break
            if tried > self.interval.needs[-1]:
                return best  # everybody is asked to answer everything already
            low, step = tried, 2 * step
        while high - low > 1:
            middle = (low + high) // 2
            heads = self._at(more, middle)
            if heads is not None and self._saves(heads, best) and not self._meets(heads):
                low = middle
            else:
                if heads is not None and self._saves(heads, best):
                    best = heads
                high = middle
        return best

    def _at(self, more: int, reach: int) -> Heads | None:
        return self.model.least_cost(self.interval.with_margins(more, reach))

    def _saves(self, heads: Heads, best: Heads | None) -> bool:
        """Whether a plan is cheaper than the best so far."""
        costs = self.model.costs
        return best is None or float(costs @ heads) < float(costs @ best) * (1 - _SAVING)

    def _meets(self, heads: Heads) -> bool:
        """Whether every queue meets its target: by Erlang C, or on average when simulated."""
        if self._is_pools(heads):
            return True
        return all(
            level is None or level.mean >= queue.service_level
            for level, queue in zip(self.simulated(heads), self.interval.queues, strict=True)
        )

    def _is_pools(self, heads: Heads) -> bool:
        """Whether each group is a pool of its own, of equal contacts and large enough."""
        taken = 0
        for group in np.flatnonzero(heads):
            ours = [
                k for k in np.flatnonzero(self.model.skills[group]) if self.interval.queues[k].load
            ]
            mask = sum(1 << int(k) for k in ours)
            if mask & taken or len({self.interval.queues[k].handle_time_s for k in ours}) > 1:
                return False
            if heads[group] < self.interval.pooled[mask]:
                return False
            taken |= mask
        return True
