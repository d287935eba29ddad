"""Annealing of whole tours: every count stays right, and the week gets cheaper."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.tours import check_tours
from staffing.optimize.tours import Progress, plan_tours
from staffing.optimize.tours.anneal import _price_of_short, anneal, annealable
from staffing.optimize.tours.breaks import waiting_of
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import first_staff
from staffing.optimize.tours.model import TourModel
from staffing.optimize.tours.offers import Offers
from staffing.optimize.tours.people import people_of
from staffing.optimize.tours.result import Proof, plan_of
from staffing.optimize.tours.search import Ending
from staffing.optimize.tours.weeks import Weeks
from staffing.optimize.tours.worth import ShiftWorth
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


def annealed_by_turns(model, relaxed, seed, turns):
    found = anneal(model, relaxed, seed, lambda taken, _: taken / turns)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def model():
    return model_of()


@pytest.fixture(scope="module")
def relaxed(model):
    return solved(model)


UNEVEN_BANDS = replace(FIVE_DAYS, name="wide bands", start_band_min=420)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        TWO_BREAKS,
        {"tours": (replace(FIVE_DAYS, consecutive_days_off=True), UNEVEN_BANDS)},
        {"open_mask": np.arange(168) % 24 >= 4},
    ],
)
def test_people_come_and_go_and_every_count_stays_right(changes):
    model = model_of(**changes)
    weeks = Weeks(model, 3, most_people=40, random=np.random.default_rng(1))
    for turn in range(300):
        weeks.set(warmth=1.0, cheap=3.5 if turn < 200 else 1.5)  # some are not worth it any more
        weeks.turn()
        if turn % 50 == 0:
            weeks.thin_out(0.1)
    assert weeks._people.min() > 0
    for w, number in enumerate(weeks._people.tolist()):
        at_work = weeks._at_work[w]
        assert np.array_equal(weeks._presence[:, w], at_work.sum(axis=0))
        assert not at_work[number:].any()
        assert weeks._labour[w] == pytest.approx(7 * 5 * number)
        for place in range(number):
            shifts = weeks._shifts[w, place]
            days = np.flatnonzero(shifts >= 0)
            shifts = shifts[days]
            assert len(days) == 5
            assert (model.shift_day[shifts] == days).all()
            crew = weeks._crew[w, place]
            assert (model.shift_group[shifts] == model.crew_group[crew]).all()
            pattern = [days for of in model.patterns for days in of][crew]
            assert pattern is None or pattern == tuple(days)
            present = set(np.flatnonzero(at_work[place]))
            hours_of_breaks = len(model.problem.breaks)
            assert len(present) == 5 * (8 - hours_of_breaks)
            on_duty = (model.shift_start[shifts][:, None] + np.arange(8)) % 168
            assert present <= set(on_duty.ravel())
            for day in on_duty:  # the first and the last hours lie outside every window
                assert {day[0], day[2], day[7]} <= present
                assert hours_of_breaks == 1 or (set(day[3:5]) & present)


def test_without_noise_the_tour_worth_most_is_drawn(model):
    offers = Offers(model, 2, np.random.default_rng(0))
    offers.warm(0.0)
    worth = ShiftWorth(model)
    random = np.random.default_rng(5)
    everybody = np.ones(len(model.crew), dtype=bool)
    for _ in range(20):
        wanted = 3 * random.random((168, 2))
        offer = offers.draw(wanted.astype(np.float32))
        for w in range(2):
            best = worth.best_tour(worth.gains(wanted[:, w]), everybody)
            gain = wanted[:, w] @ offer.at_work[:, w] - offer.cost[w]
            assert gain == pytest.approx(best.gain, abs=1e-3)
            assert set(offer.shifts[w]) - {-1} == set(best.shifts)


def test_copies_of_better_weeks_take_the_places_of_worse_ones(model):
    weeks = Weeks(model, 4, most_people=40, random=np.random.default_rng(2))
    weeks.set(warmth=1.0, cheap=3.5)
    for _ in range(60):
        weeks.turn()
    weeks._labour[1] -= 1000.0
    weeks.thin_out(0.0)
    assert len(np.unique(weeks._labour)) == 4
    weeks.thin_out(10.0)
    for values in (weeks._labour, weeks._people, *weeks._presence):
        assert len(np.unique(values)) == 1
    for array in (weeks._at_work, weeks._crew, weeks._shifts, weeks._tour_cost):
        assert all(np.array_equal(array[1], other) for other in array)


def test_the_best_week_is_a_plan_that_keeps_every_rule_and_beats_the_dive(model, relaxed):
    dived = first_staff(model, Engine(model.matrix, model.integers), relaxed, seed=0)
    found = annealed_by_turns(model, relaxed, 0, 1500)
    assert found.point.objective < dived.point.objective
    people = people_of(model, found.people, waiting_of(model, found.point))
    plan = plan_of(model.problem, people, Proof(relaxed.objective, "by turns", reproducible=True))
    assert not check_tours(model.problem, plan)
    assert plan.objective == pytest.approx(found.point.objective)


def test_the_same_turns_end_in_the_same_week(model, relaxed):
    first, second = (annealed_by_turns(model, relaxed, 3, 600) for _ in range(2))
    assert np.array_equal(first.people, second.people)


def test_too_few_turns_end_in_no_week(model, relaxed):
    assert anneal(model, relaxed, 0, lambda turns, _: turns / 200) is None


@pytest.mark.parametrize(("price", "last_share"), [(6.0, 1.0), (0.1, 1.2)])
def test_the_search_goes_on_a_little_where_somebody_still_is_short(price, last_share):
    problem = week(breaks=(), shortfall_price=price)
    shares = []

    def done(turns, _):
        shares.append(turns / 500)
        return shares[-1]

    model = TourModel(problem, offered_groups(problem))
    anneal(model, solved(model), 0, done)
    assert shares[-1] == pytest.approx(last_share)


def test_missing_somebody_is_cheap_at_first_and_never_dearer_than_it_is(model):
    prices = [_price_of_short(model.problem, share) for share in (0.0, 0.5, 1.0)]
    assert prices == pytest.approx([3.5, 3.5 * (16 / 3.5) ** 0.5**6, 15.0])
    mild = replace(model.problem, shortfall_price=1.5)
    assert _price_of_short(mild, 0.0) == pytest.approx(3.5)
    assert _price_of_short(replace(mild, worst_interval_price=0.0), 0.0) == pytest.approx(1.5)


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
    assert share(0, 50.4) == np.inf
    assert Ending(deadline_s=102.0, gap=0.01).share_of(0.5, bound=50.0)(0, 80.0) == np.inf


@pytest.mark.parametrize(
    ("effort", "turns", "first_stage"),
    [("thorough", 800, "annealing"), ("thorough", 0, "dive"), ("quick", 800, "dive")],
)
def test_a_thorough_search_anneals_few_people_and_dives_when_there_is_no_time(
    effort, turns, first_stage, monkeypatch
):
    def by_turns(model, relaxed, seed, _):
        return anneal(model, relaxed, seed, lambda taken, _: taken / turns if turns else np.inf)

    monkeypatch.setattr("staffing.optimize.tours.week.anneal", by_turns)
    seen: list[Progress] = []
    problem = week(requirement=BUSY, worst_interval_price=9.0)
    plan_tours(problem, effort, time_s=1.2, log=seen.append)
    assert [event.stage for event in seen][:2] == ["relaxation", first_stage]
