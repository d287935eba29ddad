"""What a little more or less work costs under a fixed plan of hiring.

Increments ``C(d + m) - C(d)`` of real steps m, never m times a dual value: at a kink a dual value
is one subgradient of many (Akgul 1984). In the limit of no step they are the one-sided slopes

    ARC = C'(d; +m),   RRC = -C'(d; -m),   ARC >= RRC  (convexity)

found by a solve at ``d + eps m``, and certified: its tangent must touch C at d.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import BadInputError, SolverStoppedError
from staffing.hiring.value_report import MarginalCosts, MarginalSlope, MarginalSpike, MarginalStep
from staffing.optimize.tours.model import INFINITY, Rows
from staffing.optimize.warm import WarmProgram
from staffing.optimize.workforce.two_stage.recourse import Recourse, RecourseModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from staffing.hiring.factors import Array
    from staffing.hiring.two_stage import TwoStageProblem
    from staffing.optimize.workforce.two_stage.recourse import RecourseAnswer

STEPS = (-0.2, -0.1, -0.05, 0.05, 0.1, 0.2)
NOTICE_WEEKS = (0, 1, 2, 4)
SPIKE_SHARE = 0.2
FIRST_STEP = 1e-2
LEAST_STEP = 1e-5
"""Below it the solver's own tolerance of 1e-7 hides the step, and a wrong slope would pass."""


def one_sided_slope(
    solve: Callable[[Array], tuple[float, Array]],
    point: Array,
    direction: Array,
    first_step: float = FIRST_STEP,
) -> float:
    """Derivative of a convex, piecewise linear cost in one direction, exact at kinks.

    Parameters
    ----------
    solve : callable
        From a point to the exact cost and one of its subgradients.
    point, direction : ndarray, same shape
        Where, and which way; the step is in units of the largest entry of the direction.
    first_step : float
        Step tried first, halved until the tangent at its end touches the cost at the point.

    Raises
    ------
    BadInputError
        When the first step is below the floor.
    SolverStoppedError
        When no step down to the floor gave a certificate.
    """
    if first_step < LEAST_STEP:
        raise BadInputError.at("first_step", first_step, f"{LEAST_STEP:g} or more")
    size = float(np.abs(direction).max())
    unit = direction / size
    here, _ = solve(point)
    step = first_step
    while step >= LEAST_STEP:
        there, slope = solve(point + step * unit)
        derivative = float((slope * unit).sum())
        if abs(there - step * derivative - here) <= 1e-3 * step + 1e-10 * abs(here):
            return derivative * size
        step /= 2
    raise SolverStoppedError("no step of demand showed its one-sided marginal cost")


def marginal_costs(problem: TwoStageProblem, demand: Array, staff: Array) -> MarginalCosts:
    """Steps, slopes and spikes of every pool around one demand path.

    Parameters
    ----------
    problem : TwoStageProblem
        Whose pools, costs and limits hold; its scenarios are not read.
    demand, staff : ndarray, shape (weeks, pools)
        Productive FTE needed and hired; every pool has demand in some week.
    """
    recourse, noticed = Recourse(problem), NoticedRecourse(problem)
    base = recourse.solve(demand, staff)
    steps, slopes, spikes = [], [], []
    for k, pool in enumerate(problem.pools):
        move = np.zeros_like(demand)
        move[:, k] = demand[:, k]
        work = float(problem.week_weights @ move[:, k])
        if not work > 0:
            raise BadInputError.at(f"pools[{k}]", pool.name, "a pool with demand in some week")
        for share in STEPS:
            cost = recourse.solve(demand + share * move, staff).cost - base.cost
            done = {"work": share * work, "cost": cost, "cost_per_week": cost / (share * work)}
            steps.append(MarginalStep(pool=pool.name, share=share, **done))
        up, down = (_slope(recourse, demand, staff, sign * move) for sign in (1, -1))
        slopes.append(MarginalSlope(pool=pool.name, arc=up / work, rrc=-down / work))
        spikes += _spikes(noticed, base, (demand, staff), k)
    return MarginalCosts(steps=tuple(steps), slopes=tuple(slopes), spikes=tuple(spikes))


