"""Two teams that share people and limits in one peak, by hand, and the check across teams.

Both teams are short of 80 hours on one day, 10 people's work; an hour short costs 100 in the first
and 60 in the second. An agency costs 40 an hour and can be had at once; overtime 30.
"""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.surge_ladder import check_reservations
from staffing.optimize.surge import reserve
from staffing.surge import SurgeLimits, SurgeSource
from staffing.surge.ladder import LadderProblem, SurgeEvent
from tests.builders.surge import peak

AGENCY = SurgeSource("agency", "agency", 50, 0, 40.0, needs_seat=True, needs_access=True)
DEAR = peak((80.0,), (AGENCY,))
CHEAP = replace(DEAR, name="other team", shortfall_price=60.0)
NEED = np.array([[80.0], [80.0]])
SURE = (SurgeEvent("peak", 1.0, 0.0, NEED),)


def people(problem: LadderProblem) -> list[float]:
    """People of the agency in each team; what was found holds in the independent check."""
    result = reserve(problem)
    assert check_reservations(problem, result.decisions, result.objective) == ()
    return [float(one.people[0, 0]) for one in result.decisions[0]]


def test_without_anything_shared_both_teams_have_all_they_need():
    assert people(LadderProblem((DEAR, CHEAP), SURE)) == pytest.approx([10, 10])


def test_shared_heads_go_where_an_hour_is_worth_most():
    """14 for both: the first team has its 10, the other 4 and is 48 hours short at 60."""
    problem = LadderProblem((DEAR, CHEAP), SURE, shared_heads={"agency": 14.0})
    assert people(problem) == pytest.approx([10, 4])
    assert reserve(problem).objective == pytest.approx(14 * 320 + 48 * 60)


def test_seats_of_a_site_hold_for_both_teams_together():
    """12 seats: half a seat each in the first team, which takes 5, a whole one in the other."""
    turns = replace(DEAR, seats_per_head=0.5)
    problem = LadderProblem((turns, CHEAP), SURE, limits=SurgeLimits(seats=12.0))
    assert people(problem) == pytest.approx([10, 7])


def test_access_of_a_day_is_shared_by_who_starts():
    problem = LadderProblem((DEAR, CHEAP), SURE, limits=SurgeLimits(access_per_day=3.0))
    starting = replace(AGENCY, onboarding_cost=1.0)
    problem = replace(problem, pools=tuple(replace(p, sources=(starting,)) for p in problem.pools))
    assert people(problem) == pytest.approx([3, 0])


def test_the_check_finds_what_two_teams_together_exceed():
    free = LadderProblem((DEAR, CHEAP), SURE)
    result = reserve(free)

    def found(objective=result.objective, **shared):
        broken = check_reservations(replace(free, **shared), result.decisions, objective)
        return [violation.rule for violation in broken]

    assert found(shared_heads={"agency": 20.0}) == []
    assert found(shared_heads={"agency": 19.0}) == ["surge_heads"]
    assert found(limits=SurgeLimits(seats=20.0)) == []
    assert found(limits=SurgeLimits(seats=19.0)) == ["surge_seats"]
    assert found(limits=SurgeLimits(access_per_day=19.0)) == ["surge_access"]
    assert found(objective=result.objective - 1) == ["surge_cost"]


def test_the_check_finds_heads_reserved_in_the_light_of_the_peak():
    pool = SurgeSource("pool", "pool", 50, 0, 5.0, standby_fee_per_head_week=1.0, reserved=True)
    need = np.zeros((1, 1))
    events = (SurgeEvent("none", 0.5, 0.0, need), SurgeEvent("peak", 0.5, 0.0, need + 80.0))
    problem = LadderProblem((peak((0.0,), (pool,)),), events)
    result = reserve(problem)
    assert check_reservations(problem, result.decisions, result.objective) == ()
    (quiet,), busy = result.decisions
    seen = ((replace(quiet, reserved=quiet.reserved - 1),), busy)
    assert "surge_reserve" in {
        violation.rule for violation in check_reservations(problem, seen, result.objective)
    }
