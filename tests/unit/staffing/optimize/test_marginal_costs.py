"""Marginal cost: one-sided and exact at kinks, increments for real steps, notice never dearer."""

from itertools import pairwise

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.optimize.tours.model import INFINITY, Rows
from staffing.optimize.warm import WarmProgram
from staffing.optimize.workforce import marginal
from staffing.optimize.workforce.marginal import (
    NoticedRecourse,
    marginal_costs,
    one_sided_slope,
    spike_costs,
)
from staffing.optimize.workforce.two_stage.recourse import Recourse, RecourseModel
from tests.builders.two_stage import problem

TIGHT = 1e-7


def asked(kind, pools=1, weeks=12, **changes):
    """Return a problem, demand and staff: demand met exactly, rounded to tens, or uneven."""
    case = problem(scenarios=2, weeks=weeks, pools=pools, **changes)
    demand, staff = case.demand[0], case.demand[1]
    if kind == "met":
        staff = demand.copy()
    if kind == "rounded":
        demand, staff = 10 * np.round(demand / 10), 10 * np.round(staff / 10)
    return case, demand, staff


def directional(case, demand, staff, direction):
    """Exact one-sided derivative: the best move among those that tight rows and bounds allow."""
    model, answer = RecourseModel(case), Recourse(case).solve(demand, staff)
    rows = Rows()
    model.write(rows)
    upper = model.upper()
    matrix = rows.matrix(model.cost, np.zeros_like(upper), upper)
    point = np.concatenate([answer.parts[name].ravel() for name in model.columns])
    limit = np.full(len(upper), INFINITY)
    limit[:] = upper
    limit[model.columns["overtime"]] = case.per_pool("overtime_share_max") * staff
    limit[model.columns["backlog"]] = model.backlog_limit(demand)
    move = np.zeros_like(upper)
    move[model.columns["backlog"]] = model.backlog_limit(direction)
    height = np.array(
        [
            matrix.value[a:b] @ point[matrix.index[a:b]]
            for a, b in zip(matrix.row_start[:-1], matrix.row_start[1:], strict=True)
        ]
    )
    load = model.load(demand, staff).ravel()
    low = np.full(len(height), -INFINITY)
    high = np.full(len(height), INFINITY)
    size = load.size
    change = (case.week_weights[:, None] * direction).ravel()
    low[:size] = np.where(height[:size] - load <= TIGHT, change, -INFINITY)
    high[size:] = np.where(matrix.row_upper[size:] - height[size:] <= TIGHT, 0.0, INFINITY)
    program = WarmProgram(matrix)
    program.bound_rows(np.arange(len(low), dtype=np.int32), low, high)
    least = np.where(point <= TIGHT, 0.0, -INFINITY)
    most = np.where(point >= limit - TIGHT, move, INFINITY)
    program.bound_columns(np.arange(len(limit), dtype=np.int32), least, most)
    return program.solve()


def slopes(case, demand, staff, cell, **options):
    """Return ARC and RRC of one cell."""
    recourse = Recourse(case)

    def solve(at):
        answer = recourse.solve(at, staff)
        return answer.cost, answer.demand_slope

    unit = np.zeros_like(demand)
    unit[cell] = 1.0
    up = one_sided_slope(solve, demand, unit, **options)
    return up, -one_sided_slope(solve, demand, -unit, **options), unit


@pytest.mark.parametrize("kind", ["met", "rounded", "uneven"])
def test_both_sides_equal_the_directional_program_in_every_cell(kind):
    case, demand, staff = asked(kind, pools=2)
    for cell in np.ndindex(demand.shape):
        arc, rrc, unit = slopes(case, demand, staff, cell)
        assert arc >= rrc - 1e-6
        assert arc == pytest.approx(directional(case, demand, staff, unit), abs=1e-6)
        assert rrc == pytest.approx(-directional(case, demand, staff, -unit), abs=1e-6)


def test_at_a_kink_more_work_costs_and_less_saves_nothing():
    case, demand, staff = asked("met")
    arc, rrc, _ = slopes(case, demand, staff, (11, 0))
    assert (arc, rrc) == pytest.approx((1.6, 0.0))


def test_a_step_the_solver_cannot_see_is_refused():
    case, demand, staff = asked("met")
    with pytest.raises(BadInputError, match=r"first_step.*1e-05 or more"):
        slopes(case, demand, staff, (11, 0), first_step=1e-7)


