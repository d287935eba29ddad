"""The recourse program: strong duality, valid slopes, warm equals cold, rules by hand."""

import numpy as np
import pytest

from staffing.optimize.workforce.two_stage.recourse import Recourse
from tests.builders.two_stage import pool, problem

CASES = [
    {"pools": 1},
    {"pools": 3},
    {"pools": 2, "surge_notice_weeks": 3, "backlog_weeks": 0.5},
    {"pools": 2, "backlog_weeks": 0.0, "surge_heads": 0.0},
]


def points(case, count):
    """Yield demand and staff at random."""
    draw = np.random.default_rng(7)
    asked = problem(scenarios=count, **case)
    for path in asked.demand:
        yield path, asked.existing * draw.uniform(0.7, 1.1, size=path.shape)


@pytest.mark.parametrize("case", CASES)
def test_strong_duality_holds_when_bounds_move(case):
    recourse = Recourse(problem(**case))
    for demand, staff in points(case, 20):
        answer = recourse.solve(demand, staff)
        dual = (answer.staff_slope * staff).sum() + (answer.demand_slope * demand).sum()
        assert dual + answer.constant == pytest.approx(answer.cost, rel=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_every_slope_is_a_cut_below_the_cost_everywhere(case):
    recourse = Recourse(problem(**case))
    solved = [(d, e, recourse.solve(d, e)) for d, e in points(case, 12)]
    for _, _, at in solved:
        for demand, staff, other in solved:
            cut = at.constant + (at.staff_slope * staff).sum() + (at.demand_slope * demand).sum()
            assert cut <= other.cost * (1 + 1e-9) + 1e-9


def test_warm_and_cold_agree():
    case = {"pools": 2}
    warm = Recourse(problem(**case))
    for demand, staff in points(case, 10):
        cold = Recourse(problem(**case)).solve(demand, staff)
        assert warm.solve(demand, staff).cost == pytest.approx(cold.cost, rel=1e-9)


def flat(**changes):
    """Return a recourse over 4 weeks of 100 hired people and a demand of 100."""
    asked = problem(scenarios=1, weeks=4, weekly_attrition=0.0, **changes)
    return Recourse(asked), np.full((4, 1), 100.0), np.full((4, 1), 100.0)


def test_enough_people_cost_nothing():
    recourse, demand, staff = flat()
    assert recourse.solve(demand, staff).cost == 0


def test_backlog_first_then_overtime():
    recourse, demand, staff = flat()
    demand[1] += 10
    demand[2] -= 4
    answer = recourse.solve(demand, staff)
    # 4 of the 10 wait for a week with room (0.05 each), 6 are overtime (1.6 each).
    assert answer.cost == pytest.approx(4 * 0.05 + 6 * 1.6)


def test_overtime_beyond_its_cap_is_short():
    recourse, demand, staff = flat(surge_heads=0.0, backlog_weeks=0.0)
    demand[3] += 20
    answer = recourse.solve(demand, staff)
    assert answer.parts["overtime"][3, 0] == pytest.approx(12)
    assert answer.parts["shortfall"][3, 0] == pytest.approx(8)
    assert answer.cost == pytest.approx(12 * 1.6 + 8 * 12)


def test_a_surge_is_paid_to_its_end_or_that_of_the_term():
    recourse, demand, staff = flat(overtime_share_max=0.0, backlog_weeks=0.0)
    demand[3] += 8.5
    answer = recourse.solve(demand, staff)
    assert answer.parts["surge_starts"][3, 0] == pytest.approx(10)
    assert answer.cost == pytest.approx(10 * 1.9)


def test_no_surge_within_its_notice():
    recourse, demand, staff = flat(overtime_share_max=0.0, backlog_weeks=0.0, surge_notice_weeks=1)
    demand[:2] += 8.5
    answer = recourse.solve(demand, staff)
    assert answer.parts["surge_starts"][0, 0] == 0
    assert answer.parts["shortfall"][0, 0] == pytest.approx(8.5)


def test_nothing_waits_beyond_the_term():
    recourse, demand, staff = flat(overtime_share_max=0.0, surge_heads=0.0)
    demand[3] += 5
    assert recourse.solve(demand, staff).parts["shortfall"][3, 0] == pytest.approx(5)


def test_held_back_by_age():
    assert pool(backlog_weeks=1.5, deferrable_share=0.4).held_back() == pytest.approx([0.4, 0.2])
