"""Deferrable work by people on tours: finished in time, and honest about what is proven."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.tours import check_tours
from staffing.errors import InfeasibleError
from staffing.optimize.tours import plan_tours
from staffing.optimize.tours.dive import dive
from staffing.optimize.tours.work import plan_work
from staffing.tours import TourRule
from staffing.turnaround import work_off
from tests.builders.staffing import by_hour, hours_mask, turnaround_work
from tests.builders.tours import week

WEEK_H = 168
WORK = "staffing.optimize.tours.work"
NOBODY = np.zeros(WEEK_H)
MORNING = {(24 * day + 8, 24 * day + 9): 7.0 for day in range(5)}


def deferrable(**changes):
    """People on five days of 8 h with a meal hour: 35 hours of work a week each."""
    return week(requirement=NOBODY, shortfall_price=None, **changes)


def in_time(work, at_work):
    return work_off(work.arrivals, work.capacity(at_work), work.due_intervals).in_time


def planned(problem, work):
    plan = plan_work(problem, work)
    assert plan is not None
    return plan


@pytest.mark.parametrize(("units", "people"), [(35.0, 1), (36.0, 2), (70.0, 2), (100.0, 3)])
def test_a_week_of_time_takes_as_many_people_as_hours_of_work(units, people):
    work = turnaround_work(by_hour({(8, 9): units}), due=WEEK_H)
    plan = planned(deferrable(), work)
    assert len(plan.people) == people
    assert plan.objective == pytest.approx(35 * people)
    assert plan.bound == pytest.approx(units)
    assert plan.gap == pytest.approx(1 - units / (35 * people))


def test_work_due_by_the_evening_puts_one_person_on_each_working_day():
    """Seven units every weekday at 08:00, done by 17:00: one shift of 8 h with its meal hour."""
    work = turnaround_work(by_hour(MORNING), due=9)
    plan = planned(deferrable(), work)
    (person,) = plan.people
    assert [start // 24 for start in person.starts] == [0, 1, 2, 3, 4]
    assert plan.gap == pytest.approx(0)


def test_work_that_nobody_can_reach_in_time_has_no_plan():
    """Arrivals of Sunday noon due in four hours, at a site that is closed on Sundays."""
    work = turnaround_work(by_hour({(156, 157): 1.0}), due=4, workable=hours_mask(range(6), 0, 24))
    assert plan_work(deferrable(open_mask=hours_mask(range(6), 0, 24)), work) is None
    assert plan_work(deferrable(), replace(work, units_per_head=np.ones(WEEK_H))) is not None


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("due", [10, 40])
def test_every_plan_is_in_time_and_above_its_bound(seed, due):
    random = np.random.default_rng(seed)
    part_time = TourRule("part time", 3, (5.0,), True, 180, share_max=0.4)
    five = TourRule("five days", 5, (8.0, 9.0), False, 180)
    problem = deferrable(
        tours=(five, part_time), cost_by_interval=1 + 0.25 * hours_mask(range(7), 0, 6)
    )
    work = turnaround_work(random.poisson(3, WEEK_H).astype(float), due=due, floor=1.0)
    problem = replace(problem, requirement=work.floor_heads)
    plan = planned(problem, work)
    assert in_time(work, plan.presence)
    assert (plan.presence >= 1).all()
    assert 0 < plan.bound <= plan.objective
    assert not check_tours(problem, plan)


def test_a_later_promise_is_never_dearer_by_its_bound():
    arrivals = np.random.default_rng(3).poisson(4, WEEK_H).astype(float)
    bounds = [
        planned(deferrable(), turnaround_work(arrivals, due=due)).bound for due in (9, 24, 72)
    ]
    assert bounds == sorted(bounds, reverse=True)


def test_the_same_work_gives_the_same_plan():
    work = turnaround_work(np.random.default_rng(5).poisson(4, WEEK_H).astype(float), due=12)
    one, other = (planned(deferrable(), work) for _ in range(2))
    assert one.people == other.people
    assert one.reproducible


def test_heads_that_cannot_be_covered_cost_no_plan_found_otherwise(monkeypatch):
    """The dive ends dead and the cover fails: people settled from below are still a plan."""

    def only_from_below(*arguments, crews_from_below=False):
        return dive(*arguments, crews_from_below=True) if crews_from_below else None

    def refuse(*_, **__):
        raise InfeasibleError("seats", "too few")

    monkeypatch.setattr(f"{WORK}.dive", only_from_below)
    monkeypatch.setattr(f"{WORK}.plan_tours", refuse)
    work = turnaround_work(by_hour(MORNING), due=9)
    assert len(planned(deferrable(), work).people) == 1
    monkeypatch.setattr(f"{WORK}.dive", lambda *_, **__: None)
    with pytest.raises(InfeasibleError):
        plan_work(deferrable(), work)


def test_the_best_of_plans_is_repeatable_only_if_all_are(monkeypatch):
    def by_the_clock(problem, effort, *, seed):
        return replace(plan_tours(problem, "quick", seed=seed), reproducible=effort == "quick")

    monkeypatch.setattr(f"{WORK}.plan_tours", by_the_clock)
    work = turnaround_work(by_hour({(8, 9): 100.0}), due=WEEK_H)
    repeatable = {}
    for effort in ("quick", "thorough"):
        plan = plan_work(deferrable(), work, effort)
        assert plan is not None
        repeatable[effort] = plan.reproducible
    assert repeatable == {"quick": True, "thorough": False}
