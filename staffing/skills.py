"""Queues of several skills or languages, the people who can answer them, and how few can do.

A flexible person's time is split over queues and never counted twice; people who share queues wait
less between contacts, and that is credited, but only down to one pool of all their work. Symbols
and rules: ``docs/models/skills.md``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError, FieldIssue
from staffing.queueing import agents_required

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

MOST_QUEUES = 10


@dataclass(frozen=True)
class SkillQueue:
    """Work that takes one skill, e.g. calls in one language.

    Parameters
    ----------
    name : str
        The skill, unique.
    load : ndarray, shape (T,)
        Offered load by interval, erlangs, 0 or more.
    handle_time_s : float
        Mean handling time, seconds, above 0.
    service_level, threshold_s : float
        Share in (0, 1) to be answered within these seconds, 0 or more.
    max_occupancy : float
        Cap on handling time over available time, in (0, 1].
    """

    name: str
    load: NDArray[np.float64]
    handle_time_s: float
    service_level: float
    threshold_s: float
    max_occupancy: float = 1.0


@dataclass(frozen=True)
class SkillGroup:
    """People with the same skills.

    Parameters
    ----------
    name : str
        Unique name.
    skills : tuple of str
        Queues each of them can answer, one or more.
    cost : float
        Cost of one head for one interval, above 0.
    limit : int or None
        Most heads at once, 0 or more; None for no limit.
    """

    name: str
    skills: tuple[str, ...]
    cost: float
    limit: int | None = None


@dataclass(frozen=True)
class SkillPlan:
    """Heads of every group by interval, and what they rest on.

    Parameters
    ----------
    heads : ndarray of int, shape (G, T)
        Heads that meet every queue's target.
    bound_heads : ndarray of int, shape (G, T)
        Least-cost heads under the pooled bounds alone, before any were added.
    time_split : ndarray, shape (G, K, T)
        Time of each group spent on each queue, in heads; adds up to the load of the queue.
    pooled_bound : ndarray of int, shape (T,)
        Heads below which no plan can be: all queues answered by one pool.
    dedicated_heads : ndarray of int, shape (T,)
        Heads if every queue had people of its own.
    service_level, service_level_error : ndarray, shape (K, T), or None
        Share answered in time when the heads were simulated, and half the width of its 95 %
        confidence interval; None when they were not. A queue without load counts as 1.
    """

    heads: NDArray[np.int64]
    bound_heads: NDArray[np.int64]
    time_split: NDArray[np.float64]
    pooled_bound: NDArray[np.int64]
    dedicated_heads: NDArray[np.int64]
    service_level: NDArray[np.float64] | None
    service_level_error: NDArray[np.float64] | None

    @property
    def pooling_credit(self) -> NDArray[np.int64]:
        """Heads saved by answering together, shape (T,)."""
        return np.asarray(self.dedicated_heads - self.heads.sum(axis=0), dtype=np.int64)

    def cost(self, groups: Sequence[SkillGroup]) -> float:
        """Cost of all heads over all intervals."""
        return float(np.array([group.cost for group in groups]) @ self.heads.sum(axis=1))


def subset_needs(queues: Sequence[SkillQueue]) -> NDArray[np.int64]:
    """Heads that every set of queues needs from all people who can answer any of them.

    Those of one pool (`pooled_needs`), or, where that is fewer, of the set cut in parts that are
    answered apart.

    Parameters
    ----------
    queues : sequence of SkillQueue
        K queues.

    Returns
    -------
    ndarray of int, shape (2**K, T)
        Row m is for the queues whose bits are set in m.
    """
    needs = pooled_needs(queues)
    for mask in range(1, len(needs)):
        lowest = mask & -mask
        part = (mask - 1) & mask
        while part:
            if part & lowest:
                needs[mask] = np.minimum(needs[mask], needs[part] + needs[mask ^ part])
            part = (part - 1) & mask
    return needs


def pooled_needs(queues: Sequence[SkillQueue]) -> NDArray[np.int64]:
    """Agents of one pool for every set of queues, by Erlang C, shape (2**K, T).

    The pool has the summed load, the mean handling time, and the strictest target and the lowest
    cap on occupancy of the queues of the set.
    """
    load = np.array([queue.load for queue in queues], dtype=float)
    handle, level, threshold, occupancy = (
        np.array([getattr(queue, name) for queue in queues], dtype=float)
        for name in ("handle_time_s", "service_level", "threshold_s", "max_occupancy")
    )
    masks = np.arange(2 ** len(queues))
    member = (masks[:, None] >> np.arange(len(queues)) & 1).astype(bool)
    together = member.astype(float) @ load
    rate = member.astype(float) @ (load / handle[:, None])
    nothing = together == 0
    return agents_required(
        together,
        np.where(rate > 0, together / np.where(rate > 0, rate, 1.0), 1.0),
        np.where(nothing, 0.5, np.where(member, level, 0.0).max(axis=1)[:, None]),
        np.where(nothing, 0.0, np.where(member, threshold, np.inf).min(axis=1)[:, None]),
        max_occupancy=np.where(member, occupancy, 1.0).min(axis=1)[:, None],
    )


def skill_matrix(queues: Sequence[SkillQueue], groups: Sequence[SkillGroup]) -> NDArray[np.bool_]:
    """Whether each group can answer each queue, shape (G, K)."""
    return np.array([[queue.name in group.skills for queue in queues] for group in groups])


def reach(skills: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each group can answer any queue of each set, shape (2**K, G)."""
    num_queues = skills.shape[1]
    member = (np.arange(2**num_queues)[:, None] >> np.arange(num_queues) & 1).astype(bool)
    return np.asarray((member.astype(int) @ skills.T.astype(int)) > 0)


