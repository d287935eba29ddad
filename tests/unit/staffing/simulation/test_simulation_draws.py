"""Random numbers: the laws asked for, and streams that do not touch each other."""

import numpy as np
import pytest

from staffing.simulation.draws import QueueLaw, Stream, draw_contacts, draw_people
from tests.builders.simulation import HOUR_S


def drawn(arrivals=(2000.0, 0.0, 6000.0), stream=None, **law):
    queue = QueueLaw(np.array(arrivals), 300.0, **law)
    return draw_contacts((queue,), HOUR_S, stream or Stream(3))


def test_contacts_arrive_in_order_at_the_rate_of_their_interval():
    calls = drawn()
    by_hour = np.bincount((calls.arrival_s // HOUR_S).astype(int), minlength=3)
    assert (np.diff(calls.arrival_s) >= 0).all()
    assert by_hour[1] == 0
    assert abs(by_hour[0] - 2000) < 4 * np.sqrt(2000)
    assert abs(by_hour[2] - 6000) < 4 * np.sqrt(6000)


@pytest.mark.parametrize(("cv", "variation"), [(None, 1.0), (0.5, 0.5), (2.0, 2.0), (0.0, 0.0)])
def test_handling_times_have_the_mean_and_variation_asked_for(cv, variation):
    times = drawn((200_000.0,), handle_time_cv=cv).handle_s
    assert np.isclose(times.mean(), 300, rtol=0.03)
    assert np.isclose(times.std() / times.mean(), variation, rtol=0.15, atol=1e-9)


def test_patience_is_endless_unless_given():
    assert np.isinf(drawn().patience_s).all()
    assert np.isclose(drawn((100_000.0,), patience_s=90.0).patience_s.mean(), 90, rtol=0.03)


def test_patience_and_variation_do_not_change_who_comes():
    """Common random numbers: the same contacts meet every plan."""
    plain, other = drawn(), drawn(patience_s=60.0, handle_time_cv=0.3)
    assert (plain.arrival_s == other.arrival_s).all()
    assert (plain.handle_s == drawn(patience_s=60.0).handle_s).all()


def test_streams_differ_by_seed_replication_and_queue():
    streams = [Stream(3), Stream(4), Stream(3, (0,)), Stream(3, (1,))]
    first = {float(drawn(stream=stream).arrival_s[0]) for stream in streams}
    two = draw_contacts(
        (QueueLaw(np.full(1, 500.0), 300.0), QueueLaw(np.full(1, 500.0), 300.0)), HOUR_S, Stream(3)
    )
    assert len(first) == 4
    assert not set(two.arrival_s[two.queue == 0]) & set(two.arrival_s[two.queue == 1])


def test_fractions_of_people_are_right_on_average_and_whole_ones_always_there():
    people = draw_people(np.full(20_000, 7.3), Stream(1))
    assert set(people.tolist()) == {7, 8}
    assert np.isclose(people.mean(), 7.3, atol=0.01)
    assert (draw_people(np.array([0.0, 4.0]), Stream(1)) == [0, 4]).all()
