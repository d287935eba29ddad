"""Work that waits and work done ahead, where both happen to the same week."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.hiring import check_hiring_plan
from staffing.hiring.problem import BacklogTerms, CrossTrainedTerms, HiringLimit
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce.hiring import plan_hiring
from staffing.optimize.workforce.hiring_program import HiringProgram
from staffing.optimize.workforce.hiring_solve import HiringEngine
from tests.builders.hiring import pool, term

# Hours due, share and weeks that may wait, opening hours, cost of a helper, helpers by week.
BOTH = [
    ((10, 7, 0, 0, 0), 0.3, 1.5, 0.0, 400.0, (1.0, 0.0, 0.25, 0.0, 0.1)),
    ((20, 7, 20, 10, 20), 1.0, 2.0, 5.0, 400.0, (0.1, 0.5, 0.1, 1.0, 1.0)),
    ((20, 20, 20, 10, 10, 10, 20, 0), 1.0, 1.0, 0.0, 0.0, (0.5, 0.25, 1, 1, 0.1, 0.25, 1, 0.5)),
    ((7, 7, 20), 0.5, 1.5, 0.0, 400.0, (0.25, 0.0, 1.0)),
]


def helped(need, helpers, cost=400.0, **changes):
    """Nobody but helpers of other accounts, so many a week; all work must be done."""
    alone = pool(
        need_h=need,
        staff=(),
        hires_max=0.0,
        cross_trained=CrossTrainedTerms(cost, 1.0),
        shortfall_price=None,
        **{"ahead_cost_per_h": 0.0} | changes,
    )
    limit = HiringLimit("cross_trained", "helpers", ("records",), np.array(helpers, dtype=float))
    return term(alone, limits=(limit,))


@pytest.mark.parametrize(("need", "share", "weeks", "opening", "cost", "helpers"), BOTH)
def test_a_week_done_ahead_makes_no_room_for_older_work_to_wait(
    need, share, weeks, opening, cost, helpers
):
    """Waiting and working ahead cost nothing here, so nothing but the rule keeps them apart."""
    terms = BacklogTerms(share, weeks, opening_h=opening)
    problem = helped(need, helpers, cost, backlog=terms)
    assert check_hiring_plan(problem, plan_hiring(problem)) == ()


def most(program, columns):
    """Largest sum of some columns that the rows allow."""
    engine = HiringEngine(program.matrix, SolveLimits(), SolveLog())
    cost = np.zeros(len(program.matrix.cost))
    cost[columns] = -1.0
    engine.price(cost)
    solved = engine.solve()
    return solved.values[columns]


def fixed(problem, **columns):
    """Program of a problem with some columns of the first weeks fixed."""
    program = HiringProgram(problem)
    lower, upper = program.matrix.lower.copy(), program.matrix.upper.copy()
    for name, values in columns.items():
        at = getattr(program.pools[0], name)[: len(values)]
        lower[at] = upper[at] = values
    program.matrix = replace(program.matrix, lower=lower, upper=upper)
    return program


def twenty(share, weeks):
    """Twenty hours due in weeks 1 and 2."""
    return helped((20, 20, 0), (9, 9, 9), backlog=BacklogTerms(share, weeks))


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2])
def test_only_what_was_not_done_ahead_starts_to_wait(share):
    """Nothing waits from week 1, and for two weeks it could: week 2 alone has a say."""
    for ahead, waits in ((0.0, 20 * share), (20.0, 0.0)):
        program = fixed(twenty(share, 2.0), backlog_h=[0.0], ahead_h=[ahead])
        assert most(program, program.pools[0].backlog_h[1:2])[0] == pytest.approx(waits)


def test_what_was_done_ahead_does_not_make_older_work_younger():
    """All of week 1 waits, for one week at most; all of week 2 was done instead."""
    for ahead, waits in ((0.0, 20.0), (15.0, 5.0), (20.0, 0.0)):
        program = fixed(twenty(1.0, 1.0), backlog_h=[20.0], ahead_h=[ahead])
        assert most(program, program.pools[0].backlog_h[1:2])[0] == pytest.approx(waits)


@pytest.mark.parametrize(("ahead", "waits"), [(0.0, 5.0), (10.0, 5.0), (15.0, 5.0), (18.0, 2.0)])
def test_half_a_week_of_wait_is_the_later_half_of_what_may_wait(ahead, waits):
    """Half of 20 hours may wait, half of those for half a week; work is done ahead in order."""
    problem = helped((0, 20, 0), (9, 9, 9), backlog=BacklogTerms(0.5, 0.5))
    program = fixed(problem, ahead_h=[ahead])
    assert most(program, program.pools[0].backlog_h[1:2])[0] == pytest.approx(waits)


def test_no_more_is_ahead_than_will_be_due():
    program = HiringProgram(helped((5, 10, 0, 7), (9, 9, 9, 9)))
    assert most(program, program.pools[0].ahead_h[:1])[0] == pytest.approx(17)
    assert most(program, program.pools[0].ahead_h[1:2])[0] == pytest.approx(7)
