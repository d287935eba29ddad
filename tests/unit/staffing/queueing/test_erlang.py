"""Erlang B and C against the birth-death chain they are the closed forms of."""

import math

import pytest

from staffing.errors import BadInputError
from staffing.queueing import erlang_b, erlang_c, performance
from tests.builders.queueing import service_level, waiting_probability

LOADS = [0.05, 0.568, 1.0, 2.5, 8.73, 10.0, 29.99, 60.0]


@pytest.mark.parametrize("load", LOADS)
@pytest.mark.parametrize("spare", [1, 2, 7])
def test_waiting_probability_is_that_of_the_birth_death_chain(load, spare):
    agents = math.floor(load) + spare
    assert erlang_c(load, agents) == pytest.approx(
        float(waiting_probability(load, agents)), rel=1e-12
    )


@pytest.mark.parametrize(("load", "agents"), [(1, 1), (2, 3), (5, 5), (12.5, 20)])
def test_blocking_is_the_last_state_of_the_loss_chain(load, agents):
    weights = [load**k / math.factorial(k) for k in range(agents + 1)]
    assert erlang_b(load, agents) == pytest.approx(weights[-1] / sum(weights), rel=1e-12)


def test_one_agent_waits_as_often_as_it_works():
    """M/M/1: the waiting probability is the load."""
    assert erlang_c(0.7, 1) == pytest.approx(0.7)


def test_service_level_and_speed_of_answer_of_a_known_table():
    """10 E of 300 s calls on 14 agents: 17.4 % wait, 13.1 s on average, 86.7 % within 20 s."""
    known = performance(10, 14, 300, 20)
    assert known.wait_probability == pytest.approx(0.1741, abs=5e-5)
    assert known.asa_s == pytest.approx(13.06, abs=0.01)
    assert known.service_level == pytest.approx(float(service_level(10, 14, 300, 20)))
    assert known.service_level == pytest.approx(0.8666, abs=5e-5)
    assert known.occupancy == pytest.approx(10 / 14)


@pytest.mark.parametrize("agents", [9, 10])
def test_an_unstable_queue_is_an_error_that_names_the_load(agents):
    with pytest.raises(BadInputError, match=r"unstable.*load of 10 E") as raised:
        erlang_c([1.0, 10.0], agents)
    assert raised.value.issues[0].path == "agents"


@pytest.mark.parametrize("agents", [-1, 2.5, math.nan, math.inf])
def test_agents_are_whole(agents):
    with pytest.raises(BadInputError) as raised:
        erlang_b(1.0, agents)
    assert raised.value.issues[0].path == "agents"


@pytest.mark.parametrize(("handle", "threshold", "field"), [(0, 20, "handle"), (300, -1, "thresh")])
def test_performance_refuses_impossible_times(handle, threshold, field):
    with pytest.raises(BadInputError, match=f"^{field}"):
        performance(1.0, 2, handle, threshold)
