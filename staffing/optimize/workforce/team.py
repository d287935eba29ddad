"""Least-cost hiring, overtime and surge over the weeks of a term, for one team.

Sets: weeks t. Variables (all in full-time equivalents): the go-live team ``E_0``, hires ``h_t``
that start training in week t, overtime ``o_t``, surge starts ``v_t``.

Constraints (names as in ``docs/models/workforce.md``):

``headcount_balance``  productive_t = (1 - a) productive_(t-1) + ramp increments of past hires
``workload``           productive_t + overtime_t + effectiveness x surge_t >= needed_t
``overtime_cap``       overtime_t <= cap x productive_t
``surge_pool``         people on call at once <= pool

The ramp enters as increments, so no cohort variables are needed: a hire starting in week u adds
``(1 - a)^L r_0`` in week u + L (after L weeks of training) and
``(1 - a)^(L + j) (r_j - r_(j-1))`` in week u + L + j.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from staffing.calendar import WEEKS_PER_YEAR
from staffing.optimize.program import Program
from staffing.optimize.tours.model import INFINITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import LabourRules, WorkforceTerms
    from staffing.optimize.solver import SolveLimits, SolveLog

    Numbers = NDArray[np.int64]

_PARTS = ("productive", "payroll", "hires", "overtime", "surge_starts", "surge")
_RULES = 6


@dataclass(frozen=True)
class WorkforceProblem:
    """What one team needs over the term.

    Parameters
    ----------
    needed : ndarray, shape (weeks,)
        Productive full-time equivalents needed in each week.
    week_weights : ndarray, shape (weeks,)
        Length of each week inside the term, in weeks.
    terms : WorkforceTerms
        How people join, learn and leave.
    labour : LabourRules
        Overtime rules and contract hours.
    hourly_cost, hourly_premium_base : float
        Cost of an ordinary paid hour, and the base wage premiums apply to.
    """

    needed: NDArray[np.float64]
    week_weights: NDArray[np.float64]
    terms: WorkforceTerms
    labour: LabourRules
    hourly_cost: float
    hourly_premium_base: float

    @property
    def weekly_cost(self) -> float:
        """Cost of one full-time person for one week."""
        return self.hourly_cost * self.labour.contract_hours_per_week

    def weekly_cost_with(self, premium: float) -> float:
        """Cost of a full-time week of hours that carry a premium on the base wage."""
        hours = self.labour.contract_hours_per_week
        return (self.hourly_cost + premium * self.hourly_premium_base) * hours


@dataclass(frozen=True)
class WorkforceResult:
    """Headcount by week, all arrays of shape (weeks,), in full-time equivalents.

    Parameters
    ----------
    productive : ndarray
        Ramped productive people.
    payroll : ndarray
        People paid, trainees and ramping included, surge excluded.
    hires : ndarray
        People who start training and stay past it.
    overtime : ndarray
        Overtime, in full-time equivalents of hours.
    surge_starts, surge : ndarray
        People called off, and people on call-off engagements.
    go_live : float
        Productive team on day one.
    objective : float
        Cost in the sense of the model.
    stop_reason : str
        Why the solver ended.
    """

    productive: NDArray[np.float64]
    payroll: NDArray[np.float64]
    hires: NDArray[np.float64]
    overtime: NDArray[np.float64]
    surge_starts: NDArray[np.float64]
    surge: NDArray[np.float64]
    go_live: float
    objective: float
    stop_reason: str


def weekly_attrition(annual: float) -> float:
    """Share of the team leaving in a week, from leavers per year over average headcount."""
    return annual / WEEKS_PER_YEAR


def ramp_increments(terms: WorkforceTerms) -> NDArray[np.float64]:
    """Productivity added j weeks after training by one hire, attrition included.

    Returns
    -------
    increments : ndarray, shape (len(ramp) + 1,)
        ``(1 - a)^(L + j) (r_j - r_(j-1))`` with ``r_-1 = 0`` and full productivity at the end.
    """
    steps = np.diff(np.array([0.0, *terms.ramp, 1.0]))
    weeks = terms.training_weeks + np.arange(len(steps))
    return np.asarray((1 - weekly_attrition(terms.annual_attrition)) ** weeks * steps, dtype=float)


def plan_workforce(
    problem: WorkforceProblem, limits: SolveLimits, log: SolveLog
) -> WorkforceResult:
    """Find the least-cost hiring, overtime and surge that meets every week's need.

    Always feasible: the go-live team may be as large as any week needs.
    """
    program = Program("workforce")
    columns = {name: program.columns(len(problem.needed)) for name in _PARTS}
    rows = _rows(problem, program)
    _people(problem, program, columns, rows)
    _work(problem, program, columns, rows)
    terms = problem.terms
    started = terms.hire_cost / (1 - terms.early_loss)
    per_week = {
        "payroll": problem.weekly_cost,
        "overtime": problem.weekly_cost_with(problem.labour.overtime_premium),
        "surge": problem.weekly_cost_with(terms.surge.premium),
    }
    program.minimise(
        (np.append(columns["productive"][0], columns["hires"]), started),
        *((columns[name], problem.week_weights * cost) for name, cost in per_week.items()),
    )
    found = program.solve(limits, log)
    values = {name: np.maximum(found.values[at], 0.0) for name, at in columns.items()}
    return WorkforceResult(
        **values,
        go_live=float(values["productive"][0]),
        objective=found.outcome.objective,
        stop_reason=found.outcome.stop_reason,
    )


def _rows(problem: WorkforceProblem, program: Program) -> Numbers:
    """Open the rows, rules of a week together; their numbers, shape (rules, weeks).

    Rules are the balance of people, that of the payroll, workload, overtime, people on call and
    the pool. On day one no balance holds, but hires that would be productive at once are none.
    """
    weeks, terms = len(problem.needed), problem.terms
    lower, upper = np.zeros((weeks, _RULES)), np.zeros((weeks, _RULES))
    lower[:, 2], upper[:, 2] = problem.needed, INFINITY
    lower[:, 3] = lower[:, 5] = -INFINITY
    upper[:, 5] = terms.surge.pool_heads
    first = 1 if terms.training_weeks else 0
    opened = program.block(
        _RULES * weeks - first, lower=lower.ravel()[first:], upper=upper.ravel()[first:]
    )
    rows: Numbers = (opened[0] - first + np.arange(_RULES * weeks)).reshape(weeks, _RULES)
    if not first:
        rows[0, :2] = rows[0, 1::-1]
    return rows.T


def _people(
    problem: WorkforceProblem, program: Program, columns: dict[str, Numbers], rows: Numbers
) -> None:
    terms, weeks = problem.terms, len(problem.needed)
    productive, payroll, hires = (columns[name] for name in ("productive", "payroll", "hires"))
    stay = 1 - weekly_attrition(terms.annual_attrition)
    balance, paid = rows[0], rows[1]
    program.put(balance[1:], productive[1:])
    program.put(balance[1:], productive[:-1], -stay)
    for lag, step in enumerate(ramp_increments(terms), start=terms.training_weeks):
        first = max(lag, 1)
        program.put(balance[first:], hires[first - lag : max(weeks - lag, 0)], -step)
    if not terms.training_weeks:
        # A hire of day one would be productive at once, so it belongs to the go-live team.
        program.put(balance[:1], hires[:1])
    program.put(paid, payroll)
    program.put(paid[1:], payroll[:-1], -stay)
    program.put(paid[:1], productive[:1], -1.0)
    program.put(paid, hires, -1.0)


def _work(
    problem: WorkforceProblem, program: Program, columns: dict[str, Numbers], rows: Numbers
) -> None:
    surge, weeks = problem.terms.surge, len(problem.needed)
    workload, cap, engaged, pool = rows[2:]
    for name, each in (("productive", 1.0), ("overtime", 1.0), ("surge", surge.effectiveness)):
        program.put(workload, columns[name], each)
    program.put(cap, columns["overtime"])
    program.put(cap, columns["productive"], -problem.labour.overtime_share_max)
    program.put(engaged, columns["surge"])
    for ago in range(min(surge.min_weeks, weeks)):
        program.put(engaged[ago:], columns["surge_starts"][: weeks - ago], -1.0)
    program.put(pool, columns["surge"])
