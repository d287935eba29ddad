"""Least-cost hiring over the weeks of a term, pools of people that share limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.hiring.decisions import HiringDecisions
from staffing.hiring.plan import Proof
from staffing.hiring.write import write_plan
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce.hiring_infeasible import explain_hiring
from staffing.optimize.workforce.hiring_prices import shadow_prices
from staffing.optimize.workforce.hiring_program import HiringProgram
from staffing.optimize.workforce.hiring_solve import HiringEngine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.hiring.plan import HiringPlan
    from staffing.hiring.problem import HiringProblem

_DEFAULT = SolveLimits()


def plan_hiring(
    problem: HiringProblem, limits: SolveLimits = _DEFAULT, log: SolveLog | None = None
) -> HiringPlan:
    """Find the least-cost plan of hiring.

    Linear, or with whole people mixed-integer; both for the sparse program of
    ``staffing.optimize.workforce.hiring_program``.

    Parameters
    ----------
    problem : HiringProblem
        Pools, what they share, and the weeks.
    limits : SolveLimits
        What ends each solve. People in fractions are always solved to the proven optimum.
    log : SolveLog, optional
        Collects solver seconds.

    Returns
    -------
    plan : HiringPlan
        Not yet checked: see ``staffing.check.hiring.check_hiring_plan``.

    Raises
    ------
    InfeasibleError
        When no plan does all work, with the weeks that stay short and what would relax it.
    SolverStoppedError
        When a limit ended the search before a plan was found.
    """
    log = SolveLog() if log is None else log
    program = HiringProgram(problem)
    engine = HiringEngine(program.matrix, limits, log)
    relaxed = engine.solve()
    if relaxed is None:
        raise explain_hiring(program, limits, log, whole=False)
    solved, relaxed_cost, gap = relaxed, None, None
    if problem.whole_people:
        whole = engine.solve_whole(program.integers, program.integer_weeks)
        if whole is None:
            raise explain_hiring(program, limits, log, whole=True)
        solved = whole
        relaxed_cost = relaxed.outcome.objective + program.constant
    outcome = solved.outcome
    objective = float(program.matrix.cost @ solved.values) + program.constant
    bound = min(outcome.bound + program.constant, objective)
    if relaxed_cost is not None:
        gap = max(objective - relaxed_cost, 0.0) / max(abs(objective), 1e-9)
    return write_plan(
        problem,
        decisions_of(program, solved.values),
        shadow_prices(program, relaxed),
        Proof(
            objective=objective,
            bound=bound,
            gap=(objective - bound) / max(abs(objective), 1e-9),
            stop_reason=outcome.stop_reason,
        ),
        relaxed_cost=relaxed_cost,
        integrality_gap=gap,
        reproducible=log.reproducible,
    )


def decisions_of(program: HiringProgram, values: NDArray[np.float64]) -> HiringDecisions:
    """Read the decisions of a solution; numbers of the solver's noise below 0 become 0."""
    values = np.maximum(values, 0.0)
    weeks = program.weeks

    def series(name: str) -> NDArray[np.float64]:
        rows = np.zeros((len(program.pools), weeks))
        for row, columns in zip(rows, program.pools, strict=True):
            at = getattr(columns, name)
            row[: len(at)] = values[at]
        return rows

    return HiringDecisions(
        go_live=np.array([float(values[columns.go_live[0]]) for columns in program.pools]),
        upskilling=values[np.array(program.ways, dtype=np.int64).reshape(-1, weeks)],
        **{
            name: series(name)
            for name in (
                *("hires", "releases", "temporary_starts", "temporary", "cross_trained"),
                *("overtime_h", "ahead_h", "backlog_h", "short_h"),
            )
        },
    )