def spike_costs(problem: TwoStageProblem, demand: Array, staff: Array) -> tuple[MarginalSpike, ...]:
    """Spikes of every pool in its busiest week, by notice; parameters are those of the steps."""
    noticed, base = NoticedRecourse(problem), Recourse(problem).solve(demand, staff)
    pools = range(len(problem.pools))
    return tuple(spike for k in pools for spike in _spikes(noticed, base, (demand, staff), k))


def _spikes(
    noticed: NoticedRecourse, base: RecourseAnswer, path: tuple[Array, Array], k: int
) -> list[MarginalSpike]:
    """Spikes of pool k in its busiest week, by notice."""
    demand, staff = path
    week, problem = _busiest(demand[:, k]), noticed.problem
    spike = np.zeros_like(demand)
    spike[week, k] = SPIKE_SHARE * demand[week, k]
    work = float(problem.week_weights[week] * spike[week, k])
    known = {notice: max(0, week - notice) for notice in NOTICE_WEEKS}
    costs = {n: noticed.solve(demand + spike, staff, base, at) for n, at in known.items()}
    return [
        MarginalSpike(
            pool=problem.pools[k].name,
            week=week + 1,
            share=SPIKE_SHARE,
            notice_weeks=notice,
            work=work,
            cost=cost - base.cost,
            cost_per_week=(cost - base.cost) / work,
        )
        for notice, cost in costs.items()
    ]


def _busiest(demand: Array) -> int:
    """Week of most work, away from both ends of a term that is long enough.

    Before it there is then room for every notice, and after it for work to wait and for people
    called off to work out their time. Where all work lies at the ends, it is one of theirs.
    """
    room = max(NOTICE_WEEKS) if len(demand) > 2 * max(NOTICE_WEEKS) else 0
    if not demand[room : len(demand) - room].any():
        room = 0
    return room + int(demand[room : len(demand) - room].argmax())


def _slope(recourse: Recourse, demand: Array, staff: Array, direction: Array) -> float:
    def solve(at: Array) -> tuple[float, Array]:
        answer = recourse.solve(at, staff)
        return answer.cost, answer.demand_slope

    return one_sided_slope(solve, demand, direction)


class NoticedRecourse:
    """The recourse when a change of demand becomes known in a week, not before the term.

    What was done before that week stays as it was, and so do call-offs whose own notice had
    passed by then.

    Parameters
    ----------
    problem : TwoStageProblem
        Whose pools, costs and limits hold; its scenarios are not read.
    """

    def __init__(self, problem: TwoStageProblem) -> None:
        self.problem, self._model = problem, RecourseModel(problem)
        rows = Rows()
        self._rows = self._model.write(rows).ravel().astype(np.int32)
        upper = self._model.upper()
        self._program = WarmProgram(rows.matrix(self._model.cost, np.zeros_like(upper), upper))

    def solve(self, demand: Array, staff: Array, before: RecourseAnswer, known: int) -> float:
        """Least cost of `demand` when it replaces the one of `before` in week `known`, from 0."""
        model, columns = self._model, self._model.columns
        lower, upper = np.zeros(model.num_columns), model.upper()
        upper[columns["overtime"]] = model.overtime_share * staff
        upper[columns["backlog"]] = model.backlog_limit(demand)
        for name in ("overtime", "backlog", "surge_starts"):
            for k, pool in enumerate(model.problem.pools):
                fixed = known + (pool.surge_notice_weeks if name == "surge_starts" else 0)
                at = columns[name][:fixed, k]
                lower[at] = upper[at] = np.maximum(before.parts[name][:fixed, k], 0.0)
        no_limit = np.full(len(self._rows), INFINITY)
        self._program.bound_rows(self._rows, model.load(demand, staff).ravel(), no_limit)
        self._program.bound_columns(np.arange(model.num_columns, dtype=np.int32), lower, upper)
        return self._program.solve()
