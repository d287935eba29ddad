"""What a peak, its sources and their limits may say; everything else is refused by name."""

from __future__ import annotations

from collections import Counter
from math import inf, isfinite
from typing import TYPE_CHECKING, get_args

import numpy as np

from staffing.errors import BadInputError, FieldIssue
from staffing.surge.problem import SurgeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.surge.peak import Peak
    from staffing.surge.problem import SurgeProblem, SurgeSource


def check_surge(problem: SurgeProblem) -> None:
    """Refuse a problem that means nothing.

    Raises
    ------
    BadInputError
        One issue for everything that is wrong.
    """
    issues = [*_problem_issues(problem), *_source_issues(problem.sources)]
    if issues:
        raise BadInputError(*issues)


def check_peak(peak: Peak, path: str = "peak") -> None:
    """Refuse a peak that is none.

    Raises
    ------
    BadInputError
        One issue for everything that is wrong.
    """
    issues = list(
        _outside(
            path,
            peak,
            (
                ("size", 0 < peak.size < inf, "above 0; 0.6 for 60 % more work"),
                ("notice_h", _not_negative(peak.notice_h), "0 or more hours"),
                ("days", peak.days >= 1, "1 day or more"),
            ),
        )
    )
    if issues:
        raise BadInputError(*issues)


def _problem_issues(problem: SurgeProblem) -> Iterator[FieldIssue]:
    for name in ("need_h", "hours_per_head"):
        values = np.asarray(getattr(problem, name), dtype=float)
        if values.ndim != 1 or values.shape != np.shape(problem.need_h) or not values.size:
            yield FieldIssue(name, str(values.shape), "one figure per day, one day or more")
        elif not (np.isfinite(values) & (values >= 0)).all():
            worst = values[~(np.isfinite(values) & (values >= 0))][0]
            yield FieldIssue(name, f"{worst:g}", "finite hours of 0 or more for every day")
    if problem.day_names and len(problem.day_names) != np.size(problem.need_h):
        yield FieldIssue("day_names", str(len(problem.day_names)), "one name per day, or none")
    price = problem.shortfall_price
    yield from _outside(
        "",
        problem,
        (
            ("first_day_h", isfinite(problem.first_day_h), "finite hours"),
            (
                "lead_days",
                0 <= problem.lead_days < np.size(problem.need_h),
                "0 or more, fewer than there are days",
            ),
            ("shortfall_price", price is None or _not_negative(price), "0 or more, or none"),
            ("standby_weeks", 0 < problem.standby_weeks < inf, "finite, above 0"),
            ("seats_per_head", 0 < problem.seats_per_head <= 1, "above 0, 1 at most"),
            ("present_share", 0 < problem.present_share <= 1, "above 0, 1 at most"),
            ("base_hourly_cost", _not_negative(problem.base_hourly_cost), "0 or more"),
            ("promise_h", _not_negative(problem.promise_h), "0 or more hours"),
        ),
    )
    yield from _outside(
        "limits",
        problem.limits,
        tuple(
            (name, limit is None or _not_negative(limit), "0 or more, or no limit")
            for name, limit in vars(problem.limits).items()
        ),
    )
    backlog = problem.backlog
    yield from _outside(
        "backlog",
        backlog,
        (
            ("share", 0 <= backlog.share <= 1, "0 to 1"),
            ("wait_days", backlog.wait_days >= 0, "0 or more days"),
        ),
    )


def _source_issues(sources: tuple[SurgeSource, ...]) -> Iterator[FieldIssue]:
    for name, count in Counter(source.name for source in sources).items():
        if count > 1:
            yield FieldIssue("sources", repr(name), "a name of its own for each")
    for number, source in enumerate(sources):
        path = f"sources[{number}]"
        yield from _outside(
            path,
            source,
            (
                ("kind", source.kind in get_args(SurgeKind), " or ".join(get_args(SurgeKind))),
                ("heads", _not_negative(source.heads), "0 or more people"),
                ("notice_h", _not_negative(source.notice_h), "0 or more hours"),
                ("hourly_cost", _not_negative(source.hourly_cost), "0 or more"),
                ("show_up", 0 < source.show_up <= 1, "above 0, 1 at most"),
                ("premium", _not_negative(source.premium), "0 or more"),
                ("premium_base", _not_negative(source.premium_base), "0 or more"),
                ("min_engagement_days", source.min_engagement_days >= 1, "1 day or more"),
                (
                    "standby_fee_per_head_week",
                    _not_negative(source.standby_fee_per_head_week),
                    "0 or more",
                ),
                ("onboarding_cost", _not_negative(source.onboarding_cost), "0 or more"),
                ("onboarding_h", _not_negative(source.onboarding_h), "0 or more hours"),
            ),
        )
        yield from _effectiveness_issues(f"{path}.effectiveness", source.effectiveness)
        if source.standby_fee_per_head_week > 0 and not source.reserved:
            accepted = "true where a standby fee is due"
            yield FieldIssue(f"{path}.reserved", "false", accepted)
        if source.hourly_cost == 0 and source.standby_fee_per_head_week == 0 and source.heads > 0:
            accepted = "a wage above 0, or a standby fee that is the wage"
            yield FieldIssue(f"{path}.hourly_cost", "0", accepted)


def _effectiveness_issues(path: str, shares: tuple[float, ...]) -> Iterator[FieldIssue]:
    if not shares:
        yield FieldIssue(path, "none", "at least one share")
    for day, share in enumerate(shares):
        if not 0 < share <= 1:
            yield FieldIssue(f"{path}[{day}]", f"{share:g}", "above 0, 1 at most")
        elif day and share < shares[day - 1]:
            yield FieldIssue(f"{path}[{day}]", f"{share:g}", "no less than on the day before")


def _outside(
    path: str, thing: object, rules: tuple[tuple[str, bool, str], ...]
) -> Iterator[FieldIssue]:
    for name, fine, accepted in rules:
        if not fine:
            where = f"{path}.{name}" if path else name
            yield FieldIssue(where, str(getattr(thing, name)), accepted)


def _not_negative(value: float) -> bool:
    return isfinite(value) and value >= 0
