"""Play the standard week of every team of a plan, some times over, and judge it by its target."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from staffing.errors import BadInputError
from staffing.grid import WeekGrid
from staffing.plan import LiveWorkload
from staffing.simulation.deferrable import play_work
from staffing.simulation.draws import Stream
from staffing.simulation.estimates import FEWEST_REPLICATIONS
from staffing.simulation.live import play_week
from staffing.simulation.report import SimulationReport
from staffing.simulation.results import deferrable_result, live_result, service_result

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from staffing.plan import StaffingPlan, TeamPlan
    from staffing.simulation.deferrable import WorkWeek
    from staffing.simulation.live import QueueWeek
    from staffing.simulation.report import TeamResult

MOST_UNITS_PER_WEEK = 5_000_000


@dataclass(frozen=True)
class SimulationSettings:
    """How a plan is played.

    Parameters
    ----------
    replications : int
        Independent weeks, 5 or more.
    seed : int
        Root of all random numbers, 0 or more.
    handle_time_cv : float or None
        Coefficient of variation of a lognormal handling time, 0 or more; None for exponential.
    """

    replications: int = 20
    seed: int = 1
    handle_time_cv: float | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be played."""
        if self.replications < FEWEST_REPLICATIONS:
            accepted = f"{FEWEST_REPLICATIONS} or more"
            raise BadInputError.at("replications", self.replications, accepted)
        if self.seed < 0:
            raise BadInputError.at("seed", self.seed, "0 or more")
        cv = self.handle_time_cv
        if cv is not None and not (isfinite(cv) and cv >= 0):
            raise BadInputError.at("handle_time_cv", cv, "finite, 0 or more")


def simulate_plan(
    plan: StaffingPlan,
    settings: SimulationSettings | None = None,
    progress: Callable[[str], None] | None = None,
) -> SimulationReport:
    """Play the standard week of every team and compare what happens with what was promised.

    Parameters
    ----------
    plan : StaffingPlan
        The plan, from wherever; only the workloads of its teams are read.
    settings : SimulationSettings, optional
        Replications, seed and handling times.
    progress : callable, optional
        Called with a short text before each replication.

    Raises
    ------
    BadInputError
        When a workload does not fit the week, or is too large to be played contact by contact.
    """
    settings, tell = settings or SimulationSettings(), progress or (lambda _: None)
    grid = WeekGrid(plan.interval_minutes)
    results, weeks = [], []
    for number, team in enumerate(plan.teams):
        _check(team, grid, f"staffing.teams[{number}].workload")
        stream = Stream(settings.seed, (number,))
        result, played = _play_team(team, settings, grid, stream, tell)
        results.append(result)
        weeks.append(played)
    return SimulationReport(
        replications=settings.replications,
        seed=settings.seed,
        handle_time_cv=settings.handle_time_cv,
        teams=tuple(results),
        services=tuple(
            service_result(
                [team for team in results if team.service == service],
                [w for team, w in zip(results, weeks, strict=True) if team.service == service],
            )
            for service in dict.fromkeys(team.service for team in results)
        ),
    )


def _check(team: TeamPlan, grid: WeekGrid, path: str) -> None:
    """Refuse a document that was changed by hand into something that is no week."""
    for name, values in team.workload:
        if isinstance(values, tuple):
            if len(values) != grid.size:
                accepted = f"one number per interval, {grid.size}"
                raise BadInputError.at(f"{path}.{name}", len(values), accepted)
            if not all(isfinite(value) and value >= 0 for value in values):
                raise BadInputError.at(f"{path}.{name}", min(values), "numbers of 0 or more")
    units = sum(team.workload.arrivals)
    if units > MOST_UNITS_PER_WEEK:
        accepted = f"at most {MOST_UNITS_PER_WEEK:,} units a week can be played"
        raise BadInputError.at(f"{path}.arrivals", units, accepted)
    if isinstance(team.workload, LiveWorkload):
        for name in ("handle_time_s", "patience_s"):
            value = getattr(team.workload, name)
            if value is not None and not (isfinite(value) and value > 0):
                raise BadInputError.at(f"{path}.{name}", value, "above 0")
    elif team.workload.due_intervals < 1:
        raise BadInputError.at(f"{path}.due_intervals", team.workload.due_intervals, "1 or more")


def _play_team(
    team: TeamPlan,
    settings: SimulationSettings,
    grid: WeekGrid,
    stream: Stream,
    tell: Callable[[str], None],
) -> tuple[TeamResult, Sequence[QueueWeek | WorkWeek]]:
    live, deferrable = [], []
    for replication in range(settings.replications):
        tell(f"{team.name}: week {replication + 1} of {settings.replications}")
        own = stream.child(replication)
        if isinstance(team.workload, LiveWorkload):
            live.append(play_week(team.workload, settings.handle_time_cv, grid, own))
        else:
            deferrable.append(play_work(team.workload, own))
    if isinstance(team.workload, LiveWorkload):
        return live_result(team, team.workload, live, grid), live
    return deferrable_result(team, team.workload, deferrable, grid), deferrable
