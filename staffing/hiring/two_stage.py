"""What a plan of hiring under uncertain demand is asked for.

Two stages: people are hired before demand is known (one plan for all scenarios); surge, overtime
and backlog answer the demand that comes. Weeks t, pools k, scenarios s; work and people are in
productive full-time equivalents (FTE), money in plain numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from staffing.errors import BadInputError

Array = NDArray[np.float64]
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Pool:
    """One pool of people who do the same work at one site.

    Parameters
    ----------
    name : str
        Unique name.
    existing : float
        Productive people in the first week, FTE, 0 or more; they leave at `weekly_attrition`.
    go_live_max : float
        Most people who may be hired to be productive on day one, FTE, 0 or more.
    hires_max : float
        Most hires a week, people, 0 or more; infinite for no limit.
    lead_weeks : int
        Weeks from the first paid day to the first productive week, 0 or more.
    ramp : tuple of float
        Productivity in the weeks after that, each in (0, 1], not decreasing; 1 afterwards.
    weekly_attrition : float
        Share of the people leaving in a week, in [0, 1).
    hire_cost, weekly_wage : float
        Cost of a hire (wages apart), and of one person for a week, from the first day of training.
    surge_weekly_cost : float
        Cost of one person on call-off for a week.
    surge_effectiveness : float
        Work of a surge person against a productive one, in (0, 1].
    surge_min_weeks : int
        Length of a call-off, weeks, 1 or more.
    surge_notice_weeks : int
        Full weeks between the call and the first day, 0 or more; nothing is called before week 0.
    overtime_cost : float
        Cost of a full-time week of overtime hours.
    overtime_share_max : float
        Overtime over the hours of the hired staff, at most, 0 or more.
    backlog_cost : float
        Cost of holding the work of one full-time week back for a week.
    backlog_weeks : float
        Longest time work may be held back, weeks, 0 or more.
    deferrable_share : float
        Share of the work that may be held back at all, in [0, 1].
    shortfall_price : float
        Price of a full-time week of work that is not done in time, above 0.
    """

    name: str
    existing: float
    go_live_max: float
    hires_max: float
    lead_weeks: int
    ramp: tuple[float, ...]
    weekly_attrition: float
    hire_cost: float
    weekly_wage: float
    surge_weekly_cost: float
    surge_effectiveness: float
    surge_min_weeks: int
    surge_notice_weeks: int
    overtime_cost: float
    overtime_share_max: float
    backlog_cost: float
    backlog_weeks: float
    deferrable_share: float
    shortfall_price: float

    def held_back(self) -> Array:
        """Share of the work of j weeks ago that may still be waiting at the end of a week."""
        ages = np.arange(int(np.ceil(self.backlog_weeks)))
        waiting = np.clip(self.backlog_weeks - ages, 0.0, 1.0)
        return np.asarray(self.deferrable_share * waiting, dtype=float)


@dataclass(frozen=True)
class TwoStageProblem:
    """Weeks, pools, demand scenarios and what risk is worth.

    Parameters
    ----------
    pools : tuple of Pool
        At least one, names unique.
    week_weights : ndarray, shape (weeks,)
        Length of each week inside the term, in weeks, each in (0, 1].
    demand : ndarray, shape (scenarios, weeks, pools)
        Productive FTE needed in a full week like this one, 0 or more.
    probability : ndarray, shape (scenarios,)
        Of each scenario, above 0, sum 1.
    surge_group : tuple of int
        By pool: which limit of `surge_heads` its call-offs count against.
    surge_heads : tuple of float
        Most people on call-off at once, by group, 0 or more.
    risk_aversion : float
        lambda in [0, 1]: weight of the conditional value at risk; the rest is on the mean.
    tail : float
        beta in [0, 1): the risk is the mean cost of the worst ``1 - beta`` of the scenarios.
    """

    pools: tuple[Pool, ...]
    week_weights: Array
    demand: Array
    probability: Array
    surge_group: tuple[int, ...]
    surge_heads: tuple[float, ...]
    risk_aversion: float = 0.5
    tail: float = 0.95

    def __post_init__(self) -> None:
        """Refuse what has no meaning."""
        for issue, found, accepted in _complaints(self):
            raise BadInputError.at(issue, found, accepted)

    @property
    def num_weeks(self) -> int:
        """Weeks of the term."""
        return len(self.week_weights)

    @property
    def num_pools(self) -> int:
        """Pools of people."""
        return len(self.pools)

    @property
    def num_scenarios(self) -> int:
        """Scenarios of demand."""
        return len(self.demand)

    def per_pool(self, field: str) -> Array:
        """One field of every pool, shape (pools,)."""
        return np.array([getattr(pool, field) for pool in self.pools], dtype=float)

    def with_demand(self, demand: Array, probability: Array) -> TwoStageProblem:
        """Ask the same of other scenarios."""
        return replace(self, demand=demand, probability=probability)

    @cached_property
    def existing(self) -> Array:
        """Productive people of the first week who are still there, shape (weeks, pools)."""
        return self._stay ** np.arange(self.num_weeks)[:, None] * self.per_pool("existing")

    @property
    def _stay(self) -> Array:
        return 1 - self.per_pool("weekly_attrition")

    @cached_property
    def effect(self) -> Array:
        """Productive FTE in week t by one hire of slot i, shape (slots, weeks, pools).

        Slot 0 is the go-live team, productive on day one; slot 1 + u is a hire who starts in
        week u: nothing for the lead time, then the ramp, then 1, all times the share still there.
        """
        weeks = np.arange(self.num_weeks)
        effect = np.zeros((self.num_weeks + 1, self.num_weeks, self.num_pools))
        for k, pool in enumerate(self.pools):
            stay = (1 - pool.weekly_attrition) ** weeks
            effect[0, :, k] = stay
            productive = np.concatenate([np.zeros(pool.lead_weeks), pool.ramp, np.ones(len(weeks))])
            path = stay * productive[: len(weeks)]
            for start in weeks:
                effect[1 + start, start:, k] = path[: len(weeks) - start]
        return effect

    @cached_property
    def hiring_cost(self) -> Array:
        """Cost of one hire by slot until the end of the term, wages included, (slots, pools)."""
        weights, stay = self.week_weights, self._stay
        cost = np.zeros((self.num_weeks + 1, self.num_pools))
        for slot in range(self.num_weeks + 1):
            left = weights[max(0, slot - 1) :]
            paid = left @ stay ** np.arange(len(left))[:, None]
            cost[slot] = self.per_pool("hire_cost") + self.per_pool("weekly_wage") * paid
        return cost

    @cached_property
    def existing_wages(self) -> float:
        """Wages of the existing people over the term: no decision changes them."""
        return float(self.week_weights @ self.existing @ self.per_pool("weekly_wage"))

    @cached_property
    def hires_max(self) -> Array:
        """Most hires by slot, shape (slots, pools)."""
        most = np.tile(self.per_pool("hires_max"), (self.num_weeks + 1, 1))
        most[0] = self.per_pool("go_live_max")
        return most

    def staff(self, hires: Array) -> Array:
        """Productive FTE of hired staff by week, shape (weeks, pools), for hires (slots, pools)."""
        hired = np.einsum("ik,itk->tk", hires, self.effect)
        return np.asarray(self.existing + hired, dtype=float)

    def plan_cost(self, hires: Array) -> float:
        """Cost of hiring and of wages over the term, the same in every scenario."""
        return self.existing_wages + float((self.hiring_cost * hires).sum())


def _complaints(problem: TwoStageProblem) -> list[tuple[str, object, str]]:
    demand, weeks = problem.demand, len(problem.week_weights)
    shape = (len(demand), weeks, len(problem.pools))
    issues: list[tuple[str, object, str]] = []
    if demand.shape != shape or not demand.size:
        accepted = f"scenarios x {weeks} weeks x {len(problem.pools)} pools"
        return [("demand", str(demand.shape), accepted)]
    if not (np.isfinite(demand).all() and (demand >= 0).all()):
        issues.append(("demand", "a number below 0 or none", "0 FTE or more in every week"))
    if len(problem.probability) != len(demand) or (problem.probability <= 0).any():
        issues.append(("probability", problem.probability.tolist(), "one above 0 per scenario"))
    elif abs(problem.probability.sum() - 1) > _TOLERANCE:
        issues.append(("probability", float(problem.probability.sum()), "a sum of 1"))
    if not 0 <= problem.risk_aversion <= 1:
        issues.append(("risk_aversion", problem.risk_aversion, "from 0 to 1"))
    if not 0 <= problem.tail < 1:
        issues.append(("tail", problem.tail, "from 0 to below 1"))
    for k, pool in enumerate(problem.pools):
        issues += [(f"pools[{k}].{name}", *rest) for name, rest in _pool_complaints(pool)]
    return issues


def _pool_complaints(pool: Pool) -> list[tuple[str, tuple[object, str]]]:
    steps = np.array([0.0, *pool.ramp])
    not_negative = (
        *("existing", "go_live_max", "hires_max", "lead_weeks", "hire_cost", "weekly_wage"),
        *("surge_weekly_cost", "surge_notice_weeks", "overtime_cost", "overtime_share_max"),
        *("backlog_cost", "backlog_weeks"),
    )
    rules = [(name, getattr(pool, name) >= 0, "0 or more") for name in not_negative]
    rules += [
        ("ramp", (np.diff(steps) >= 0).all() and (steps <= 1).all(), "0 to 1, not decreasing"),
        ("weekly_attrition", 0 <= pool.weekly_attrition < 1, "0 to below 1"),
        ("surge_effectiveness", 0 < pool.surge_effectiveness <= 1, "above 0, at most 1"),
        ("surge_min_weeks", pool.surge_min_weeks >= 1, "1 week or more"),
        ("deferrable_share", 0 <= pool.deferrable_share <= 1, "0 to 1"),
        ("shortfall_price", pool.shortfall_price > 0, "above 0"),
    ]
    return [(name, (getattr(pool, name), accepted)) for name, holds, accepted in rules if not holds]
