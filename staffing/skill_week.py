"""From a brief to what people of several skills would save at each site, over the standard week.

Every live team of a site becomes a queue; people answer one queue, or all of them at a premium.
Loads and rules are those of the plan, callers wait for ever: ``docs/models/skills.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from staffing.calendar import ContractCalendar
from staffing.check.skills import check_skill_plan
from staffing.demand import demand_over_term
from staffing.errors import PlanCheckError
from staffing.follow_the_sun import choose_routings
from staffing.optimize.skills import skill_heads
from staffing.optimize.solver import SolveLog
from staffing.plan import rounded, tidy
from staffing.simulation.steady import SteadySettings
from staffing.skill_choice import LiveTeam, chosen_sites
from staffing.skill_study import SkillService, SkillStudy, SkillWeek
from staffing.skills import SkillGroup, subset_needs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from staffing.brief import StaffingBrief
    from staffing.grid import WeekGrid
    from staffing.skills import SkillPlan, SkillQueue

    Array = NDArray[np.float64]

PLAYED = SteadySettings(batch=10, most=20, contacts=5_000)
MOST_PLAYED_HEADS = 800  # of all loads that differ, people apart: about a minute


@dataclass(frozen=True)
class SkillTerms:
    """What flexible people cost, how many there may be, and whether their mix is played.

    Parameters
    ----------
    premium : float
        Cost of a flexible head over that of another, 0 or more.
    limit : int or None
        Most flexible heads answering at once, 0 or more; None for no limit.
    simulate : bool or None
        None to play the mix where that takes about a minute or less (`MOST_PLAYED_HEADS`).
    """

    premium: float = 0.10
    limit: int | None = None
    simulate: bool | None = None


def skill_study(
    brief: StaffingBrief,
    terms: SkillTerms,
    *,
    site: str | None = None,
    services: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
) -> SkillStudy:
    """Find the best mix of flexible and other people at every site with two live services or more.

    Parameters
    ----------
    brief : StaffingBrief
        Work, places and teams, as for a plan.
    terms : SkillTerms
        Premium, limit, and whether to simulate.
    site : str, optional
        Only this site.
    services : sequence of str, optional
        Only these services, two or more.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        Unknown names, fewer than two live services at any site, or several contacts at once.
    InfeasibleError, SolverStoppedError
        As when planning.
    PlanCheckError
        When a mix breaks a rule, which is a defect of the search.
    """
    tell = progress or (lambda _: None)
    chosen = chosen_sites(brief, site, services)
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    brief, _ = choose_routings(brief, demands, SolveLog())
    weeks = []
    for one in chosen:
        teams = [LiveTeam.of(brief, team, demands[team.service]) for team in one.teams(brief)]
        notes = (*one.notes, *(note for team in teams for note in team.notes(brief.grid)))
        weeks.append(_week(teams, terms, brief.grid, notes, tell))
    return SkillStudy(
        interval_minutes=brief.grid.interval_min,
        premium=terms.premium,
        limit=terms.limit,
        sites=tuple(weeks),
    )


def rounded_up(queues: Sequence[SkillQueue]) -> list[SkillQueue]:
    """Raise loads to the highest of all intervals in which every set of queues needs the same.

    Few different loads are left to solve, no interval gets a load too low, and the heads of every
    queue alone stay what they are.
    """
    _, back = np.unique(subset_needs(queues), axis=1, return_inverse=True)
    return [replace(queue, load=_highest(queue.load, np.ravel(back))) for queue in queues]


def _highest(load: Array, kind: NDArray[np.intp]) -> Array:
    highest = np.zeros(kind.max() + 1)
    np.maximum.at(highest, kind, load)
    return highest[kind]


def _week(
    teams: list[LiveTeam],
    terms: SkillTerms,
    grid: WeekGrid,
    notes: tuple[str, ...],
    tell: Callable[[str], None],
) -> SkillWeek:
    site, queues = teams[0].site, [team.queue for team in teams]
    solved, groups = rounded_up(queues), _groups(teams, terms)
    simulate = _is_soon_played(solved) if terms.simulate is None else terms.simulate
    plan = skill_heads(
        solved,
        groups,
        simulation=PLAYED if simulate else None,
        progress=lambda text: tell(f"skills at {site}: {text}"),
    )
    violations = check_skill_plan(solved, groups, plan)
    if violations:
        raise PlanCheckError(violations)
    needs = subset_needs(queues)
    apart, pooled = needs[_alone(queues)], needs[-1]
    share = np.array([team.available for team in teams])
    services = [_service(*each, plan, k) for k, each in enumerate(zip(teams, apart, strict=True))]
    return SkillWeek(
        site=site,
        services=tuple(services),
        flexible=tuple(plan.heads[-1].tolist()),
        available_share=rounded(share.min(axis=0)),
        pooled_bound=tuple(pooled.tolist()),
        simulated=simulate,
        num_loads=_loads(solved).shape[1],
        notes=notes,
        pooled_hours=tidy((pooled / share.max(axis=0)).sum() * grid.interval_h),
        **_totals(
            (apart / share).sum(axis=0),
            (plan.heads[:-1] / share).sum(axis=0),
            plan.heads[-1] / share.min(axis=0),
            terms.premium,
            grid,
        ),
    )


def _totals(
    apart: Array, own: Array, flexible: Array, premium: float, grid: WeekGrid
) -> dict[str, Any]:
    """Add up people on duty by interval: hours, the most flexible people, cost."""
    most = int(flexible.argmax())
    cost = own.sum() + (1 + premium) * flexible.sum()
    return {
        "apart_hours": tidy(apart.sum() * grid.interval_h),
        "own_hours": tidy(own.sum() * grid.interval_h),
        "flexible_hours": tidy(flexible.sum() * grid.interval_h),
        "most_flexible_on_duty": tidy(flexible[most]),
        "most_flexible_at": grid.label(most) if flexible[most] else None,
        "cost_change": tidy(cost / apart.sum() - 1),
    }


def _loads(queues: Sequence[SkillQueue]) -> Array:
    """Loads that differ, shape (K, U)."""
    return np.unique([queue.load for queue in queues], axis=1)


def _is_soon_played(queues: Sequence[SkillQueue]) -> bool:
    differing = [replace(q, load=load) for q, load in zip(queues, _loads(queues), strict=True)]
    return int(subset_needs(differing)[_alone(queues)].sum()) <= MOST_PLAYED_HEADS


def _alone(queues: Sequence[SkillQueue]) -> NDArray[np.int64]:
    """Rows of single queues among all sets of queues."""
    return 1 << np.arange(len(queues))


def _groups(teams: list[LiveTeam], terms: SkillTerms) -> list[SkillGroup]:
    """People of one service each, and last those of all services."""
    names = tuple(team.queue.name for team in teams)
    flexible = SkillGroup(" + ".join(names), names, 1 + terms.premium, terms.limit)
    return [*(SkillGroup(name, (name,), 1.0) for name in names), flexible]


def _service(team: LiveTeam, apart: NDArray[np.int64], plan: SkillPlan, k: int) -> SkillService:
    level, error = plan.service_level, plan.service_level_error
    return SkillService(
        service=team.queue.name,
        service_level=team.queue.service_level,
        threshold_s=team.queue.threshold_s,
        load=rounded(team.queue.load),
        apart=tuple(apart.tolist()),
        own=tuple(plan.heads[k].tolist()),
        available_share=rounded(team.available),
        in_time=None if level is None else rounded(level[k]),
        in_time_error=None if error is None else rounded(error[k]),
    )