@pytest.mark.parametrize("kind", ["rounded", "uneven"])
def test_a_first_step_over_a_kink_is_halved_until_its_tangent_touches(kind):
    case, demand, staff = asked(kind)
    for cell in np.ndindex(demand.shape):
        assert slopes(case, demand, staff, cell, first_step=30.0)[:2] == pytest.approx(
            slopes(case, demand, staff, cell)[:2], abs=1e-6
        )


def test_without_the_floor_on_the_step_a_wrong_slope_would_pass(monkeypatch):
    case, demand, staff = asked("met")
    monkeypatch.setattr(marginal, "LEAST_STEP", 0.0)
    cells = list(np.ndindex(demand.shape))
    hidden = [slopes(case, demand, staff, cell, first_step=1e-8)[0] for cell in cells]
    seen = [slopes(case, demand, staff, cell)[0] for cell in cells]
    assert max(abs(np.subtract(hidden, seen))) > 0.1


def test_increments_of_steps_enclose_the_slopes():
    case, demand, staff = asked("uneven", pools=2)
    costs = marginal_costs(case, demand, staff)
    for slope in costs.slopes:
        steps = [step for step in costs.steps if step.pool == slope.pool]
        assert [step.share for step in steps] == [-0.2, -0.1, -0.05, 0.05, 0.1, 0.2]
        rates = [step.cost_per_week for step in steps]
        assert rates == sorted(rates)
        assert rates[2] <= slope.rrc + 1e-6 <= slope.arc + 2e-6 <= rates[3] + 3e-6


def test_an_increment_is_the_difference_of_two_exact_costs():
    case, demand, staff = asked("uneven", pools=2)
    recourse, more = Recourse(case), demand.copy()
    more[:, 1] *= 1.1
    step = next(s for s in marginal_costs(case, demand, staff).steps[6:] if s.share == 0.1)
    expected = recourse.solve(more, staff).cost - recourse.solve(demand, staff).cost
    assert step.cost == pytest.approx(expected)
    assert step.work == pytest.approx(0.1 * demand[:, 1].sum())


def test_more_notice_of_a_spike_is_never_dearer_and_full_notice_is_the_recourse():
    case, demand, staff = asked("uneven", pools=2, surge_notice_weeks=2)
    spike = demand.copy()
    spike[9, 0] *= 1.8
    noticed, base = NoticedRecourse(case), Recourse(case).solve(demand, staff)
    costs = [noticed.solve(spike, staff, base, known) for known in (9, 8, 7, 5, 0)]
    assert all(early <= late + 1e-6 for late, early in pairwise(costs))
    assert costs[0] > costs[-1]
    assert costs[-1] == pytest.approx(Recourse(case).solve(spike, staff).cost)


def test_call_offs_need_their_own_notice_after_a_spike_is_known():
    case = problem(scenarios=1, weeks=8, surge_notice_weeks=2, backlog_weeks=0.0)
    demand = np.full((8, 1), 100.0)
    staff, spike = demand.copy(), demand.copy()
    spike[5] += 30
    noticed, base = NoticedRecourse(case), Recourse(case).solve(demand, staff)
    late, early = (noticed.solve(spike, staff, base, known) for known in (4, 3))
    # 12 of the 30 are overtime at 1.6; late, 18 are short at 12. Early, a call-off of 3 paid
    # weeks to the end of the term does 0.85 at 1.9 a week.
    assert late == pytest.approx(12 * 1.6 + 18 * 12)
    assert early == pytest.approx(12 * 1.6 + 18 / 0.85 * 3 * 1.9)


def test_a_pool_without_demand_has_no_marginal_cost():
    case, demand, staff = asked("uneven", pools=2)
    demand[:, 1] = 0
    with pytest.raises(BadInputError, match=r"pools\[1\].*demand in some week"):
        marginal_costs(case, demand, staff)


def test_a_spike_falls_where_there_is_work_be_it_at_an_end_of_the_term():
    case, demand, staff = asked("uneven")
    demand = demand.copy()
    demand[4:8] = 0.0  # all but the weeks with room for every notice
    found = spike_costs(case, demand, staff)
    assert {spike.week for spike in found} == {1 + int(demand[:, 0].argmax())}
    assert all(spike.work > 0 for spike in found)
