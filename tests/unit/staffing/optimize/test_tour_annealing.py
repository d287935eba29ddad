"""Annealing of whole tours: every count stays right, and the week gets cheaper."""

import signal
import time
from dataclasses import replace

import numpy as np
import pytest

from staffing.check.tours import check_tours
from staffing.optimize.tours import Progress, plan_tours
from staffing.optimize.tours.anneal import Annealed, _price_of_short, anneal, annealable
from staffing.optimize.tours.breaks import place_breaks, waiting_of
from staffing.optimize.tours.engine import Engine
from staffing.optimize.tours.first import first_staff
from staffing.optimize.tours.model import TourModel
from staffing.optimize.tours.offers import Offers
from staffing.optimize.tours.people import people_of
from staffing.optimize.tours.result import Proof, plan_of
from staffing.optimize.tours.search import Ending
from staffing.optimize.tours.side_search import Errand, SideSearch, side_search
from staffing.optimize.tours.week import _annealed
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
PEOPLE = 10.0
TWO_BREAKS = {"breaks": (LATE_REST, MEAL)}  # not in the order of the day


def model_of(**changes):
    problem = week(requirement=BUSY, worst_interval_price=9.0, **changes)
    return TourModel(problem, offered_groups(problem))


def solved(model):
    relaxed = Engine(model.matrix, model.integers).solve()
    assert relaxed is not None
    return relaxed


def annealed_by_turns(model, seed, turns):
    found = anneal(model, PEOPLE, seed, lambda taken, _: taken / turns)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def model():
    return model_of()


@pytest.fixture(scope="module")
def relaxed(model):
    return solved(model)


@pytest.fixture(scope="module")
def two_weeks(model):
    return [annealed_by_turns(model, seed, 550) for seed in (0, 1)]


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
    found = annealed_by_turns(model, 0, 1500)
    point = place_breaks(model, found.people, seed=0)
    assert point is not None
    assert point.objective <= found.cost < dived.point.objective
    people = people_of(model, found.people, waiting_of(model, point))
    plan = plan_of(model.problem, people, Proof(relaxed.objective, "by turns", reproducible=True))
    assert not check_tours(model.problem, plan)
    assert plan.objective == pytest.approx(point.objective)


def test_nobody_is_missing_where_nobody_may_be_or_there_is_no_week():
    hard = model_of(shortfall_price=None)
    found = annealed_by_turns(hard, 0, 600)
    point = place_breaks(hard, found.people, seed=0)
    assert point is not None
    assert point.values[hard.short].max() == 0
    assert found.cost == pytest.approx(7 * found.people[: len(hard.x)].sum())
    nobody_had_time_to_come = anneal(hard, 0.0, 0, lambda turns, _: np.inf if turns else 0.0)
    assert nobody_had_time_to_come is None


def test_the_same_turns_end_in_the_same_week(model, two_weeks):
    again = annealed_by_turns(model, 0, 550)
    assert np.array_equal(two_weeks[0].people, again.people)
    assert not np.array_equal(two_weeks[1].people, again.people)


@pytest.mark.parametrize(("turns", "found"), [(0, False), (50, True)])
def test_few_turns_are_enough_where_the_week_is_good_enough(turns, found, model):
    annealed = anneal(model, PEOPLE, 0, lambda taken, _: np.inf if taken == turns else 0.0)
    assert (annealed is not None) == found


def test_too_few_turns_end_in_no_week(model):
    assert anneal(model, 2 * PEOPLE, 0, lambda turns, _: turns / 100) is None


@pytest.mark.parametrize(("price", "last_share"), [(6.0, 1.0), (0.1, 1.2)])
def test_the_search_goes_on_a_little_where_somebody_still_is_short(price, last_share):
    problem = week(breaks=(), shortfall_price=price)
    shares = []

    def done(turns, _):
        shares.append(turns / 500)
        return shares[-1]

    anneal(TourModel(problem, offered_groups(problem)), 1.0, 0, done)
    assert shares[-1] == pytest.approx(last_share)


