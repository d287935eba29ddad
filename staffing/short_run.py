"""What another volume takes when it comes too late to hire for it: the plan's people stay.

Overtime, people called off, waiting and work not done answer the change, by the recourse program of
hiring under uncertain demand (``docs/models/value_function.md``). A cost, not a price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.futures_problem import Risk, futures_problem, needed_people
from staffing.optimize.workforce import WorkforceResult
from staffing.optimize.workforce.marginal import spike_costs
from staffing.optimize.workforce.two_stage.recourse import Recourse
from staffing.team_at_volume import team_with_people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief
    from staffing.futures_problem import TeamStart
    from staffing.hiring.value_report import MarginalSpike
    from staffing.optimize.workforce.two_stage.recourse import RecourseAnswer
    from staffing.plan import StaffingPlan, TeamPlan

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class ShortRunStep:
    """A service's volume changed by a share in every week, the plan of hiring fixed.

    Parameters
    ----------
    share : float
        Change, e.g. -0.1; 0 for the plan itself.
    plan : StaffingPlan
        What the weeks then take: the same people hired, other overtime and call-offs.
    not_done_cost : float
        Price of all work not done in time.
    labour : float
        Cost of overtime, call-off, waiting and work not done over that at plan volume.
    low, high : float
        Between which the dual values of both ends prove `labour`: the cost is convex, so the slope
        at the plan times the change is no more than it, the slope at the other end times it no
        less.
    overtime, surge, not_done : float
        Full-time weeks over those at plan volume: overtime, on call-off, work not done.
    """

    share: float
    plan: StaffingPlan
    not_done_cost: float
    labour: float
    low: float
    high: float
    overtime: float
    surge: float
    not_done: float


class ShortRun:
    """Other volumes with the people of a plan.

    Parameters
    ----------
    brief : StaffingBrief
        What the plan was made for.
    plan : StaffingPlan
        Whose people on the payroll stay as they are, week by week.
    starts : mapping
        What waiting and shortfall cost, by team name; see `TeamStart`.
    """

    def __init__(
        self, brief: StaffingBrief, plan: StaffingPlan, starts: Mapping[str, TeamStart]
    ) -> None:
        self._brief, self._plan = brief, plan
        self._calendar = ContractCalendar(brief.start, brief.term_months)
        self._services = [service.name for service in brief.services]
        demands = [demand_over_term(s, self._calendar, brief.grid) for s in brief.services]
        self._scale = np.stack([demand.weekly_scale for demand in demands])
        self._staff = np.array([team.workforce.productive for team in plan.teams]).T
        self._needed = self._needed_at(self._volumes({}))
        self._problem = futures_problem(
            brief, self._calendar, self._needed[None], np.ones(1), starts, Risk()
        )
        self._recourse = Recourse(self._problem)
        self._base = self._recourse.solve(self._needed, self._staff)

    def steps(self, service: str, shares: Sequence[float]) -> tuple[ShortRunStep, ...]:
        """Re-solve a service at other volumes; a share of 0 is the plan on the same terms."""
        return tuple(self._step(service, share) for share in shares)

    def spikes(self) -> tuple[MarginalSpike, ...]:
        """A fifth more work in the busiest week of every team, by weeks of notice."""
        return spike_costs(self._problem, self._needed, self._staff)

    def full_time_weeks(self) -> dict[str, float]:
        """Work of the term by team, in productive full-time weeks."""
        work = self._problem.week_weights @ self._needed
        return {team.name: float(work[k]) for k, team in enumerate(self._plan.teams)}

    def _step(self, service: str, share: float) -> ShortRunStep:
        volumes = self._volumes({service: share})
        there = self._needed_at(volumes)
        answer, base = self._recourse.solve(there, self._staff), self._base
        move, weights = there - self._needed, self._problem.week_weights
        more = {name: answer.parts[name] - base.parts[name] for name in answer.parts}
        called = self._called(answer) - self._called(base)
        late = weights @ np.maximum(answer.parts["shortfall"], 0.0)
        return ShortRunStep(
            share=share,
            plan=self._written(answer, volumes),
            not_done_cost=float(late @ self._problem.per_pool("shortfall_price")),
            labour=answer.cost - base.cost,
            low=float((base.demand_slope * move).sum()),
            high=float((answer.demand_slope * move).sum()),
            overtime=float((weights @ more["overtime"]).sum()),
            surge=float((weights @ called).sum()),
            not_done=float((weights @ more["shortfall"]).sum()),
        )

    def _volumes(self, shares: Mapping[str, float]) -> Array:
        """Volumes over those of the base weeks, shape (services, weeks)."""
        factors = np.array([1 + shares.get(name, 0.0) for name in self._services])
        return np.asarray(factors[:, None] * self._scale, dtype=float)

    def _needed_at(self, volumes: Array) -> Array:
        return needed_people(self._brief, self._plan, volumes)

    def _called(self, answer: RecourseAnswer) -> Array:
        """People on call-off by week and team, from their starts."""
        starts = np.maximum(answer.parts["surge_starts"], 0.0)
        called = np.zeros_like(starts)
        for k, pool in enumerate(self._problem.pools):
            sums = np.concatenate([np.zeros(pool.surge_min_weeks), np.cumsum(starts[:, k])])
            called[:, k] = sums[pool.surge_min_weeks :] - sums[: len(starts)]
        return called

    def _written(self, answer: RecourseAnswer, volumes: Array) -> StaffingPlan:
        teams = tuple(self._team(k, answer, volumes) for k in range(len(self._plan.teams)))
        return self._plan.model_copy(update={"teams": teams})

    def _team(self, k: int, answer: RecourseAnswer, volumes: Array) -> TeamPlan:
        team = self._plan.teams[k]
        people = WorkforceResult(
            productive=self._staff[:, k],
            payroll=np.array(team.workforce.payroll),
            hires=np.array(team.workforce.hires),
            overtime=np.maximum(answer.parts["overtime"][:, k], 0.0),
            surge_starts=np.maximum(answer.parts["surge_starts"][:, k], 0.0),
            surge=self._called(answer)[:, k],
            go_live=float(self._staff[0, k]),
            objective=answer.cost,
            stop_reason=team.workforce.stop_reason,
        )
        scale = volumes[self._services.index(team.service)]
        return team_with_people(self._brief, team, scale, self._calendar, people)
