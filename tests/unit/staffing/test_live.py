"""Live queues: repeated calls, chats side by side, idle people."""

import numpy as np
import pytest

from staffing.live import (
    idle_heads,
    live_heads,
    load_with_retries,
    offered_load,
    slots_required,
)
from staffing.queueing import performance
from tests.builders.staffing import HOURLY, live_target

LOADS = np.array([0.0, 0.4, 3.0, 17.2, 120.0])
HANGING_UP = live_target(patience_s=120.0, max_occupancy=1.0)


def test_load_is_arrivals_times_handling_time_per_hour():
    assert offered_load(np.array([24.0]), live_target(handle_time_s=300.0), HOURLY) == 2.0


def test_repeated_calls_add_up_to_what_the_queue_settles_at():
    """Each settled call is a first call, or one that hung up and tried again."""
    target = live_target(patience_s=60.0, retry_share=0.7)
    slots = np.array([0, 1, 2, 15, 110])
    settled = load_with_retries(LOADS, slots, target)
    lost = performance(settled, slots, 300.0, 20.0, patience_s=60.0).abandonment
    assert settled == pytest.approx(LOADS + 0.7 * lost * settled, rel=1e-8)
    assert (settled[1:] > LOADS[1:]).all()


def test_slots_meet_the_target_at_the_settled_load_and_one_fewer_does_not():
    target = live_target(patience_s=60.0, retry_share=0.7, max_occupancy=1.0, max_abandonment=0.03)
    slots = slots_required(LOADS, target)
    assert slots[0] == 0

    def met(count):
        load = load_with_retries(LOADS, count, target)
        got = performance(load, count, 300.0, 20.0, patience_s=60.0)
        return (got.service_level >= 0.8) & (got.abandonment <= 0.03)

    assert met(slots).all()
    assert not met(np.maximum(slots - 1, 0))[1:].any()


def test_people_who_call_again_take_more_agents_than_people_who_give_up():
    again = live_target(patience_s=30.0, retry_share=0.9, service_level=0.6)
    never = live_target(patience_s=30.0, service_level=0.6)
    assert (slots_required(LOADS, again) >= slots_required(LOADS, never)).all()
    assert slots_required(LOADS, again).sum() > slots_required(LOADS, never).sum()


def test_patience_needs_fewer_agents_than_endless_waiting():
    arrivals = LOADS * 12
    patient = live_heads(arrivals, live_target(max_occupancy=1.0), HOURLY)
    assert (live_heads(arrivals, HANGING_UP, HOURLY) <= patient).all()
    assert live_heads(arrivals, HANGING_UP, HOURLY)[-1] < patient[-1]


def test_three_chats_at_once_take_a_third_of_the_slots_as_heads():
    arrivals = LOADS * 12
    one = live_heads(arrivals, live_target(), HOURLY)
    assert live_heads(arrivals, live_target(concurrency=3), HOURLY) == pytest.approx(one / 3)


def test_idle_people_are_available_people_whom_no_contact_keeps_busy():
    idle = idle_heads(
        np.array([10.0, 10.0, 2.0]),
        np.array([0.8, 1.0, 1.0]),
        np.array([5.0, 6.0, 9.0]),
        live_target(concurrency=2),
    )
    assert idle == pytest.approx([5.5, 7.0, 0.0])