def test_missing_somebody_is_cheap_at_first_and_never_dearer_than_it_is(model):
    prices = [_price_of_short(model.problem, share) for share in (0.0, 0.5, 1.0)]
    assert prices == pytest.approx([3.5, 3.5 * (32 / 3.5) ** 0.5**8, 15.0])
    mild = replace(model.problem, shortfall_price=1.5)
    assert _price_of_short(mild, 0.0) == pytest.approx(3.5)
    assert _price_of_short(replace(mild, worst_interval_price=0.0), 0.0) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"shortfall_price": None}, True),
        ({"seat_price": 1.0}, False),
        ({"requirement": 30 * BUSY}, False),
    ],
)
def test_few_people_who_may_come_and_go_are_annealed(changes, fits):
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
    def by_turns(model, people, seed, _):
        return anneal(model, people, seed, lambda taken, _: taken / turns if turns else np.inf)

    monkeypatch.setattr("staffing.optimize.tours.week.anneal", by_turns)
    seen: list[Progress] = []
    problem = week(requirement=BUSY, worst_interval_price=9.0)
    plan_tours(problem, effort, time_s=1.2, log=seen.append)
    assert [event.stage for event in seen][:2] == ["relaxation", first_stage]


def errand_of(seconds, enough=0.0):
    now = time.time()
    return Errand(week(), 1.0, (0, 1), enough, started=now, deadline=now + seconds)


def test_another_process_anneals_until_its_week_is_good_enough():
    one_person_and_five_meals = 35.0 + 5 * 6.0
    with SideSearch(errand_of(600.0, one_person_and_five_meals)) as other:
        found = other.answer()
    assert other._process.returncode is not None
    assert found is not None
    assert found.cost == pytest.approx(one_person_and_five_meals)
    assert found.people.sum() == 5 + 1 + 5  # shifts, crews, people by day


def test_a_process_that_is_too_late_is_ended_and_says_nothing():
    with SideSearch(errand_of(600.0)) as other:
        other._errand = errand_of(-1.0)
        assert other.answer() is None
    assert other._process.returncode == -signal.SIGKILL


def test_the_process_ends_with_the_one_that_started_it():
    with SideSearch(errand_of(600.0)) as other:
        time.sleep(0.1)
        pipe = other._process.stdin
        assert pipe is not None
        pipe.close()
        assert other._process.wait(timeout=30) == 0


def test_a_process_is_started_where_there_are_time_and_cores(monkeypatch):
    assert side_search(errand_of(1.0)) is None
    monkeypatch.setattr("os.process_cpu_count", lambda: 1)
    assert side_search(errand_of(600.0)) is None
    monkeypatch.setattr("os.process_cpu_count", lambda: 2)
    started = side_search(errand_of(600.0))
    assert started is not None
    with started:
        assert started._process.pid


def test_where_no_process_can_be_started_there_is_none(monkeypatch):
    def refused(*_, **__):
        raise OSError("no memory")

    monkeypatch.setattr("subprocess.Popen", refused)
    assert side_search(errand_of(600.0)) is None


@pytest.mark.parametrize(
    ("costs", "taken"),
    [((990.0, 980.0), 1), ((980.0, 990.0), 0), ((990.0, None), 0), ((100.0, 90.0), 0)],
    ids=["other", "own", "other too late", "own good enough"],
)
def test_the_better_week_of_both_processes_is_taken(
    costs, taken, model, relaxed, two_weeks, monkeypatch
):
    people = [found.people for found in two_weeks]
    weeks = [Annealed(p, cost) if cost else None for p, cost in zip(people, costs, strict=True)]

    class Other(SideSearch):
        def __init__(self, _):
            self._answer = weeks[1]

        def __exit__(self, *_):
            pass

        def answer(self):
            return self._answer

    monkeypatch.setattr("staffing.optimize.tours.week.anneal", lambda *_: weeks[0])
    monkeypatch.setattr("staffing.optimize.tours.week.side_search", Other)
    staff = _annealed(model, relaxed, 0, Ending(time.perf_counter() + 10.0, 0.0))
    assert staff is not None
    assert np.array_equal(staff.people, people[taken])
