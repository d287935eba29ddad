"""When deferrable work is done at least cost by people on tours with breaks, in fractions of them.

The rows of ``staffing.optimize.tours.model`` and, for units worked ``w_t``, backlog ``B_t`` and
units ``D_t`` worked since Monday 00:00:

``capacity``    w_t <= units per head x heads at work + units that idle people of live queues do
``backlog``     B_t = B_(t-1) + arrivals_t - w_t, cyclic;  D_t = D_(t-1) + w_t
``turnaround``  B_t <= w_(t+1) + ... + w_(t+due-1)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from staffing.errors import SolverStoppedError
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.model import INFINITY, TourModel
from staffing.tours.groups import offered_groups

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.optimize.tours.model import Rows
    from staffing.requirement import TurnaroundWork
    from staffing.tours.groups import TourGroup
    from staffing.tours.problem import TourProblem


def least_cost_tour_capacity(
    problem: TourProblem, work: TurnaroundWork
) -> tuple[NDArray[np.float64], float] | None:
    """Find the heads at work that finish every unit in time, and what they cost at least.

    Parameters
    ----------
    problem : TourProblem
        Its requirement is the minimum crew.
    work : TurnaroundWork
        Units to be finished in time.

    Returns
    -------
    heads : ndarray, shape (T,)
        Heads at work that the timed work takes.
    bound : float
        Cost below which no plan of whole people can be.
    None when no number of people on these tours finishes the work in time.

    Raises
    ------
    SolverStoppedError
    """
    model = _WorkModel(problem, offered_groups(problem), work)
    engine = Engine(model.matrix, model.x[:0])
    point = engine.solve()
    if point is None and engine.infeasible:
        return None
    if point is None:
        raise SolverStoppedError(f"{problem.name}: the solver gave up on the relaxation")
    worked = np.maximum(point.values[model.worked], 0.0)
    return work.heads_for(worked), max(0.0, point.objective)


class _WorkModel(TourModel):
    """Tours, and the work that their people finish in time."""

    def __init__(
        self, problem: TourProblem, groups: tuple[TourGroup, ...], work: TurnaroundWork
    ) -> None:
        self.work = work
        super().__init__(problem, groups)

    def _lay_out_columns(self) -> None:
        super()._lay_out_columns()
        self.worked, self.done, self.backlog = self.num_columns + np.arange(3 * self.size).reshape(
            3, -1
        )
        self.num_columns += 3 * self.size

    def _cover(self, rows: Rows) -> None:
        super()._cover(rows)
        self._capacity(rows)
        self._flow(rows)
        self._turnaround(rows)

    def _capacity(self, rows: Rows) -> None:
        work, t = self.work, np.arange(self.size)
        capacity = rows.block(self.size, -INFINITY, work.spare_units)
        rows.put(capacity, self.worked)
        rows.put(capacity, self.on_duty, -work.units_per_head)
        for rule, breaking in zip(self.problem.breaks, self.breaking, strict=True):
            for k in range(self.problem.intervals(rule.length_min)):
                rows.put(capacity, breaking[t - k], work.units_per_head)

    def _flow(self, rows: Rows) -> None:
        t = np.arange(self.size)
        left = rows.block(self.size, self.work.arrivals, self.work.arrivals)
        rows.put(left, self.backlog)
        rows.put(left, self.backlog[t - 1], -1.0)
        rows.put(left, self.worked)
        since_monday = rows.block(self.size, 0.0, 0.0)
        rows.put(since_monday, self.done)
        rows.put(since_monday[1:], self.done[:-1], -1.0)
        rows.put(since_monday, self.worked, -1.0)

    def _turnaround(self, rows: Rows) -> None:
        weeks, rest = divmod(self.work.due_intervals - 1, self.size)
        over, end = np.divmod(np.arange(self.size) + rest, self.size)
        in_time = rows.block(self.size, -INFINITY, weeks * float(self.work.arrivals.sum()))
        rows.put(in_time, self.backlog)
        rows.put(in_time, self.done)
        rows.put(in_time, self.done[end], -1.0)
        rows.put(in_time, self.done[-1], -over.astype(float))
