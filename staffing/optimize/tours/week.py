"""Least-cost week of tours with breaks: relaxation, dive, people, and an independent check."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from staffing.check.tours import check_tours
from staffing.errors import BadInputError, PlanCheckError, SolverStoppedError
from staffing.optimize.tours.anneal import anneal, annealable
from staffing.optimize.tours.breaks import place_breaks, waiting_of
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import Staff, first_staff
from staffing.optimize.tours.infeasible import explain
from staffing.optimize.tours.local import search_moves, searchable
from staffing.optimize.tours.model import TourModel
from staffing.optimize.tours.people import people_of
from staffing.optimize.tours.result import Proof, plan_of
from staffing.optimize.tours.search import Ending, improve
from staffing.optimize.tours.side_search import Errand, side_search
from staffing.tours.groups import offered_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffing.optimize.tours.engine import Point
    from staffing.tours.plan import TourPlan
    from staffing.tours.problem import TourProblem

Effort = Literal["quick", "thorough"]

CLOSED = 1e-4  # relative gap at which searching on is not worth anything
_MOVES = {"quick": 1_000, "thorough": 3_000}
_ANNEALING = 0.75  # of the time left after the relaxation
_SPARE_S = 1.1  # for breaks, people and the check


@dataclass(frozen=True)
class Progress:
    """Where a search stands.

    Parameters
    ----------
    stage : str
        What was finished: ``relaxation``, ``dive`` and ``moves`` or ``annealing``, ``search: ...``
        (what of the week was planned anew), ``plan``.
    objective : float or None
        Cost of the best plan so far.
    bound : float
        Proven: no plan costs less.
    elapsed_s, solver_s : float
        Seconds since the start, and those the relaxation and the dive spent inside the solver.
    """

    stage: str
    objective: float | None
    bound: float
    elapsed_s: float
    solver_s: float


def plan_tours(
    problem: TourProblem,
    effort: Effort = "quick",
    *,
    seed: int = 0,
    time_s: float = 15.0,
    log: Callable[[Progress], None] | None = None,
) -> TourPlan:
    """Find who works when, breaks included, at least cost, and prove how far from the least.

    Parameters
    ----------
    problem : TourProblem
        Requirement, rules and prices.
    effort : {"quick", "thorough"}
        ``quick`` stops after the first whole people and a given number of moves, and gives the
        same plan every time; ``thorough`` searches on until its time is over or the gap is closed.
    seed : int
        Of the search's own choices, 0 or more.
    time_s : float
        Seconds a thorough search may take in all, above 0.
    log : callable, optional
        Told of every :class:`Progress`.

    Raises
    ------
    BadInputError
        When an argument is out of its range, or the rules leave no shift.
    InfeasibleError
        Naming the rule that would have to give, the intervals and the heads short.
    SolverStoppedError
        When no plan of whole people was found within the limits.

    References
    ----------
    Bechtold and Jacobs 1990 (breaks by their start, not by person); Aykin 1996; Thompson 1995;
    Dantzig 1954.
    """
    _check_arguments(effort, seed, time_s)
    started = time.perf_counter()
    model = TourModel(problem, offered_groups(problem))
    engine = Engine(model.matrix, model.integers, seed)

    relaxed = engine.solve()
    if relaxed is None and engine.infeasible:
        raise explain(problem)
    if relaxed is None:
        raise SolverStoppedError(f"{problem.name}: the solver gave up on the relaxation")
    bound = relaxed.objective

    def tell(stage: str, objective: float | None) -> None:
        if log is not None:
            elapsed = time.perf_counter() - started
            log(Progress(stage, objective, bound, elapsed, engine.solver_s))

    tell("relaxation", None)
    ending = Ending(started + time_s - _SPARE_S, CLOSED)
    staff = None
    if effort == "thorough" and annealable(model, relaxed):
        staff = _annealed(model, relaxed, seed, ending)
    if staff is None:
        staff = first_staff(model, engine, relaxed, seed)
        tell("dive", staff.point.objective)
        if searchable(problem) and not ending.closed(staff.point.objective, bound):
            # As many as a quick search makes, whatever the time: a thorough one is never worse.
            staff = search_moves(model, staff, seed, _MOVES["quick"], lambda: True)
            if effort == "thorough" and ending.left_s > 0:
                staff = search_moves(
                    model, staff, seed + 1, _MOVES[effort], lambda: ending.left_s > 0
                )
            tell("moves", staff.point.objective)
    else:
        tell("annealing", staff.point.objective)
    if effort == "thorough":
        staff = improve(model, relaxed, staff, ending, seed, tell)
    people = people_of(model, staff.people, waiting_of(model, staff.point))
    proof = Proof(bound, staff.stop_reason, reproducible=effort == "quick")
    plan = plan_of(problem, people, proof)
    violations = check_tours(problem, plan)
    if violations:
        raise PlanCheckError(violations)
    tell("plan", plan.objective)
    return plan


def _annealed(model: TourModel, relaxed: Point, seed: int, ending: Ending) -> Staff | None:
    """The better week of two searches side by side; None when there was no time for either."""
    people = float(relaxed.values[model.crew].sum())
    now = time.time()
    errand = Errand(
        problem=model.problem,
        people=people,
        seed=(seed, 1),
        enough=relaxed.objective / (1 - ending.gap),
        started=now,
        deadline=now + _ANNEALING * ending.left_s,
    )
    with side_search(errand) or nullcontext() as other:
        share = ending.share_of(_ANNEALING, relaxed.objective)
        found = [anneal(model, people, seed, share)]
        if other and not (found[0] and found[0].cost <= errand.enough):
            found.append(other.answer())
    best = min((week for week in found if week), key=lambda week: week.cost, default=None)
    if best is None:
        return None
    point = place_breaks(model, best.people, seed)
    return None if point is None else Staff(best.people, point, "annealing finished")


def _check_arguments(effort: str, seed: int, time_s: float) -> None:
    if effort not in {"quick", "thorough"}:
        raise BadInputError.at("effort", effort, "quick or thorough")
    if seed < 0:
        raise BadInputError.at("seed", seed, "0 or more")
    if not time_s > 0:
        raise BadInputError.at("time_s", time_s, "above 0 seconds")
