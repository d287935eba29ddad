"""Erlang C against the birth-death chain it is the closed form of."""

import math

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.queueing import agents_required, erlang_b, erlang_c, performance
from tests.builders.queueing import fewest_agents, service_level, waiting_probability

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


def test_known_tables_of_fewest_agents():
    """80 % in 20 s, 300 s calls, at most 85 % busy: the cap decides at 100 E, the queue at 10 E."""
    assert agents_required([10, 100], 300, 0.8, 20, max_occupancy=0.85).tolist() == [14, 118]
    assert agents_required(10, 300, 0.8, 20) == 14


@pytest.mark.parametrize(
    ("load", "handle_time_s", "target", "threshold_s"),
    [
        (0.568, 60, 0.6, 900),
        (0.568, 300, 0.6, 900),
        (0.568, 3600, 0.6, 900),
        (8.73, 60, 0.9, 3600),
        (8.73, 300, 0.9, 3600),
        (8.73, 3600, 0.9, 3600),
    ],
)
def test_long_thresholds_and_fractional_loads_need_no_agent_too_many(
    load, handle_time_s, target, threshold_s
):
    found = agents_required(load, handle_time_s, target, threshold_s)
    assert found == fewest_agents(load, handle_time_s, target, threshold_s)


def test_the_first_stable_number_is_tried():
    assert agents_required([0.568, 8.73], 300, [0.6, 0.9], [900, 3600]).tolist() == [1, 9]


def test_a_load_that_fills_the_cap_exactly_is_within_it():
    """2.1 E on 3 agents at 70 % is full, although 0.7 x 3 is below 2.1 in binary."""
    assert agents_required(2.1, 300, 0.01, 60, max_occupancy=0.7) == 3
    assert agents_required(8.5, 300, 0.01, 60, max_occupancy=0.85) == 10


def test_no_load_needs_nobody():
    assert agents_required([0.0, 0.0], 300, 0.8, 20).tolist() == [0, 0]
    idle = performance(0.0, 0, 300, 20)
    assert idle.service_level == 1
    assert idle.asa_s == 0
    assert idle.occupancy == 0


@pytest.mark.parametrize("agents", [9, 10])
def test_an_unstable_queue_is_an_error_that_names_the_load(agents):
    with pytest.raises(BadInputError, match=r"unstable.*load of 10 E") as raised:
        erlang_c([1.0, 10.0], agents)
    assert raised.value.issues[0].path == "agents"


def test_large_loads_neither_overflow_nor_lose_the_answer():
    found = agents_required([500.0, 5000.0], 300, 0.8, 20)
    assert (found > [500, 5000]).all()
    assert (found < [500 * 1.05, 5000 * 1.05]).all()


def test_inputs_broadcast_against_each_other():
    loads, thresholds = np.array([[1.0], [10.0]]), np.array([0.0, 20.0, 300.0])
    grid = agents_required(loads, 300, 0.8, thresholds)
    assert grid.shape == (2, 3)
    one_by_one = [
        [int(agents_required(load, 300, 0.8, threshold)) for threshold in thresholds]
        for load in loads[:, 0]
    ]
    assert grid.tolist() == one_by_one


GOOD = {
    "load": 10.0,
    "handle_time_s": 300.0,
    "service_level": 0.8,
    "threshold_s": 20.0,
    "max_occupancy": 0.85,
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("load", -1.0),
        ("load", math.nan),
        ("load", math.inf),
        ("handle_time_s", 0.0),
        ("handle_time_s", math.nan),
        ("handle_time_s", math.inf),
        ("service_level", 0.0),
        ("service_level", 1.0),
        ("service_level", math.nan),
        ("threshold_s", -1.0),
        ("threshold_s", math.nan),
        ("max_occupancy", 0.0),
        ("max_occupancy", 1.01),
        ("max_occupancy", math.nan),
    ],
)
def test_a_bad_input_is_named_with_its_value(field, value):
    good = [GOOD[field], value]  # one good interval beside the bad one
    with pytest.raises(BadInputError) as raised:
        agents_required(**(GOOD | {field: good}))
    assert raised.value.issues[0].path == field
    assert raised.value.issues[0].value == repr(value)


@pytest.mark.parametrize("agents", [-1, 2.5, math.nan, math.inf])
def test_agents_are_whole(agents):
    with pytest.raises(BadInputError) as raised:
        erlang_b(1.0, agents)
    assert raised.value.issues[0].path == "agents"


@pytest.mark.parametrize(("handle", "threshold", "field"), [(0, 20, "handle"), (300, -1, "thresh")])
def test_performance_refuses_impossible_times(handle, threshold, field):
    with pytest.raises(BadInputError, match=f"^{field}"):
        performance(1.0, 2, handle, threshold)