def check_skills(queues: Sequence[SkillQueue], groups: Sequence[SkillGroup]) -> None:
    """Refuse queues and groups that mean nothing.

    Raises
    ------
    BadInputError
        One issue for everything that is wrong.
    """
    issues = [*_queue_issues(queues), *_group_issues(queues, groups)]
    if issues:
        raise BadInputError(*issues)


def _queue_issues(queues: Sequence[SkillQueue]) -> Iterator[FieldIssue]:
    if not 0 < len(queues) <= MOST_QUEUES:
        yield FieldIssue("queues", str(len(queues)), f"1 to {MOST_QUEUES} queues")
    yield from _repeated("queues", [queue.name for queue in queues])
    for number, queue in enumerate(queues):
        path, load = f"queues[{number}]", np.asarray(queue.load, dtype=float)
        if load.ndim != 1 or load.size == 0 or load.shape != np.shape(queues[0].load):
            accepted = "one load per interval, one or more, as many for every queue"
            yield FieldIssue(f"{path}.load", str(load.shape), accepted)
        elif not (np.isfinite(load) & (load >= 0)).all():
            worst = load[~(np.isfinite(load) & (load >= 0))][0]
            yield FieldIssue(f"{path}.load", f"{worst:g}", "finite loads of 0 or more erlangs")
        for name, fine, accepted in (
            ("handle_time_s", 0 < queue.handle_time_s < np.inf, "finite, above 0"),
            ("service_level", 0 < queue.service_level < 1, "above 0 and below 1"),
            ("threshold_s", 0 <= queue.threshold_s < np.inf, "finite, 0 or more"),
            ("max_occupancy", 0 < queue.max_occupancy <= 1, "above 0, 1 at most"),
        ):
            if not fine:
                yield FieldIssue(f"{path}.{name}", str(getattr(queue, name)), accepted)


def _group_issues(
    queues: Sequence[SkillQueue], groups: Sequence[SkillGroup]
) -> Iterator[FieldIssue]:
    known = [queue.name for queue in queues]
    yield from _repeated("groups", [group.name for group in groups])
    for number, group in enumerate(groups):
        path = f"groups[{number}]"
        if not group.skills:
            yield FieldIssue(f"{path}.skills", "none", "at least one skill")
        for skill in group.skills:
            if skill not in known:
                yield FieldIssue(f"{path}.skills", repr(skill), f"one of {', '.join(known)}")
        if not 0 < group.cost < np.inf:
            yield FieldIssue(f"{path}.cost", str(group.cost), "finite, above 0")
        if group.limit is not None and group.limit < 0:
            yield FieldIssue(f"{path}.limit", str(group.limit), "0 or more, or no limit")
    for number, name in enumerate(known):
        if not any(name in group.skills for group in groups):
            accepted = f"a group with the skill {name!r}"
            yield FieldIssue(f"queues[{number}]", "no group", accepted)


def _repeated(path: str, names: list[str]) -> Iterator[FieldIssue]:
    for name, count in Counter(names).items():
        if count > 1:
            yield FieldIssue(path, repr(name), "a name of its own for each")
