"""The least-cost way to meet a peak, and to reserve for several that may come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from staffing.errors import BadInputError
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.surge.infeasible import refuse
from staffing.optimize.surge.limits import binding_limits
from staffing.optimize.surge.model import SurgeModel
from staffing.optimize.surge.program import SurgeProgram
from staffing.plan import tidy
from staffing.roster_plan import Proof
from staffing.surge.ladder import check_ladder, single
from staffing.surge.write import write_plan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from staffing.surge.ladder import LadderProblem, SurgeDecision
    from staffing.surge.plan import SurgePlan
    from staffing.surge.problem import SurgeProblem

_SOLVE_LIMITS = SolveLimits()


@dataclass(frozen=True)
class LadderResult:
    """Reservations of several pools, and who is called under each event.

    Parameters
    ----------
    reserved : tuple of ndarray, shape (I_k,)
        Heads on standby by pool and source; the same whatever comes.
    decisions : tuple of tuple of SurgeDecision
        By event, then pool.
    objective : float
        Standby and expected cost of calls and shortfall; the proven optimum.
    """

    reserved: tuple[NDArray[np.float64], ...]
    decisions: tuple[tuple[SurgeDecision, ...], ...]
    objective: float


def surge_plan(
    problem: SurgeProblem,
    *,
    peak_size: float | None = None,
    limits: SolveLimits = _SOLVE_LIMITS,
    log: SolveLog | None = None,
) -> SurgePlan:
    """Meet one peak at least cost.

    Parameters
    ----------
    problem : SurgeProblem
        The peak and the ladder.
    peak_size : float, optional
        Extra work as a share of the ordinary, to be told.
    limits : SolveLimits
        Simplex iterations that end a solve.
    log : SolveLog, optional
        Collects solver seconds.

    Raises
    ------
    BadInputError
        When the problem means nothing.
    InfeasibleError
        ``surge_work``: nothing may stay undone and the ladder cannot do it all.
    SolverStoppedError
    """
    log = log or SolveLog()
    ladder = single(problem)
    check_ladder(ladder)
    model = SurgeModel(ladder)
    program = SurgeProgram(model, "cost", limits, log)
    if problem.shortfall_price is None:
        program.allow(refuse(problem, limits, log))
    solved = program.solve()
    return write_plan(
        problem,
        model.decision(solved.values, 0, 0),
        binding_limits(model, solved),
        Proof(
            objective=tidy(solved.value),
            bound=tidy(solved.value),
            gap=0.0,
            stop_reason="gap reached",
        ),
        peak_size=peak_size,
        reproducible=log.reproducible,
    )


def reserve(
    problem: LadderProblem,
    *,
    limits: SolveLimits = _SOLVE_LIMITS,
    log: SolveLog | None = None,
) -> LadderResult:
    """Reserve heads for several peaks that may come, at least expected cost.

    Heads are reserved before it is known which comes; nobody with notice is called before the
    call. After it the days to come are known.

    Raises
    ------
    BadInputError
        When the problem means nothing, or a pool forbids shortfall: several peaks together need
        a price for it.
    SolverStoppedError
    """
    check_ladder(problem)
    for number, pool in enumerate(problem.pools):
        if pool.shortfall_price is None:
            path = f"pools[{number}].shortfall_price"
            raise BadInputError.at(path, None, "a price of work not done in time")
    model = SurgeModel(problem)
    solved = SurgeProgram(model, "cost", limits, log or SolveLog()).solve()
    decisions = tuple(
        tuple(model.decision(solved.values, event, pool) for pool in range(len(problem.pools)))
        for event in range(len(problem.events))
    )
    return LadderResult(tuple(one.reserved for one in decisions[0]), decisions, solved.value)
