"""What people of a source do and cost from their first day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.surge.problem import SurgeProblem, SurgeSource


def full_hours(problem: SurgeProblem, source: SurgeSource) -> NDArray[np.float64]:
    """Productive hours by day of one person who has learnt all, shape (T,)."""
    return problem.present_h * source.effectiveness[-1]


def start_losses(problem: SurgeProblem, source: SurgeSource) -> NDArray[np.float64]:
    """Productive hours that one person who starts is short of one who has learnt all.

    Returns
    -------
    losses : ndarray, shape (T, T)
        By day of the start and day; 0 before the start. Onboarding takes the first paid hours.
    """
    days = problem.num_days
    since = np.arange(days)[None, :] - np.arange(days)[:, None]
    paid = np.where(since >= 0, problem.hours_per_head[None, :], 0.0)
    after = np.cumsum(paid, axis=1)
    onboarding = source.onboarding_h
    worked = np.maximum(after - onboarding, 0.0) - np.maximum(after - paid - onboarding, 0.0)
    steps = np.array(source.effectiveness)
    share = steps[np.clip(since, 0, len(steps) - 1)]
    return np.asarray(problem.present_share * (steps[-1] * paid - share * worked), dtype=float)


def productive_hours(
    problem: SurgeProblem,
    source: SurgeSource,
    people: NDArray[np.float64],
    starts: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Productive hours by day of people who come and go, shape (T,).

    Those there count in full, less what those who started still lack. Whoever leaves is taken to
    have learnt all, so the figure is on the safe side where somebody leaves earlier.

    Parameters
    ----------
    people, starts : ndarray, shape (T,)
        People on engagement and people who start, by day.
    """
    full = full_hours(problem, source) * people
    if always_ready(source):
        return full
    return np.maximum(full - starts @ start_losses(problem, source), 0.0)


def hours_after(problem: SurgeProblem, source: SurgeSource) -> NDArray[np.float64]:
    """Paid hours after the last day that fill the shortest engagement of a start, shape (T,).

    The weeks go on as the last seven days were, days before the extra work apart.
    """
    days = problem.num_days
    extra = np.arange(days, days + source.min_engagement_days)
    week = min(7, days - problem.lead_days)
    paid = problem.hours_per_head[days - week + (extra - days) % week]
    so_far = np.concatenate([[0.0], np.cumsum(paid)])
    ends = np.arange(days) + source.min_engagement_days
    return np.asarray(so_far[np.maximum(ends - days, 0)], dtype=float)


def always_ready(source: SurgeSource) -> bool:
    """Whether a person produces as much in the first hour as ever."""
    return source.onboarding_h == 0 and source.effectiveness[0] == source.effectiveness[-1]


def by_the_day(source: SurgeSource) -> bool:
    """Whether people come for single days, so that nothing hangs on when they started."""
    return (
        source.min_engagement_days == 1
        and source.onboarding_cost == 0
        and always_ready(source)
        and not (source.needs_training or source.needs_access)
    )
