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
import pulp

from staffing.calendar import WEEKS_PER_YEAR
from staffing.optimize.solver import SolveLimits, SolveLog, solve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from staffing.brief import LabourRules, WorkforceTerms


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
    terms, weeks = problem.terms, range(len(problem.needed))
    program = pulp.LpProblem("workforce", pulp.LpMinimize)
    variables = {
        name: [program.add_variable(f"{name}_{t}", 0) for t in weeks]
        for name in ("productive", "payroll", "hires", "overtime", "surge_starts", "surge")
    }
    productive, payroll, hires, overtime, starts, surge = variables.values()
    stay = 1 - weekly_attrition(terms.annual_attrition)
    increments = ramp_increments(terms)
    for t in weeks:
        joined = pulp.lpSum(
            float(step) * hires[t - terms.training_weeks - j]
            for j, step in enumerate(increments)
            if t - terms.training_weeks - j >= 0
        )
        if t > 0:
            program += productive[t] == stay * productive[t - 1] + joined, f"headcount_balance_{t}"
            program += payroll[t] == stay * payroll[t - 1] + hires[t], f"payroll_{t}"
        else:
            program += payroll[0] == productive[0] + hires[0], "payroll_0"
            if terms.training_weeks == 0:
                # A hire of day one would be productive at once, so it belongs to the go-live team.
                program += hires[0] == 0, "headcount_balance_0"
        served = productive[t] + overtime[t] + terms.surge.effectiveness * surge[t]
        program += served >= float(problem.needed[t]), f"workload_{t}"
        cap = problem.labour.overtime_share_max
        program += overtime[t] <= cap * productive[t], f"overtime_cap_{t}"
        engaged = starts[max(0, t - terms.surge.min_weeks + 1) : t + 1]
        program += surge[t] == pulp.lpSum(engaged), f"surge_engaged_{t}"
        program += surge[t] <= terms.surge.pool_heads, f"surge_pool_{t}"
    started = terms.hire_cost / (1 - terms.early_loss)
    program.setObjective(
        started * (productive[0] + pulp.lpSum(hires))
        + _weekly(problem, problem.weekly_cost, payroll)
        + _weekly(problem, problem.weekly_cost_with(problem.labour.overtime_premium), overtime)
        + _weekly(problem, problem.weekly_cost_with(terms.surge.premium), surge)
    )
    outcome = solve(program, limits, log)
    values = {name: _values(series) for name, series in variables.items()}
    return WorkforceResult(
        **values,
        go_live=float(values["productive"][0]),
        objective=outcome.objective,
        stop_reason=outcome.stop_reason,
    )


def _weekly(
    problem: WorkforceProblem, cost: float, series: list[pulp.LpVariable]
) -> pulp.LpAffineExpression:
    return pulp.lpSum(
        float(weight) * cost * variable
        for weight, variable in zip(problem.week_weights, series, strict=True)
    )


def _values(series: list[pulp.LpVariable]) -> NDArray[np.float64]:
    values = np.array([variable.value() for variable in series], dtype=float)
    return np.asarray(np.maximum(values, 0.0), dtype=float)
