"""Laws of the event loop over random floors, and agreement with SimPy."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from staffing.simulation.draws import QueueLaw, Stream, draw_contacts
from staffing.simulation.engine import Floor, answer_times
from tests.builders.contact_centre import simpy_answer_times
from tests.builders.simulation import HOUR_S

INTERVALS = 5
SEEDS = st.integers(0, 10_000)
RATES = st.lists(st.floats(0, 30), min_size=INTERVALS, max_size=INTERVALS)
PEOPLE = st.lists(st.integers(0, 4), min_size=INTERVALS, max_size=INTERVALS)
PATIENCE = st.none() | st.floats(20, 2000)
VARIATION = st.none() | st.floats(0.05, 3)  # fixed times end on borders, where SimPy may go first


def drawn(rates, seed, patience_s=None, handle_time_cv=None):
    laws = tuple(QueueLaw(np.array(r), 400.0, handle_time_cv, patience_s) for r in rates)
    return draw_contacts(laws, HOUR_S, Stream(seed))


@st.composite
def floors(draw, queues=2):
    """Draw up to three groups, each with some of the queues."""
    skill_sets = st.sets(st.integers(0, queues - 1), min_size=1).map(lambda s: tuple(sorted(s)))
    skills = tuple(draw(st.lists(skill_sets, min_size=1, max_size=3)))
    return Floor(skills, np.array([draw(PEOPLE) for _ in skills]), HOUR_S)


@given(floors(), RATES, RATES, SEEDS, PATIENCE, VARIATION)
def test_every_contact_is_answered_when_simpy_says(floor, one, other, seed, patience, variation):
    calls = drawn((one, other), seed, patience, variation)
    found, expected = answer_times(calls, floor), simpy_answer_times(calls, floor)
    assert np.allclose(found, expected, rtol=0, atol=1e-6, equal_nan=True)


@given(RATES, PEOPLE, PEOPLE, SEEDS, VARIATION)
def test_more_people_answer_every_contact_of_a_patient_queue_no_later(
    rates, agents, extra, seed, variation
):
    """First in, first out: by induction over the contacts, each starts no later."""
    calls = drawn((rates,), seed, None, variation)
    few = Floor(((0,),), np.array([agents]), HOUR_S)
    many = replace(few, agents=few.agents + np.array([extra]))
    slow, fast = answer_times(calls, few), answer_times(calls, many)
    assert (np.nan_to_num(fast, nan=np.inf) <= np.nan_to_num(slow, nan=np.inf)).all()


@given(floors(), RATES, RATES, SEEDS, PATIENCE)
def test_nobody_is_answered_before_they_come_or_after_they_left(floor, one, other, seed, patience):
    calls = drawn((one, other), seed, patience)
    found = answer_times(calls, floor)
    answered = np.isfinite(found)
    wait = found[answered] - calls.arrival_s[answered]
    assert (wait >= 0).all()
    assert (wait <= calls.patience_s[answered] + 1e-6).all()
    assert (found[answered] < floor.end_s).all()


@given(floors(), RATES, RATES, SEEDS, PATIENCE)
def test_contacts_of_one_queue_are_answered_in_order(floor, one, other, seed, patience):
    calls = drawn((one, other), seed, patience)
    found = answer_times(calls, floor)
    for queue in (0, 1):
        times = found[calls.queue == queue]
        assert (np.diff(times[np.isfinite(times)]) >= 0).all()


@given(floors(), RATES, RATES, SEEDS)
def test_no_more_contacts_are_in_hand_than_ever_were_people(floor, one, other, seed):
    calls = drawn((one, other), seed)
    found = answer_times(calls, floor)
    answered = np.isfinite(found)
    begun, over = found[answered], (found + calls.handle_s)[answered]
    in_hand = [int(((begun <= t) & (over > t)).sum()) for t in begun]
    assert max(in_hand, default=0) <= floor.agents.max(axis=1).sum()
