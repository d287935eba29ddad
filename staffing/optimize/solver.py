"""The one door to the solver: limits in, an honest outcome out.

A status word is never taken for a proof. Every outcome carries the bound the solver proved, the
gap to it and why the search stopped; values are read only after a solution is known to exist.
Solves stop on gap, node or iteration limits, on one thread with a fixed seed, so the same model
gives the same plan. The wall clock is a safety net: a plan it cut short says so.
"""

from __future__ import annotations

import ctypes
import math
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import highspy
import pulp

from staffing.errors import SolverStoppedError

if TYPE_CHECKING:
    from pulp import LpSolveStats

_REPRODUCIBLE_STOPS = {
    pulp.LpSolveStatus.Optimal: "gap reached",
    pulp.LpSolveStatus.GapLimit: "gap reached",
    pulp.LpSolveStatus.NodeLimit: "node limit",
    pulp.LpSolveStatus.SolutionLimit: "node limit",  # HiGHS's word for it; we set no other
    pulp.LpSolveStatus.IterationLimit: "iteration limit",
}


@dataclass(frozen=True)
class SolveLimits:
    """What ends a solve.

    Parameters
    ----------
    relative_gap : float
        Stop when ``(objective - bound) / |objective|`` is at most this.
    max_nodes : int
        Branch-and-bound nodes, a limit that is the same on every machine.
    max_simplex_iterations : int
        Simplex iterations, the same limit for a linear program.
    safety_time_s : float
        Wall-clock safety; when it fires the result is flagged as not reproducible.
    """

    relative_gap: float = 0.002
    max_nodes: int = 500
    max_simplex_iterations: int = 500_000
    safety_time_s: float = 120.0


@dataclass(frozen=True)
class SolveOutcome:
    """What one solve proved.

    Parameters
    ----------
    feasible : bool
        Whether a solution was handed back. A linear program cut short hands back none: the
        values it stopped at may break constraints.
    infeasible : bool
        Whether the solver proved that there is none.
    objective, bound, gap : float
        Value of the solution, best proven bound, and their relative distance
        (nan without a solution; -inf and inf when nothing was proven).
    stop_reason : str
        Why the search ended.
    reproducible : bool
        False when the clock ended it.
    time_s : float
        Seconds inside the solver; for benchmarks, never part of a document.
    """

    feasible: bool
    infeasible: bool
    objective: float
    bound: float
    gap: float
    stop_reason: str
    reproducible: bool
    time_s: float


class SolveLog:
    """Seconds spent inside the solver, added up over a planning run (for benchmarks)."""

    def __init__(self) -> None:
        self.solver_s = 0.0
        self.num_solves = 0
        self.reproducible = True

    def record(self, outcome: SolveOutcome) -> None:
        """Add one outcome."""
        self.solver_s += outcome.time_s
        self.num_solves += 1
        self.reproducible = self.reproducible and outcome.reproducible


def solve(
    problem: pulp.LpProblem, limits: SolveLimits, log: SolveLog, *, relaxed: bool = False
) -> SolveOutcome:
    """Run HiGHS on a model and report what it proved.

    With `relaxed`, variables that should be whole may take fractions.

    Raises
    ------
    SolverStoppedError
        When a limit ended the search before any solution was found.
    """
    swallow_banner()
    stats = problem.solve(
        pulp.HiGHS(
            mip=not relaxed,
            msg=False,
            threads=1,
            gapRel=limits.relative_gap,
            timeLimit=limits.safety_time_s,
            output_flag=False,
            random_seed=0,
            mip_max_nodes=limits.max_nodes,
            simplex_iteration_limit=limits.max_simplex_iterations,
        )
    )
    return judged(problem.name, stats, log, relaxed=relaxed)


def judged(name: str, stats: LpSolveStats, log: SolveLog, *, relaxed: bool = False) -> SolveOutcome:
    """Read and log what a solve proved.

    Raises
    ------
    SolverStoppedError
        When a limit ended the search before any solution was found.
    """
    outcome = _outcome(stats, relaxed=relaxed)
    log.record(outcome)
    if not outcome.feasible and not outcome.infeasible:
        raise SolverStoppedError(
            f"{name}: stopped ({outcome.stop_reason}) before a plan was found; "
            "shorten the term, coarsen the interval or allow fewer shift lengths"
        )
    return outcome


@cache
def swallow_banner() -> None:
    """Build a first, empty HiGHS with standard output turned away.

    The first instance of a process prints a banner that no option silences; in the middle of
    ``--json`` output it would break the document.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            highspy.Highs()  # type: ignore[no-untyped-call]  # its stub leaves the call untyped
            ctypes.CDLL(None).fflush(None)
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def _outcome(stats: LpSolveStats, *, relaxed: bool = False) -> SolveOutcome:
    is_mip = stats.is_mip and not relaxed
    proven = stats.status == pulp.LpSolveStatus.Optimal and not is_mip
    feasible = stats.has_solution and (is_mip or proven) and stats.objective is not None
    objective = bound = gap = math.nan
    if feasible and stats.objective is not None:
        objective = stats.objective
        unproven = -math.inf if stats.best_bound is None else stats.best_bound
        bound = objective if proven else unproven
        gap = max(0.0, objective - bound) / max(abs(objective), 1e-9)
    return SolveOutcome(
        feasible=feasible,
        infeasible=stats.status == pulp.LpSolveStatus.Infeasible,
        objective=objective,
        bound=bound,
        gap=gap,
        stop_reason=_REPRODUCIBLE_STOPS.get(stats.status, stats.status.name),
        reproducible=stats.status in _REPRODUCIBLE_STOPS
        or stats.status == pulp.LpSolveStatus.Infeasible,
        time_s=stats.time,
    )
