"""The event loop: by hand, against SimPy contact by contact, and against theory."""

import numpy as np
import pytest

from staffing.queueing import performance
from staffing.simulation.draws import QueueLaw, Stream, draw_contacts
from staffing.simulation.engine import answer_times
from tests.builders.contact_centre import simpy_answer_times
from tests.builders.simulation import HOUR_S, contacts, floor, hang_up_share, steady

NOBODY = np.nan


def close(found, expected):
    return np.allclose(found, expected, rtol=0, atol=1e-6, equal_nan=True)


def test_contacts_are_answered_in_order_of_arrival():
    calls = contacts((10, 100), (20, 50), (30, 5))
    assert close(answer_times(calls, floor([1])), [10, 110, 160])
    assert close(answer_times(calls, floor([2])), [10, 20, 70])


def test_a_queue_is_carried_over_the_border_of_an_interval():
    calls = contacts((3500, 400), (3550, 10))
    assert close(answer_times(calls, floor([1, 1])), [3500, 3900])


def test_people_finish_the_contact_in_hand_when_their_shift_ends():
    calls = contacts((3500, 400), (3550, 10))
    assert close(answer_times(calls, floor([1, 0, 1])), [3500, 7200])


def test_one_of_two_leaves_when_the_first_contact_is_over():
    calls = contacts((3400, 1000), (3500, 400), (3550, 10), (3560, 10))
    assert close(answer_times(calls, floor([2, 1])), [3400, 3500, 4400, 4410])


def test_who_arrives_while_nobody_works_waits_for_the_next_shift():
    calls = contacts((4000, 60), (4010, 60))
    assert close(answer_times(calls, floor([1, 0, 2])), [7200, 7200])


def test_who_loses_patience_is_passed_over():
    calls = contacts((0, 100, 0, np.inf), (10, 60, 0, 50), (20, 60, 0, 500))
    assert close(answer_times(calls, floor([1])), [0, NOBODY, 100])


def test_who_is_not_reached_by_the_end_has_no_answer():
    calls = contacts((0, 9000), (10, 60))
    assert close(answer_times(calls, floor([1, 1])), [0, NOBODY])


def test_no_contact_and_nobody_at_work_is_fine():
    none = draw_contacts((QueueLaw(np.zeros(3), 300.0),), HOUR_S, Stream(1))
    assert answer_times(none, floor([0, 0, 0])).shape == (0,)


def test_the_least_flexible_idle_person_answers():
    """Both are idle: the specialist of queue 0 takes its contact, so queue 1 finds the other."""
    calls = contacts((10, 100, 0), (20, 100, 1))
    for skills in (((0, 1), (0,)), ((0,), (0, 1))):
        assert close(answer_times(calls, floor([1], [1], skills=skills)), [10, 20])


def test_a_flexible_person_takes_who_has_waited_longest():
    calls = contacts((10, 100, 0), (20, 50, 1), (15, 50, 0))
    calls = type(calls)(*(np.take(v, [0, 2, 1]) for v in vars(calls).values()))
    assert close(answer_times(calls, floor([1], skills=((0, 1),))), [10, 110, 160])


def test_nobody_answers_what_they_cannot():
    calls = contacts((10, 100, 0), (20, 100, 1))
    assert close(answer_times(calls, floor([3], skills=((0,),))), [10, NOBODY])


SKILL_SETS = {
    "one queue": ((0,),),
    "three groups": ((0,), (1,), (0, 1)),
    "a chain": ((0, 1), (1, 2), (2, 0)),
    "nested": ((0, 1, 2), (1,), (1, 2)),
}


@pytest.mark.parametrize("patience_s", [None, 120.0], ids=["patient", "impatient"])
@pytest.mark.parametrize("skills", SKILL_SETS.values(), ids=SKILL_SETS.keys())
@pytest.mark.parametrize("seed", [1, 2])
def test_every_contact_is_answered_when_simpy_says(skills, patience_s, seed):
    random = np.random.default_rng(seed)
    agents = random.integers(0, 5, (len(skills), 12))
    queues = max(max(group) for group in skills) + 1
    laws = tuple(
        QueueLaw(random.uniform(0, 45, 12), 300.0, patience_s=patience_s) for _ in range(queues)
    )
    calls = draw_contacts(laws, HOUR_S, Stream(seed))
    place = floor(*agents, skills=skills)
    found, expected = answer_times(calls, place), simpy_answer_times(calls, place)
    assert len(found) > 150
    assert np.isfinite(found).sum() > 100
    assert close(found, expected)


def shares_over(runs, what):
    """Mean and standard error of a figure of independent runs."""
    values = [what(*run) for run in runs]
    return np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))


def settled(what):
    """Look only at contacts that come well after the start and well before the end."""

    def figure(calls, answered):
        ours = (calls.arrival_s > 20 * HOUR_S) & (calls.arrival_s < 115 * HOUR_S)
        return what((answered - calls.arrival_s)[ours])

    return figure


@pytest.mark.parametrize(("load", "agents"), [(0.5, 2), (10.0, 13), (40.0, 44)])
def test_a_steady_queue_behaves_as_erlang_c_says(load, agents):
    runs = [steady(load, agents, stream=Stream(5, (r,))) for r in range(12)]
    theory = performance(load, agents, 300.0, 20.0)
    for what, expected in (
        (lambda wait: (wait <= 20).mean(), theory.service_level),
        (lambda wait: (wait > 0).mean(), theory.wait_probability),
        (np.mean, theory.asa_s),
    ):
        mean, error = shares_over(runs, settled(what))
        assert abs(mean - expected) < 3 * error
        assert error < 0.2 * expected


def test_a_queue_of_impatient_callers_behaves_as_the_birth_death_chain_says():
    load, agents, handle_s, patience_s = 20.0, 18, 300.0, 120.0
    runs = [steady(load, agents, stream=Stream(5, (r,)), patience_s=patience_s) for r in range(12)]
    hung_up = hang_up_share(load, agents, handle_s, patience_s)
    mean, error = shares_over(runs, settled(lambda wait: np.isnan(wait).mean()))
    assert abs(mean - hung_up) < 3 * error
    assert error < 0.03 * hung_up
