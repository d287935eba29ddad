"""Programs over skill groups for one interval: least-cost heads, heads apart, and time split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pulp

from staffing.optimize.solver import solve
from staffing.skills import reach

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.solver import SolveLimits, SolveLog

    Heads = NDArray[np.int64]

# Of plans that cost the same to one part in ten thousand, the more flexible is taken.
_FLEXIBILITY_BONUS = 1e-4


@dataclass(frozen=True)
class SkillModel:
    """Groups of people, and how programs over them are solved.

    Parameters
    ----------
    skills : ndarray of bool, shape (G, K)
        Whether each group can answer each queue.
    costs : ndarray, shape (G,)
        Cost of one head, above 0.
    most : tuple of int or None
        Most heads of each group.
    limits : SolveLimits
        What ends each solve.
    log : SolveLog
        Collects solver seconds.
    """

    skills: NDArray[np.bool_]
    costs: NDArray[np.float64]
    most: tuple[int | None, ...]
    limits: SolveLimits
    log: SolveLog

    def least_cost(self, needs: NDArray[np.int64]) -> Heads | None:
        """Fewest-cost heads under ``skill_cover`` and ``skill_limit``, shape (G,).

        Parameters
        ----------
        needs : ndarray of int, shape (2**K,)
            Heads needed by every set of queues.

        Returns
        -------
        ndarray of int or None
            None when the limits forbid it.
        """
        program = pulp.LpProblem("skill_heads", pulp.LpMinimize)
        heads = self._heads(program)
        strongest: dict[tuple[bool, ...], int] = {}
        for touched, need in zip(reach(self.skills), needs, strict=True):
            key = tuple(touched.tolist())
            strongest[key] = max(int(need), strongest.get(key, 0))
        for row, (touched, need) in enumerate(strongest.items()):
            if need > 0:
                able = [head for head, can in zip(heads, touched, strict=True) if can]
                program += pulp.lpSum(able) >= need, f"skill_cover_{row}"
        return None if solve(program, self.limits, self.log).infeasible else _whole(heads)

    def apart(self, alone: NDArray[np.int64]) -> Heads | None:
        """Fewest-cost heads when each person answers one queue only; None if limits forbid it.

        Parameters
        ----------
        alone : ndarray of int, shape (K,)
            Heads each queue needs of its own.
        """
        program = pulp.LpProblem("skill_heads_apart", pulp.LpMinimize)
        heads = self._heads(program)
        on_queue = self._shares(program, "Integer")
        for group, row in enumerate(on_queue):
            program += pulp.lpSum(row.values()) <= heads[group], f"group_{group}"
        for queue, need in enumerate(alone):
            able = [row[queue] for row in on_queue if queue in row]
            program += pulp.lpSum(able) >= int(need), f"queue_{queue}"
        return None if solve(program, self.limits, self.log).infeasible else _whole(heads)

    def split(self, heads: Heads, load: NDArray[np.float64]) -> NDArray[np.float64]:
        """Split the time of given heads over queues, least flexible people first, shape (G, K).

        Parameters
        ----------
        heads : ndarray of int, shape (G,)
            Heads that hold ``skill_cover``.
        load : ndarray, shape (K,)
            Load of every queue, erlangs.
        """
        program = pulp.LpProblem("skill_time", pulp.LpMinimize)
        time = self._shares(program, "Continuous")
        for group, row in enumerate(time):
            program += pulp.lpSum(row.values()) <= int(heads[group]), f"skill_time_group_{group}"
        for queue, wanted in enumerate(load):
            able = [row[queue] for row in time if queue in row]
            program += pulp.lpSum(able) == float(wanted), f"skill_time_queue_{queue}"
        program.setObjective(
            pulp.lpSum(len(row) * variable for row in time for variable in row.values())
        )
        solve(program, self.limits, self.log)
        split = np.zeros(self.skills.shape)
        for group, row in enumerate(time):
            split[group, list(row)] = np.maximum(_values(list(row.values())), 0.0)
        return split

    def _heads(self, program: pulp.LpProblem) -> list[pulp.LpVariable]:
        """Add heads by group, and their cost as the objective."""
        heads = [
            program.add_variable(f"heads_{group}", 0, most, "Integer")
            for group, most in enumerate(self.most)
        ]
        flexibility = self.skills.mean(axis=1)
        prices = self.costs / self.costs.min() * (1 - _FLEXIBILITY_BONUS * flexibility)
        program.setObjective(
            pulp.lpSum(float(price) * head for price, head in zip(prices, heads, strict=True))
        )
        return heads

    def _shares(
        self, program: pulp.LpProblem, category: Literal["Integer", "Continuous"]
    ) -> list[dict[int, pulp.LpVariable]]:
        """Add one variable for each queue a group can answer, by group."""
        return [
            {
                int(queue): program.add_variable(f"time_{group}_{queue}", 0, None, category)
                for queue in np.flatnonzero(able)
            }
            for group, able in enumerate(self.skills)
        ]


def _whole(heads: list[pulp.LpVariable]) -> Heads:
    return np.rint(_values(heads)).astype(np.int64)


def _values(variables: list[pulp.LpVariable]) -> NDArray[np.float64]:
    """Values of variables in the last solution, in their order."""
    return np.array([variable.value() for variable in variables], dtype=float)
