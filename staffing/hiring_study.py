"""A checked plan of hiring, and what holds it back: constraints by what one more would save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.check.hiring import check_hiring_plan
from staffing.errors import PlanCheckError
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce.hiring import plan_hiring
from staffing.roster_plan import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffing.hiring.plan import HiringPlan, ShadowPrice
    from staffing.hiring.problem import HiringProblem

_NO_LIMITS = {"need", "workload", "experienced_balance"}  # always there; their price is no saving
_CONTRACT_LENGTHS = {"temporary_min", "temporary_max"}
_NOISE = 1e-6
# Whole people may take a minute of work; a busy machine shall not cut it short.
_LIMITS = SolveLimits(safety_time_s=600.0)


class BindingConstraint(Document):
    """A constraint that costs something, over all weeks in which it does.

    `rule`, `where`, `unit` and `meaning` are those of the shadow price. Weeks count from 1.
    `most_saved` is what one more unit saves in `most_in_week`; `saved` what one more in each of
    the `num_weeks` weeks saves. Both hold for a small change.
    """

    rule: str
    where: str
    unit: str
    meaning: str
    num_weeks: int
    first_week: int
    last_week: int
    most_in_week: int
    most_saved: float
    saved: float


def checked_hiring(
    problem: HiringProblem,
    *,
    limits: SolveLimits | None = None,
    log: SolveLog | None = None,
    progress: Callable[[str], None] | None = None,
) -> HiringPlan:
    """Find the least-cost plan of hiring and check it independently.

    Parameters
    ----------
    problem : HiringProblem
        Pools, what they share, and the weeks.
    limits : SolveLimits, optional
        What ends each solve; the defaults are repeatable.
    log : SolveLog, optional
        Collects solver seconds.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    InfeasibleError
        When no plan does all work: which weeks, how many people, what would do at what cost.
    SolverStoppedError
    PlanCheckError
        When our own plan fails its independent check.
    """
    tell = progress or (lambda _: None)
    weeks, pools = problem.num_weeks, len(problem.pools)
    tell(f"hiring for {pools} {'team' if pools == 1 else 'teams'} over {weeks} weeks")
    plan = plan_hiring(problem, limits or _LIMITS, log or SolveLog())
    tell("checking the plan of hiring")
    violations = check_hiring_plan(problem, plan)
    if violations:
        raise PlanCheckError(violations)
    return plan


def binding_constraints(plan: HiringPlan) -> tuple[BindingConstraint, ...]:
    """List what holds a plan back, by what one more unit in every such week saves, most first.

    The length of a contract counts in weeks with people on one: without any, its price is that of
    a contract nobody has.
    """
    found = (
        _binding(price, _weeks_that_count(plan, price))
        for price in plan.shadow_prices
        if price.rule not in _NO_LIMITS
    )
    kept = (one for one in found if one is not None)
    return tuple(sorted(kept, key=lambda one: (-one.saved, one.rule, one.where)))


def cost_per_productive_hour(plan: HiringPlan, pool: str) -> float | None:
    """What is paid for a pool over the hours of its work that are done; None where none is."""
    at = [one.name for one in plan.pools].index(pool)
    totals = plan.totals.pools[at]
    done_h = totals.need_h - totals.short_h
    paid = totals.cost - sum(plan.pools[at].costs.shortfall)
    return paid / done_h if done_h > _NOISE else None


def cost_of_more_work(plan: HiringPlan, pool: str) -> float:
    """Cost of one more productive hour of a pool's work, mean over the weeks of the term."""
    price = next(
        (one for one in plan.shadow_prices if (one.rule, one.where) == ("need", pool)), None
    )
    return 0.0 if price is None else sum(price.by_week) / sum(plan.week_weights)


def _weeks_that_count(plan: HiringPlan, price: ShadowPrice) -> list[int]:
    """Weeks, from 1, in which one more unit saves something."""
    saving = [week for week, saved in enumerate(price.by_week, start=1) if saved > 0]
    if price.rule not in _CONTRACT_LENGTHS:
        return saving
    people = next(pool.temporary for pool in plan.pools if pool.name == price.where)
    return [week for week in saving if people[week - 1] > _NOISE]


def _binding(price: ShadowPrice, saving: list[int]) -> BindingConstraint | None:
    if not saving:
        return None
    most = max(saving, key=lambda week: price.by_week[week - 1])
    return BindingConstraint(
        rule=price.rule,
        where=price.where,
        unit=price.unit,
        meaning=price.meaning,
        num_weeks=len(saving),
        first_week=saving[0],
        last_week=saving[-1],
        most_in_week=most,
        most_saved=price.by_week[most - 1],
        saved=sum(price.by_week[week - 1] for week in saving),
    )
