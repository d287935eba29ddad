"""Cost against service, and against hours of notice, for every strategy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from staffing.errors import BadInputError
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.surge.infeasible import TOLERANCE_H
from staffing.optimize.surge.model import SurgeModel
from staffing.optimize.surge.program import SurgeProgram
from staffing.plan import rounded, tidy
from staffing.surge.accepted import check_surge
from staffing.surge.ladder import single
from staffing.surge.plan import SurgeCurve, SurgeFrontier, SurgePoint
from staffing.surge.problem import HOURS_PER_DAY, SurgeKind, at_notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from staffing.optimize.surge.program import Solved
    from staffing.surge.problem import SurgeProblem

_SOLVE_LIMITS = SolveLimits()
SERVICES = tuple(round(0.1 * step, 1) for step in range(11))
NOTICE_DAYS = (0, 1, 2, 3, 5, 7, 14, 28)


@dataclass(frozen=True)
class Strategy:
    """Which kinds of sources may be used, and whether work may wait."""

    name: str
    label: str
    kinds: frozenset[SurgeKind]
    waits: bool


STRATEGIES = (
    Strategy("bench", "People kept idle", frozenset({"bench"}), waits=False),
    Strategy("overtime", "Overtime of the team", frozenset({"overtime"}), waits=False),
    Strategy("pool", "Pool on call", frozenset({"pool"}), waits=False),
    Strategy("backlog", "Work waits, overtime after", frozenset({"overtime"}), waits=True),
    Strategy("mix", "Best mix of all", frozenset(get_args(SurgeKind)), waits=True),
)


class _Notice:
    """All strategies of a problem at one notice: two programs, bounds moved between solves."""

    def __init__(self, problem: SurgeProblem, limits: SolveLimits, log: SolveLog) -> None:
        self.problem = problem
        self._model = SurgeModel(single(problem))
        self._pay = SurgeProgram(self._model, "pay", limits, log)
        self._uncovered = SurgeProgram(self._model, "uncovered", limits, log)
        self.need_h = float(problem.need_h.sum())

    def choose(self, strategy: Strategy) -> None:
        """Let a strategy's sources be used, and no others; find out the most it can do."""
        case = self._model.cases[0][0]
        for program in (self._pay, self._uncovered):
            for one, reserved in zip(case.sources, self._model.reserved[0], strict=True):
                columns = np.append(one.people, reserved)
                program.use(columns, used=one.source.kind in strategy.kinds)
            program.use(case.waiting, used=strategy.waits)
        self._least_uncovered = max(0.0, self._uncovered.solve().value)

    @property
    def best_service(self) -> float:
        """Most work the strategy does in time, as a share."""
        return 1 - self._least_uncovered / self.need_h

    def point(self, service: float) -> SurgePoint:
        """Least pay for a share of the work done in time."""
        allowed = (1 - service) * self.need_h
        reached = allowed >= self._least_uncovered - TOLERANCE_H
        solved = self._least_pay(max(allowed, self._least_uncovered)) if reached else None
        done = self.need_h - allowed
        per_hour = None
        if solved is not None and done > TOLERANCE_H:
            per_hour = tidy(solved.value / done)
        return SurgePoint(
            service=tidy(service),
            notice_h=tidy(self.problem.notice_h),
            cost=None if solved is None else tidy(solved.value),
            cost_per_productive_hour=per_hour,
            reserved=None
            if solved is None
            else tidy(float(solved.values[self._model.reserved[0]].sum())),
        )

    def _least_pay(self, uncovered_h: float) -> Solved:
        self._pay.allow(uncovered_h)
        return self._pay.solve()


def surge_frontier(
    problem: SurgeProblem,
    *,
    strategies: Sequence[Strategy] = STRATEGIES,
    services: Sequence[float] = SERVICES,
    notices_h: Sequence[float] | None = None,
    notice_service: float = 0.95,
    limits: SolveLimits = _SOLVE_LIMITS,
    log: SolveLog | None = None,
) -> SurgeFrontier:
    """Least pay of every strategy by service, and by hours of notice.

    Parameters
    ----------
    problem : SurgeProblem
        The peak and the ladder; its price of shortfall is not read.
    strategies : sequence of Strategy
        What to compare; those without a source of their kinds are left out.
    services : sequence of float
        Shares of the work to be done in time, each in [0, 1].
    notices_h : sequence of float, optional
        Hours of notice, each 0 or more; 0 to 28 days and the peak's own unless told.
    notice_service : float
        Service held while notice moves, in [0, 1].
    limits : SolveLimits
        Simplex iterations that end a solve.
    log : SolveLog, optional
        Collects solver seconds.

    Raises
    ------
    BadInputError, SolverStoppedError
    """
    check_surge(problem)
    _check(services, "services")
    _check((notice_service,), "notice_service")
    if notices_h is None:
        notices_h = sorted({HOURS_PER_DAY * day for day in NOTICE_DAYS} | {problem.notice_h})
    _check(notices_h, "notices_h", most=np.inf)
    if not problem.need_h.any():
        raise BadInputError.at("need_h", 0, "some extra work; without any there is no frontier")
    log = log or SolveLog()
    having = {source.kind for source in problem.sources if source.heads > 0}
    chosen = [strategy for strategy in strategies if strategy.kinds & having]
    own = _Notice(problem, limits, log)
    by_service: dict[str, tuple[SurgePoint, ...]] = {}
    best: dict[str, SurgePoint] = {}
    for strategy in chosen:
        own.choose(strategy)
        best[strategy.name] = own.point(own.best_service)
        by_service[strategy.name] = tuple(own.point(service) for service in services)
    by_notice: dict[str, list[SurgePoint]] = {strategy.name: [] for strategy in chosen}
    for notice_h in notices_h:
        other = _Notice(at_notice(problem, notice_h), limits, log)
        for strategy in chosen:
            other.choose(strategy)
            by_notice[strategy.name].append(other.point(notice_service))
    return SurgeFrontier(
        services=rounded(services),
        notices_h=rounded(notices_h),
        notice_service=notice_service,
        curves=tuple(
            SurgeCurve(
                strategy=strategy.name,
                label=strategy.label,
                best_service=best[strategy.name].service,
                best=best[strategy.name],
                by_service=by_service[strategy.name],
                by_notice=tuple(by_notice[strategy.name]),
            )
            for strategy in chosen
        ),
    )


def _check(values: Sequence[float], path: str, most: float = 1.0) -> None:
    for number, value in enumerate(values):
        if not 0 <= value <= most or value == np.inf:
            accepted = "0 to 1" if most == 1 else "finite, 0 or more hours"
            raise BadInputError.at(f"{path}[{number}]", value, accepted)
