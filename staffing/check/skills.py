"""Independent check of heads by skill group: every rule re-derived without any solver.

Not part of `check_plan`: skill plans stand on their own until a team's roster is made of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, SupportsInt

import numpy as np

from staffing.errors import Violation
from staffing.skills import reach, skill_matrix, subset_needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from staffing.skills import SkillGroup, SkillPlan, SkillQueue

TOLERANCE = 1e-6


def check_skill_plan(
    queues: Sequence[SkillQueue], groups: Sequence[SkillGroup], plan: SkillPlan
) -> tuple[Violation, ...]:
    """Return every violation found; an empty tuple means the plan holds.

    Parameters
    ----------
    queues, groups : sequence of SkillQueue, sequence of SkillGroup
        The problem.
    plan : SkillPlan
        The plan, from wherever.
    """
    unreadable = tuple(_figures(queues, groups, plan))
    if unreadable:
        return unreadable
    return (
        *_heads(groups, plan),
        *_cover(queues, groups, plan),
        *_bounds(queues, plan),
        *_time(queues, groups, plan),
        *_level(queues, plan),
    )


def _figures(
    queues: Sequence[SkillQueue], groups: Sequence[SkillGroup], plan: SkillPlan
) -> Iterator[Violation]:
    """``skill_figures``: one finite figure per group, queue and interval."""
    num_groups, num_queues, size = len(groups), len(queues), len(queues[0].load)
    shapes = {
        "heads": (num_groups, size),
        "bound_heads": (num_groups, size),
        "time_split": (num_groups, num_queues, size),
        "pooled_bound": (size,),
        "dedicated_heads": (size,),
        "service_level": (num_queues, size),
        "service_level_error": (num_queues, size),
    }
    for name, shape in shapes.items():
        found = getattr(plan, name)
        if found is None and name.startswith("service_level"):
            continue
        if np.shape(found) != shape or not np.isfinite(found).all():
            yield Violation("skill_figures", name, f"finite figures of shape {shape} expected")


def _heads(groups: Sequence[SkillGroup], plan: SkillPlan) -> Iterator[Violation]:
    """``skill_limit``: whole people, no fewer than none, no more than the group may have."""
    for name in ("heads", "bound_heads"):
        found = getattr(plan, name)
        for g, t in np.argwhere((found < 0) | (found != np.floor(found))):
            yield Violation("skill_limit", _at(groups[g].name, t), f"{name}: {found[g, t]} heads")
        for g, group in enumerate(groups):
            for t in np.flatnonzero(found[g] > (np.inf if group.limit is None else group.limit)):
                detail = f"{name}: {found[g, t]} heads, at most {group.limit}"
                yield Violation("skill_limit", _at(group.name, t), detail)


def _cover(
    queues: Sequence[SkillQueue], groups: Sequence[SkillGroup], plan: SkillPlan
) -> Iterator[Violation]:
    """``skill_cover``: whoever can answer any queue of a set are enough for that set."""
    needs, touched = subset_needs(queues), reach(skill_matrix(queues, groups))
    for name in ("heads", "bound_heads"):
        able = touched.astype(int) @ getattr(plan, name)
        for mask, t in np.argwhere(able < needs):
            names = " + ".join(queue.name for k, queue in enumerate(queues) if mask >> k & 1)
            detail = f"{name}: {able[mask, t]} can answer, {needs[mask, t]} are needed"
            yield Violation("skill_cover", _at(names, t), detail)


def _bounds(queues: Sequence[SkillQueue], plan: SkillPlan) -> Iterator[Violation]:
    """``skill_bound``: the stated extremes are one pool of all work, and each queue alone."""
    needs = subset_needs(queues)
    alone = needs[1 << np.arange(len(queues))].sum(axis=0)
    for name, expected in (("pooled_bound", needs[-1]), ("dedicated_heads", alone)):
        for t in np.flatnonzero(getattr(plan, name) != expected):
            yield Violation("skill_bound", _at(name, t), f"{expected[t]} heads")


def _time(
    queues: Sequence[SkillQueue], groups: Sequence[SkillGroup], plan: SkillPlan
) -> Iterator[Violation]:
    """``skill_time``: time is split, never counted twice, and carries the load of every queue."""
    split, skills = plan.time_split, skill_matrix(queues, groups)
    for g, k, t in np.argwhere((split < -TOLERANCE) | ((split > TOLERANCE) & ~skills[:, :, None])):
        where = _at(f"{groups[g].name} on {queues[k].name}", t)
        yield Violation("skill_time", where, f"{split[g, k, t]:.6f} heads")
    for g, t in np.argwhere(split.sum(axis=1) > plan.heads + TOLERANCE):
        spent = split[g, :, t].sum()
        detail = f"{spent:.6f} heads of time, {plan.heads[g, t]} people"
        yield Violation("skill_time", _at(groups[g].name, t), detail)
    for k, queue in enumerate(queues):
        given = split[:, k].sum(axis=0)
        for t in np.flatnonzero(np.abs(given - queue.load) > TOLERANCE * (1 + queue.load)):
            detail = f"{given[t]:.6f} heads of time, {queue.load[t]:.6f} E of work"
            yield Violation("skill_time", _at(queue.name, t), detail)


def _level(queues: Sequence[SkillQueue], plan: SkillPlan) -> Iterator[Violation]:
    """``skill_level``: no simulated queue is below its target by more than noise."""
    if plan.service_level is None or plan.service_level_error is None:
        return
    highest = plan.service_level + plan.service_level_error
    for k, queue in enumerate(queues):
        for t in np.flatnonzero(highest[k] < queue.service_level - TOLERANCE):
            detail = f"at most {highest[k, t]:.4f} answered in time, not {queue.service_level}"
            yield Violation("skill_level", _at(queue.name, t), detail)


def _at(name: str, interval: SupportsInt) -> str:
    return f"{name}, interval {int(interval)}"
