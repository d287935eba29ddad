"""A study of hiring under uncertain demand: scenarios, plan, cost of many futures, marginal costs.

The plan is made for scenarios. Its cost is then a convex function of a few factors, known between
bounds from few solves, so that a hundred thousand futures need no solve each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import ContractCalendar
from staffing.check import check_plan
from staffing.demand import demand_over_term
from staffing.errors import BadInputError, PlanCheckError
from staffing.futures_cost import DemandFactors, certified_cost
from staffing.futures_problem import Risk, futures_problem, needed_people
from staffing.futures_study import FuturesSource, FuturesStudy, ServiceError, StatedSpread
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce.marginal import marginal_costs
from staffing.optimize.workforce.two_stage.study import plan_futures
from staffing.planner import plan_staffing
from staffing.scenarios import DemandSpread, demand_scenarios, forecast_of, weekly_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from staffing.brief import ServiceBrief, StaffingBrief
    from staffing.demand import Demand
    from staffing.futures_problem import TeamStart
    from staffing.hiring.futures import FuturesPlan
    from staffing.optimize.workforce.two_stage.solve import TwoStageLimits
    from staffing.scenario_table import ScenarioTable
    from staffing.scenarios import Forecast

    Array = NDArray[np.float64]

MOST_DRAWS = 1_000_000
LEAST_DRAWS = 1_000
ASSUMED_WEEKLY_CV = 0.05
_NO_SPREAD = "nothing of the forecast is stated to be uncertain: every future is the same"
_TOO_WIDE = (
    "the forecast is stated to be so uncertain that demand would fall below 0 within two standard "
    "deviations: no further futures are priced"
)
_FROM_TABLE = (
    "the scenarios come from a table, which says nothing of other futures: only they are priced"
)
_LABOUR_ONLY = (
    "cost is that of labour: wages, recruiting, overtime, people called off and the price of work "
    "not done in time; seats and support are not in it"
)


@dataclass(frozen=True)
class StatedErrors:
    """How far off the forecast may be, as stated; what is None is read from history or assumed.

    Parameters
    ----------
    volume_cv, productivity_cv : float
        Of the whole term; see `DemandSpread`.
    growth_sd, season_cv : float
        See `DemandSpread`.
    weekly_cv : float or None
        Of single weeks; None: a service's own history, or `ASSUMED_WEEKLY_CV`.
    """

    volume_cv: float
    productivity_cv: float
    growth_sd: float
    season_cv: float
    weekly_cv: float | None = None


@dataclass(frozen=True)
class FuturesTerms:
    """What a study is asked for.

    Parameters
    ----------
    scenarios : int
        Scenarios to draw, 1 to 2,000; without meaning where a table is given.
    seed : int
        Of all draws, 0 or more.
    draws : int
        Futures to price under the plan, 1,000 to 1,000,000; 0 for none.
    risk : Risk
        What risk is worth.
    table : ScenarioTable, optional
        Scenarios instead of draws.
    """

    scenarios: int = 200
    seed: int = 0
    draws: int = 100_000
    risk: Risk = field(default_factory=Risk)
    table: ScenarioTable | None = None


def study_futures(
    brief: StaffingBrief,
    errors: StatedErrors,
    starts: Mapping[str, TeamStart],
    terms: FuturesTerms,
    *,
    limits: TwoStageLimits | None = None,
    progress: Callable[[str], None] | None = None,
) -> FuturesStudy:
    """Plan hiring for many futures of demand, and say what they cost.

    Parameters
    ----------
    brief : StaffingBrief
        The engagement as the planner reads it.
    errors : StatedErrors
        How far off its forecast may be.
    starts : mapping
        Who is there on the first day, and what waiting and shortfall cost, by team name.
    terms : FuturesTerms
        Scenarios, draws, weight of risk.
    limits : TwoStageLimits, optional
        What ends the search for the plan.
    progress : callable, optional
        Called with a short text before each step.

    Raises
    ------
    BadInputError
        When terms or brief mean nothing.
    InfeasibleError, SolverStoppedError
        As `plan_staffing` and `plan_futures`.
    PlanCheckError
        When a plan or a bound of ours fails its independent check: a defect.
    """
    if terms.draws and not LEAST_DRAWS <= terms.draws <= MOST_DRAWS:
        accepted = f"0 for none, or from {LEAST_DRAWS:,} to {MOST_DRAWS:,}"
        raise BadInputError.at("draws", terms.draws, accepted)
    tell = progress or (lambda _: None)
    calendar = ContractCalendar(brief.start, brief.term_months)
    demands = {s.name: demand_over_term(s, calendar, brief.grid) for s in brief.services}
    forecast = forecast_of(brief, demands, calendar)
    asked = (
        _drawn(brief, errors, forecast, terms)
        if terms.table is None
        else _stated(brief, demands, terms.table)
    )
    staffing = plan_staffing(brief, SolveLimits(), tell, SolveLog())
    violations = check_plan(brief, staffing)
    if violations:
        raise PlanCheckError(violations)

    def needed(volumes: Array) -> Array:
        return needed_people(brief, staffing, volumes)

    problem = futures_problem(
        brief, calendar, needed(asked.scale), asked.probability, starts, terms.risk
    )
    plan = plan_futures(problem, limits, seed=terms.seed, progress=tell)
    staff = staff_of(plan)
    cost, notes = None, []
    if terms.draws and asked.spread is None:
        notes.append(_FROM_TABLE)
    elif terms.draws and asked.spread is not None:
        factors = DemandFactors(forecast, asked.spread, needed)
        if factors.names:
            tell(f"pricing {terms.draws:,} futures")
            hired = (plan.cost.hiring, staff)
            cost = certified_cost(problem, hired, factors, terms.draws, terms.seed)
            notes += [] if cost else [_TOO_WIDE]
        else:
            notes.append(_NO_SPREAD)
    tell("marginal costs")
    mean = np.einsum("s,stk->tk", asked.probability, problem.demand)
    return FuturesStudy(
        start=brief.start,
        source=asked.source,
        plan=plan,
        cost=cost,
        marginal=marginal_costs(problem, mean, staff),
        notes=(_LABOUR_ONLY, plan.knows, *notes),
    )


def staff_of(plan: FuturesPlan) -> Array:
    """Productive people of the plan, shape (weeks, pools)."""
    return np.array([pool.staff for pool in plan.pools]).T


@dataclass(frozen=True)
class _Scenarios:
    """Volumes over those of the base weeks, shape (scenarios, services, weeks), and their origin.

    `spread` is that of the draws, None where a table states the scenarios.
    """

    scale: Array
    probability: Array
    source: FuturesSource
    spread: DemandSpread | None


def _stated(
    brief: StaffingBrief, demands: Mapping[str, Demand], table: ScenarioTable
) -> _Scenarios:
    base = np.array([demands[service.name].base_week for service in brief.services])
    source = FuturesSource(
        kind="table", scenarios=len(table.names), seed=None, spread=None, names=table.names
    )
    return _Scenarios(table.units / base[:, None], table.probability, source, None)


def _drawn(
    brief: StaffingBrief, errors: StatedErrors, forecast: Forecast, terms: FuturesTerms
) -> _Scenarios:
    weekly = tuple(_weekly_error(service, errors) for service in brief.services)
    whole = {
        name: getattr(errors, name)
        for name in ("volume_cv", "productivity_cv", "growth_sd", "season_cv")
    }
    spread = DemandSpread(**whole, weekly_cv=tuple(one.weekly_cv for one in weekly))
    return _Scenarios(
        scale=demand_scenarios(forecast, spread, terms.scenarios, terms.seed),
        probability=np.full(terms.scenarios, 1 / terms.scenarios),
        source=FuturesSource(
            kind="drawn",
            scenarios=terms.scenarios,
            seed=terms.seed,
            spread=StatedSpread(**whole, weekly=weekly),
        ),
        spread=spread,
    )


def _weekly_error(service: ServiceBrief, errors: StatedErrors) -> ServiceError:
    """Spread of a service's single weeks: stated, else of its history, else assumed."""
    if errors.weekly_cv is not None:
        return ServiceError(service=service.name, weekly_cv=errors.weekly_cv, from_history=False)
    history = service.volume.history
    found = None if history is None else weekly_error(history)
    return ServiceError(
        service=service.name,
        weekly_cv=ASSUMED_WEEKLY_CV if found is None else found,
        from_history=found is not None,
    )
