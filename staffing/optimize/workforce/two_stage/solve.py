"""The best plan of hiring under uncertain demand, with a proven gap.

The multi-cut L-shaped method (Van Slyke and Wets 1969; Birge and Louveaux 1988), started from the
means of a few clusters of scenarios and stabilised: evaluated is a plan near the best so far, a
short step towards the master's choice (in-out: Ben-Ameur and Neto 2007). The lower bound is the
master's optimum, the upper one the exact cost of the best plan evaluated: that plan is the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from staffing.optimize.workforce.two_stage.clusters import cluster_means
from staffing.optimize.workforce.two_stage.direct import DirectProgram, num_columns
from staffing.optimize.workforce.two_stage.evaluate import Evaluation, evaluate
from staffing.optimize.workforce.two_stage.master import Master
from staffing.optimize.workforce.two_stage.recourse import Recourse

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffing.hiring.two_stage import TwoStageProblem


@dataclass(frozen=True)
class TwoStageLimits:
    """What ends the search; the same on every machine.

    Parameters
    ----------
    relative_gap : float
        Stop when ``(cost - lower bound) / cost`` is at most this.
    max_iterations : int
        Rounds of master and evaluation, 1 or more.
    clusters : int
        Cluster means to start from.
    direct_columns : int
        Up to this many columns everything is one linear program.
    inward : float
        Weight of the best plan in the point evaluated, in [0, 1).
    """

    relative_gap: float = 0.001
    max_iterations: int = 40
    clusters: int = 10
    direct_columns: int = 15_000
    inward: float = 0.9


@dataclass(frozen=True)
class TwoStageSolution:
    """The best plan evaluated, and what is proven of it.

    Parameters
    ----------
    best : Evaluation
        The plan in every scenario.
    lower_bound : float
        No plan has a lower objective.
    iterations : int
        Rounds of the decomposition; 0 when one linear program gave the answer.
    gaps : tuple of float
        Proven gap after each round.
    """

    best: Evaluation
    lower_bound: float
    iterations: int
    gaps: tuple[float, ...]

    @property
    def gap(self) -> float:
        """Proven distance of the plan to the best there can be, over its objective."""
        return relative_gap(self.best.objective, self.lower_bound)


def relative_gap(objective: float, lower_bound: float) -> float:
    """Gap of an objective to its lower bound; 0 for the rounding of the last digits."""
    return max(0.0, objective - lower_bound) / max(abs(objective), 1e-9)


def solve_two_stage(
    problem: TwoStageProblem,
    limits: TwoStageLimits | None = None,
    *,
    seed: int = 0,
    recourse: Recourse | None = None,
    progress: Callable[[str], None] | None = None,
) -> TwoStageSolution:
    """Find hires of least mean and risk of cost over the scenarios.

    Parameters
    ----------
    problem : TwoStageProblem
        What is asked for.
    limits : TwoStageLimits, optional
        What ends the search.
    seed : int
        Of the clusters.
    recourse : Recourse, optional
        The problem's recourse program where it is loaded already.
    progress : callable, optional
        Told of every round.

    Raises
    ------
    SolverStoppedError
        When the solver proves no optimum of a linear program.
    """
    limits = limits or TwoStageLimits()
    recourse = recourse or Recourse(problem)
    if num_columns(problem) <= limits.direct_columns:
        optimum = DirectProgram(problem).solve()
        best = evaluate(problem, recourse, optimum.hires)
        return TwoStageSolution(best, min(optimum.objective, best.objective), 0, ())
    start = DirectProgram(cluster_means(problem, limits.clusters, seed)).solve()
    best = evaluate(problem, recourse, start.hires)
    lower_bound = start.objective
    gaps: list[float] = []
    master = Master(problem)
    master.add_cuts(best)
    for iteration in range(1, limits.max_iterations + 1):
        bound, chosen = master.solve()
        lower_bound = max(lower_bound, bound)
        if relative_gap(best.objective, lower_bound) > limits.relative_gap:
            inner = limits.inward * best.hires + (1 - limits.inward) * chosen
            point = evaluate(problem, recourse, inner)
            master.add_cuts(point)
            best = min(best, point, key=lambda plan: plan.objective)
        gaps.append(relative_gap(best.objective, lower_bound))
        if progress:
            progress(f"round {iteration}: within {gaps[-1]:.2%} of the best there can be")
        if gaps[-1] <= limits.relative_gap:
            break
    return TwoStageSolution(best, lower_bound, len(gaps), tuple(gaps))
