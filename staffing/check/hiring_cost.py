"""Cost of a plan of hiring, from people as played and hours as stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.check.hiring_people import at_week, differs
from staffing.errors import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staffing.check.hiring_people import Played
    from staffing.hiring.plan import HiringPlan
    from staffing.hiring.problem import HiringProblem

_PEOPLE = 1e-9  # people are known no better, whatever their wage


def check_cost(
    problem: HiringProblem, plan: HiringPlan, pools: list[Played]
) -> Iterator[Violation]:
    """``hiring_cost``: cost by pool, week and part, and its sums."""
    total, by_part = 0.0, dict.fromkeys(plan.totals.cost_by_part, 0.0)
    for played in pools:
        for week in range(problem.num_weeks):
            found = _week_cost(problem, plan, played, week)
            for part, cost in found.items():
                stated = getattr(played.plan.costs, part)[week]
                if differs(stated, cost) and abs(stated - cost) > _PEOPLE * played.pool.wage:
                    detail = f"{part} is {stated:.6f}, {cost:.6f} expected"
                    yield Violation("hiring_cost", at_week(played.pool.name, week), detail)
                total += cost
                by_part[part] = by_part.get(part, 0.0) + cost
    sums = [("cost", plan.totals.cost, total), ("objective", plan.proof.objective, total)]
    sums += [
        (part, plan.totals.cost_by_part.get(part, 0.0), cost) for part, cost in by_part.items()
    ]
    for name, stated, cost in sums:
        if differs(stated, cost):
            yield Violation("hiring_cost", name, f"{stated:.6f} in all, {cost:.6f} expected")


def _week_cost(
    problem: HiringProblem, plan: HiringPlan, played: Played, week: int
) -> dict[str, float]:
    pool, stated, people = played.pool, played.plan, played.series
    length = played.lengths[week]
    taught = pool.wage if pool.training_wage is None else pool.training_wage
    working = ("ramping", "experienced", "under_notice", "upskilling")
    cost = {
        "wages": length * pool.wage * sum(people[status][week] for status in working),
        "training": length * taught * people["training"][week],
        "hiring": pool.hire_cost * stated.hires[week],
        "ahead": length * (pool.ahead_cost_per_h or 0.0) * stated.ahead_h[week],
        "shortfall": length * (pool.shortfall_price or 0.0) * stated.short_h[week],
        "upskilling": sum(
            way.cost * line.starts[week]
            for way, line in zip(problem.upskillings, plan.upskilling, strict=True)
            if way.from_pool == pool.name
        ),
        **dict.fromkeys(("overtime", "temporary", "cross_trained", "severance", "backlog"), 0.0),
    }
    if week == 0:
        cost["hiring"] += pool.go_live_cost * stated.go_live
    if pool.overtime:
        cost["overtime"] = length * pool.overtime.cost_per_h * stated.overtime_h[week]
    if pool.temporary:
        cost["temporary"] = length * pool.temporary.cost_per_week * stated.temporary[week]
        cost["temporary"] += pool.temporary.start_cost * stated.temporary_starts[week]
    if pool.cross_trained:
        cost["cross_trained"] = (
            length * pool.cross_trained.cost_per_week * stated.cross_trained[week]
        )
    if pool.release:
        cost["severance"] = pool.release.severance * stated.releases[week]
    if pool.backlog:
        cost["backlog"] = length * pool.backlog.cost_per_h * stated.backlog_h[week]
    return cost
