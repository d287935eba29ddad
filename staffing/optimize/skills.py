"""Least-cost heads of several skill groups: bounds by mixed-integer program, then simulation.

For every set of queues, all people who can answer any of them are at least as many as one pool of
that work needs (``skill_cover``); groups have limits (``skill_limit``). By Hall's theorem these
rules also give every queue the people's time it needs without counting any of it twice. They are
necessary but not always sufficient where people are only partly flexible, so the search goes on by
simulation (``staffing.optimize.skill_search``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import InfeasibleError, Shortage
from staffing.optimize.skill_model import SkillModel
from staffing.optimize.skill_search import SkillInterval, SkillSearch
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.simulation.steady import SteadyQueue, SteadySettings
from staffing.skills import (
    SkillPlan,
    check_skills,
    pooled_needs,
    reach,
    skill_matrix,
    subset_needs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from staffing.simulation.estimates import Estimate
    from staffing.skills import SkillGroup, SkillQueue

    Heads = NDArray[np.int64]
    Levels = tuple[Estimate | None, ...]

_TO_THE_END = SolveLimits(relative_gap=0.0)
_SIMULATED = SteadySettings()


@dataclass(frozen=True)
class _Solved:
    """Heads of one interval: under the bounds, and with what simulation added."""

    bound: Heads
    heads: Heads
    levels: Levels


def skill_heads(
    queues: Sequence[SkillQueue],
    groups: Sequence[SkillGroup],
    *,
    simulation: SteadySettings | None = _SIMULATED,
    limits: SolveLimits = _TO_THE_END,
    log: SolveLog | None = None,
    progress: Callable[[str], None] | None = None,
) -> SkillPlan:
    """Find least-cost heads of every group that meet the target of every queue.

    Intervals with the same loads are solved once.

    Parameters
    ----------
    queues : sequence of SkillQueue
        K queues of T intervals, at most ``staffing.skills.MOST_QUEUES``.
    groups : sequence of SkillGroup
        G groups; every queue has one that can answer it.
    simulation : SteadySettings or None
        How plans are simulated; None to stop at the pooled bounds.
    limits : SolveLimits
        What ends each solve.
    log : SolveLog, optional
        Collects solver seconds.
    progress : callable, optional
        Called with a short text before each load is solved.

    Raises
    ------
    BadInputError
        When queues or groups are out of range or do not fit each other.
    InfeasibleError
        ``skill_limit``, with the intervals in which limits of groups leave queues short.
    """
    check_skills(queues, groups)
    loads = np.array([queue.load for queue in queues], dtype=float)
    columns, back = np.unique(loads, axis=1, return_inverse=True)
    back = np.ravel(back)
    distinct = [replace(queue, load=load) for queue, load in zip(queues, columns, strict=True)]
    needs = subset_needs(distinct)
    _check_limits(queues, groups, needs, back)
    model = SkillModel(
        skills=skill_matrix(queues, groups),
        costs=np.array([group.cost for group in groups]),
        most=tuple(group.limit for group in groups),
        limits=limits,
        log=log or SolveLog(),
    )
    pooled = pooled_needs(distinct)
    solved: list[_Solved] = []
    for load, *need in zip(columns.T, needs.T, pooled.T, strict=True):
        if progress is not None:
            progress(f"load {len(solved) + 1} of {len(columns.T)}")
        solved.append(_solve(model, SkillInterval(_steady(queues, load), *need), simulation))
    splits = [model.split(one.heads, load) for one, load in zip(solved, columns.T, strict=True)]
    levels, errors = _levels([one.levels for one in solved])
    return SkillPlan(
        heads=np.stack([one.heads for one in solved], axis=-1)[:, back],
        bound_heads=np.stack([one.bound for one in solved], axis=-1)[:, back],
        time_split=np.stack(splits, axis=-1)[..., back],
        pooled_bound=needs[-1][back],
        dedicated_heads=needs[_alone(len(queues))].sum(axis=0)[back],
        service_level=None if simulation is None else levels[:, back],
        service_level_error=None if simulation is None else errors[:, back],
    )


def _steady(queues: Sequence[SkillQueue], load: NDArray[np.float64]) -> tuple[SteadyQueue, ...]:
    return tuple(
        SteadyQueue(float(erlangs), queue.handle_time_s, queue.service_level, queue.threshold_s)
        for erlangs, queue in zip(load, queues, strict=True)
    )


def _solve(
    model: SkillModel, interval: SkillInterval, simulation: SteadySettings | None
) -> _Solved:
    """Solve the bounds of one interval and, unless told otherwise, search on by simulation."""
    bound = model.least_cost(interval.needs)
    assert bound is not None  # noqa: S101 (the limits have been checked)
    if simulation is None:
        return _Solved(bound, bound, ())
    search = SkillSearch(model, interval, simulation)
    heads = search.best()
    if heads is None:
        raise InfeasibleError(
            "skill_limit",
            "simulated queues miss their targets until the limits of the groups are reached; "
            "raise a limit or add a group",
        )
    return _Solved(bound, heads, search.simulated(heads))


def _alone(num_queues: int) -> list[int]:
    """Rows of single queues among all sets of queues."""
    return [1 << queue for queue in range(num_queues)]


def _levels(found: list[Levels]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Means and half widths, shape (K, U); a queue without contacts is answered in time."""
    means = [[1.0 if one is None else one.mean for one in row] for row in found]
    halves = [[0.0 if one is None else (one.high - one.low) / 2 for one in row] for row in found]
    return np.array(means).T, np.array(halves).T


def _check_limits(
    queues: Sequence[SkillQueue],
    groups: Sequence[SkillGroup],
    needs: NDArray[np.int64],
    back: NDArray[np.intp],
) -> None:
    """Refuse limits that leave some set of queues short: all groups full are not enough."""
    touched = reach(skill_matrix(queues, groups))
    full = np.array([np.inf if g.limit is None else float(g.limit) for g in groups])
    most = np.where(touched, full, 0.0).sum(axis=1)
    short = needs - most[:, None]
    if (short <= 0).all():
        return
    mask = int(np.argmax(short.max(axis=1)))
    names = [queue.name for k, queue in enumerate(queues) if mask >> k & 1]
    able = [group.name for group, can in zip(groups, touched[mask], strict=True) if can]
    raise InfeasibleError(
        "skill_limit",
        f"{' and '.join(names)}: up to {needs[mask].max()} heads are needed, {', '.join(able)} "
        f"may have {most[mask]:.0f} together; raise a limit or add a group",
        tuple(
            Shortage(f"interval {t}", float(short[mask, u]))
            for t, u in enumerate(back)
            if short[mask, u] > 0
        ),
    )
