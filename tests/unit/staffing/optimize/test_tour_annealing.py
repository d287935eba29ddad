"""Annealing of whole tours: every count stays right, and the week gets cheaper."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.tours import check_tours
from staffing.optimize.tours import Progress, plan_tours
from staffing.optimize.tours.anneal import _Week, anneal, annealable
from staffing.optimize.tours.breaks import waiting_of
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import first_staff
from staffing.optimize.tours.model import TourModel
from staffing.optimize.tours.people import people_of
from staffing.optimize.tours.result import Proof, plan_of
from staffing.optimize.tours.search import Ending
from staffing.tours import BreakRule, offered_groups
from tests.builders.tours import FIVE_DAYS, MEAL, heads, week

BUSY = heads(
    *((day, 7, 19, 3) for day in range(6)),
    *((day, 10, 14, 2) for day in range(5)),
    *((day, 21, 29, 1) for day in range(7)),
)
LATE_REST = BreakRule("rest", length_min=60, paid=True, centre=0.75, window_min=120)
TWO_BREAKS = {"breaks": (LATE_REST, MEAL)}  # not in the order of the day


def model_of(**changes):
    problem = week(requirement=BUSY, worst_interval_price=9.0, **changes)
    return TourModel(problem, offered_groups(problem))


def solved(model):
    relaxed = Engine(model.matrix, model.integers).solve()
    assert relaxed is not None
    return relaxed


def annealed_by_turns(model, seed, turns):
    found = anneal(model, seed, lambda taken, _: taken / turns)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def model():
    return model_of()


@pytest.fixture(scope="module")
def relaxed(model):
    return solved(model)


@pytest.mark.parametrize(
    "changes", [{}, TWO_BREAKS, {"tours": (replace(FIVE_DAYS, consecutive_days_off=True),)}]
)
def test_people_come_and_go_and_every_count_stays_right(changes):
    model = model_of(**changes)
    annealed = _Week(model, seed=1)
    for _ in range(300):
        annealed.turn()
    people = annealed.people
    assert people
    present = np.bincount(np.concatenate([p.at_work for p in people]), minlength=168)
    assert np.array_equal(annealed.presence, present)
    assert annealed.labour == pytest.approx(7 * sum(len(p.shifts) for p in people))
    for person in people:
        shifts = np.array(person.shifts)
        assert (model.shift_group[shifts] == model.crew_group[person.crew]).all()
        assert len(set(model.shift_day[shifts])) == 5
        hours_of_breaks = len(model.problem.breaks)
        assert len(set(person.at_work)) == 5 * (8 - hours_of_breaks)
        on_duty = (model.shift_start[shifts][:, None] + np.arange(8)) % 168
        assert set(person.at_work) <= set(on_duty.ravel())
        for day in on_duty:  # the first and the last hours lie outside every window
            assert {day[0], day[2], day[7]} <= set(person.at_work)
            assert hours_of_breaks == 1 or (set(day[3:5]) & set(person.at_work))


def test_the_best_week_is_a_plan_that_keeps_every_rule_and_beats_the_dive(model, relaxed):
    dived = first_staff(model, Engine(model.matrix, model.integers), relaxed, seed=0)
    found = annealed_by_turns(model, 0, 1500)
    assert found.point.objective < dived.point.objective
    people = people_of(model, found.people, waiting_of(model, found.point))
    plan = plan_of(model.problem, people, Proof(relaxed.objective, "by turns", reproducible=True))
    assert not check_tours(model.problem, plan)
    assert plan.objective == pytest.approx(found.point.objective)


def test_the_same_turns_end_in_the_same_week(model):
    first, second = (annealed_by_turns(model, 3, 600) for _ in range(2))
    assert np.array_equal(first.people, second.people)


def test_too_few_turns_end_in_no_week(model):
    assert anneal(model, 0, lambda turns, _: turns / 200) is None


def test_missing_somebody_is_cheap_at_first_and_never_dearer_than_it_is(model):
    annealed = _Week(model, seed=0)
    prices = []
    for share in (0.0, 0.5, 1.0):
        annealed.look(share)
        prices.append(annealed._cheap)
    assert prices == pytest.approx([3.5, 3.5 * (8 / 3.5) ** 0.5**4, 8.0])
    mild = _Week(model_of(shortfall_price=1.5), seed=0)
    free = _Week(
        TourModel(replace(mild._model.problem, worst_interval_price=0.0), mild._model.groups), 0
    )
    assert free._cheap == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"shortfall_price": None}, False),
        ({"seat_price": 1.0}, False),
        ({"requirement": 30 * BUSY}, False),
    ],
)
def test_few_people_who_may_come_go_or_be_missing_are_annealed(changes, fits):
    problem = week(**({"requirement": BUSY} | changes))
    model = TourModel(problem, offered_groups(problem))
    assert annealable(model, solved(model)) == fits


def test_annealing_is_over_with_its_time_or_with_a_plan_good_enough(monkeypatch):
    now = 100.0
    monkeypatch.setattr("staffing.optimize.tours.search.time.perf_counter", lambda: now)
    share = Ending(deadline_s=110.0, gap=0.01).share_of(0.5, bound=50.0)
    assert share(0, 80.0) == 0.0
    now = 102.0
    assert share(10**6, 80.0) == pytest.approx(0.4)
    assert share(0, 50.4) == 1.0
    assert Ending(deadline_s=102.0, gap=0.01).share_of(0.5, bound=50.0)(0, 80.0) == 1.0


@pytest.mark.parametrize(
    ("effort", "turns", "first_stage"),
    [("thorough", 800, "annealing"), ("thorough", 0, "dive"), ("quick", 800, "dive")],
)
def test_a_thorough_search_anneals_few_people_and_dives_when_there_is_no_time(
    effort, turns, first_stage, monkeypatch
):
    def by_turns(model, seed, _):
        return anneal(model, seed, lambda taken, _: taken / turns if turns else 1.0)

    monkeypatch.setattr("staffing.optimize.tours.week.anneal", by_turns)
    seen: list[Progress] = []
    problem = week(requirement=BUSY, worst_interval_price=9.0)
    plan_tours(problem, effort, time_s=1.2, log=seen.append)
    assert [event.stage for event in seen][:2] == ["relaxation", first_stage]
