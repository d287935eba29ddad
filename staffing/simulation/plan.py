"""Play the standard week of every team of a plan, some times over, and judge it by its target."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError
from staffing.grid import WeekGrid
from staffing.plan import LiveWorkload, tidy
from staffing.simulation.deferrable import play_work
from staffing.simulation.draws import Stream
from staffing.simulation.estimates import FEWEST_REPLICATIONS, estimate, verdict
from staffing.simulation.live import play_week
from staffing.simulation.report import HourResult, SimulationReport, TeamResult

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from staffing.plan import DeferrableWorkload, StaffingPlan, TeamPlan
    from staffing.simulation.deferrable import WorkWeek
    from staffing.simulation.live import QueueWeek

MOST_UNITS_PER_WEEK = 5_000_000
SHOWN_HOURS = 5
FINISH_ALL = 1.0


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
    results = []
    for number, team in enumerate(plan.teams):
        _check(team, grid, f"staffing.teams[{number}].workload")
        stream = Stream(settings.seed, (number,))
        results.append(_play_team(team, settings, grid, stream, tell))
    return SimulationReport(
        replications=settings.replications,
        seed=settings.seed,
        handle_time_cv=settings.handle_time_cv,
        teams=tuple(results),
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
) -> TeamResult:
    live, deferrable = [], []
    for replication in range(settings.replications):
        tell(f"{team.name}: week {replication + 1} of {settings.replications}")
        own = stream.child(replication)
        if isinstance(team.workload, LiveWorkload):
            live.append(play_week(team.workload, settings.handle_time_cv, grid, own))
        else:
            deferrable.append(play_work(team.workload, own))
    if isinstance(team.workload, LiveWorkload):
        return _live_result(team, team.workload, live, grid)
    return _deferrable_result(team, team.workload, deferrable, grid)


def _live_result(
    team: TeamPlan, work: LiveWorkload, weeks: list[QueueWeek], grid: WeekGrid
) -> TeamResult:
    busy_weeks = [week for week in weeks if week.offered.sum()]
    in_time = _shares(weeks)
    found = estimate([share for share in in_time if share is not None], share=True)
    return TeamResult(
        service=team.service,
        site=team.site,
        channel="live",
        promise=f"answered within {work.threshold_s:g} s",
        target=work.service_level,
        verdict=verdict(work.service_level, found),
        units_per_week=tidy(sum(work.arrivals)),
        in_time=found,
        by_replication=in_time,
        asa_s=estimate([week.waited_s / week.offered.sum() for week in busy_weeks]),
        abandonment=None
        if work.patience_s is None
        else estimate([week.hung_up / week.offered.sum() for week in busy_weeks], share=True),
        occupancy=estimate([week.busy_s / week.staffed_s for week in weeks if week.staffed_s]),
        unanswered=tidy(np.mean([week.unanswered for week in weeks])),
        worst_hours=_worst_hours(weeks, grid),
    )


def _deferrable_result(
    team: TeamPlan, work: DeferrableWorkload, weeks: list[WorkWeek], grid: WeekGrid
) -> TeamResult:
    in_time = _shares(weeks)
    found = estimate([share for share in in_time if share is not None], share=True)
    return TeamResult(
        service=team.service,
        site=team.site,
        channel="deferrable",
        promise=f"finished within {work.due_intervals * grid.interval_h:g} h",
        target=FINISH_ALL,
        verdict=verdict(FINISH_ALL, found),
        units_per_week=tidy(sum(work.arrivals)),
        in_time=found,
        by_replication=in_time,
        asa_s=None,
        abandonment=None,
        occupancy=estimate([week.worked / week.could for week in weeks if week.could]),
        unanswered=0.0,
        worst_hours=_worst_hours(weeks, grid),
    )


def _shares(weeks: Sequence[QueueWeek | WorkWeek]) -> tuple[float | None, ...]:
    """Share in time of each week; None in a week without work."""
    return tuple(
        tidy(week.in_time.sum() / week.offered.sum()) if week.offered.sum() else None
        for week in weeks
    )


def _worst_hours(weeks: Sequence[QueueWeek | WorkWeek], grid: WeekGrid) -> tuple[HourResult, ...]:
    """Clock hours with the lowest share in time, over all replications."""
    offered = _by_hour([week.offered for week in weeks], grid) / len(weeks)
    in_time = _by_hour([week.in_time for week in weeks], grid) / len(weeks)
    share = np.divide(in_time, offered, out=np.ones_like(offered), where=offered >= 1)
    order = [int(hour) for hour in np.argsort(share, kind="stable") if share[hour] < 1]
    per_hour = len(weeks[0].offered) // len(offered)
    return tuple(
        HourResult(
            hour=grid.label(hour * per_hour),
            units_per_week=tidy(offered[hour]),
            in_time=tidy(share[hour]),
        )
        for hour in order[:SHOWN_HOURS]
    )


def _by_hour(
    weeks: Sequence[NDArray[np.int64] | NDArray[np.float64]], grid: WeekGrid
) -> NDArray[np.float64]:
    """Sum of some weeks by clock hour, shape (168,)."""
    per_hour = round(1 / grid.interval_h)
    return np.asarray(np.sum(weeks, axis=0, dtype=float).reshape(-1, per_hour).sum(axis=1))
