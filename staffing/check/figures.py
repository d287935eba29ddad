"""Whether a team's plan has every figure the other rules read: present, in order, finite."""

from __future__ import annotations

import json
from math import isfinite
from typing import TYPE_CHECKING

from staffing.errors import Violation
from staffing.premiums import PREMIUM_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.case import TeamCase
    from staffing.plan import TeamPlan

SERIES = ("needed", "productive", "payroll", "hires", "overtime", "surge_starts", "surge")


def figures(case: TeamCase) -> Iterator[Violation]:
    """``figures``: one per interval, week, month, year and class, every one a finite number.

    The other rules are only applied where this one holds.
    """
    plan, weeks = case.plan, case.calendar.num_weeks
    counts = {
        "roster.on_duty": (len(plan.roster.on_duty), case.grid.size),
        "roster.at_work": (len(plan.roster.at_work), case.grid.size),
        "roster.required_heads": (len(plan.roster.required_heads), case.grid.size),
        "roster.shortfall": (len(plan.roster.shortfall), case.grid.size),
        **{f"workload.{name}": (found, case.grid.size) for name, found in _by_interval(plan)},
        "needed_fte_by_month": (len(plan.needed_fte_by_month), case.brief.term_months),
        "years": (len(plan.years), case.calendar.num_years),
        **{f"workforce.{name}": (len(getattr(plan.workforce, name)), weeks) for name in SERIES},
    }
    for name, (found, wanted) in counts.items():
        if found != wanted:
            yield Violation("figures", case.team.name, f"{name}: {found} entries, not {wanted}")
    by_class = [
        plan.roster.paid_hours_by_class,
        *(point.paid_hours_by_class for point in plan.curve),
        *(year.scheduled_hours_by_class for year in plan.years),
    ]
    if any(tuple(hours) != PREMIUM_CLASSES for hours in by_class):
        yield Violation("figures", case.team.name, f"hours are not by class {PREMIUM_CLASSES}")
    scales = [point.scale for point in plan.curve]
    if scales[:1] != [0.0] or scales[-1] == 0 or scales != sorted(set(scales)):
        yield Violation("figures", case.team.name, f"curve points at {scales}: rise from 0")
    figures_of = plan.model_dump(warnings=False)
    if not _all_finite(figures_of):
        for path, value in _floats(figures_of, ""):
            if not isfinite(value):
                yield Violation("figures", case.team.name, f"{path} is {value}")


def _by_interval(plan: TeamPlan) -> Iterator[tuple[str, int]]:
    """Name and length of every series of the workload."""
    for name, value in plan.workload:
        if isinstance(value, tuple):
            yield name, len(value)


def _all_finite(node: object) -> bool:
    """Whether no number is infinite or not a number, at the speed of the encoder."""
    try:
        json.dumps(node, allow_nan=False, default=str)
    except ValueError:
        return False
    return True


def _floats(node: object, path: str) -> Iterator[tuple[str, float]]:
    if isinstance(node, float):
        yield path, node
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _floats(child, f"{path}.{key}" if path else str(key))
    elif isinstance(node, tuple | list):
        for index, child in enumerate(node):
            yield from _floats(child, f"{path}[{index}]")
