"""Moves of whole people: what they change, they can take back, and every count stays right."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import first_staff
from staffing.optimize.tours.local import _Week, search_moves, searchable
from staffing.optimize.tours.model import TourModel
from staffing.optimize.tours.worth import ShiftWorth
from staffing.tours import offered_groups
from tests.builders.tours import FIVE_DAYS, heads, week

BUSY = heads(*((day, 7, 19, 3) for day in range(6)), *((day, 10, 14, 2) for day in range(5)))


def first(**changes):
    problem = week(requirement=BUSY, worst_interval_price=9.0, **changes)
    model = TourModel(problem, offered_groups(problem))
    engine = Engine(model.matrix, model.integers)
    relaxed = engine.solve()
    assert relaxed is not None
    return model, first_staff(model, engine, relaxed, seed=0)


@pytest.mark.parametrize("consecutive", [False, True])
def test_a_move_taken_back_leaves_no_trace_and_one_that_stays_keeps_the_count(consecutive):
    model, staff = first(tours=(replace(FIVE_DAYS, consecutive_days_off=consecutive),))
    moved = _Week(model, staff, seed=1)
    for turn in range(300):
        people, presence, cost = moved.people(), moved.presence.copy(), moved.cost()
        changes = moved.move()
        if turn % 2:
            moved.undo(changes)
            assert np.array_equal(moved.people(), people)
            assert np.array_equal(moved.presence, presence)
            assert moved.cost() == pytest.approx(cost)
    crew, by_day = moved.crew, moved.heads
    assert (by_day.sum(axis=1) == 5 * np.bincount(model.crew_group, crew)).all()
    assert (by_day.max(axis=1) <= np.bincount(model.crew_group, crew)).all()
    on_duty = moved.on @ model.shift_length
    assert moved.presence.sum() == on_duty - moved.on.sum()  # an hour's meal on every shift


def test_moves_never_end_in_a_dearer_week():
    model, staff = first()
    found = search_moves(model, staff, 0, 300, lambda: True)
    assert found.point.objective <= staff.point.objective
    same = search_moves(model, staff, 0, 0, lambda: True)
    assert same.point.objective == staff.point.objective


@pytest.mark.parametrize(
    ("changed", "free"),
    [
        ({}, True),
        ({"shortfall_price": None}, True),
        ({"seats_left": np.ones(168)}, False),
        ({"seat_price": 1.0}, False),
        ({"worst_interval_cap": 1.0}, False),
        ({"tours": (FIVE_DAYS, replace(FIVE_DAYS, name="rare", share_max=0.2))}, False),
    ],
)
def test_moves_are_tried_where_anybody_may_come(changed, free):
    assert searchable(week(**changed)) == free


def test_a_shift_is_worth_the_heads_it_brings_less_its_cost_and_its_least_missed_break():
    model, _ = first()
    wanted = np.zeros(168)
    wanted[8:16] = [5, 5, 5, 2, 1, 5, 5, 5]
    gains = ShiftWorth(model).gains(wanted)
    monday_at_8 = int(np.flatnonzero(model.shift_start == 8)[0])
    assert gains[monday_at_8] == pytest.approx(33 - 1 - 7)
