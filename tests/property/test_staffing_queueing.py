"""Laws of the live queue over loads, targets and thresholds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from staffing.queueing import agents_required, erlang_b, erlang_c, performance
from tests.builders.queueing import fewest_agents, waiting_probability

LOADS = st.floats(0.01, 60)
HANDLE = st.sampled_from([60.0, 300.0, 1800.0])
TARGETS = st.floats(0.3, 0.99)
THRESHOLDS = st.sampled_from([0.0, 20.0, 60.0, 900.0, 3600.0])
CAPS = st.sampled_from([1.0, 0.95, 0.85, 0.7])


@given(LOADS, HANDLE, TARGETS, THRESHOLDS, CAPS)
def test_agents_required_is_the_fewest_that_the_exact_chain_allows(
    load, handle, target, threshold, cap
):
    found = int(agents_required(load, handle, target, threshold, max_occupancy=cap))
    assert found == fewest_agents(load, handle, target, threshold, cap)


@given(LOADS, HANDLE, TARGETS, THRESHOLDS)
def test_one_agent_fewer_is_unstable_or_misses_the_target(load, handle, target, threshold):
    found = int(agents_required(load, handle, target, threshold))
    assert performance(load, found, handle, threshold).service_level >= target
    if found - 1 > load:
        assert performance(load, found - 1, handle, threshold).service_level < target


@given(LOADS, st.integers(1, 25))
def test_waiting_probability_matches_the_chain(load, spare):
    agents = int(load) + spare
    exact = float(waiting_probability(load, agents))
    assert np.isclose(erlang_c(load, agents), exact, rtol=1e-9, atol=1e-15)


@given(LOADS, HANDLE, THRESHOLDS)
def test_service_level_rises_with_agents_and_with_the_threshold(load, handle, threshold):
    agents = int(load) + np.arange(1, 20)
    by_agents = performance(load, agents, handle, threshold).service_level
    assert (np.diff(by_agents) >= -1e-12).all()
    later = performance(load, agents, handle, threshold + np.array([[0.0], [10.0], [1e6]]))
    assert (np.diff(later.service_level, axis=0) >= 0).all()
    assert ((later.service_level >= 0) & (later.service_level <= 1)).all()


@given(LOADS, LOADS, HANDLE, TARGETS, THRESHOLDS)
def test_more_load_never_takes_fewer_agents(one, other, handle, target, threshold):
    low, high = sorted((one, other))
    assert agents_required(low, handle, target, threshold) <= agents_required(
        high, handle, target, threshold
    )


@given(LOADS, LOADS, HANDLE, TARGETS, THRESHOLDS)
def test_two_queues_in_one_never_take_more_agents_than_apart(one, other, handle, target, threshold):
    apart = agents_required([one, other], handle, target, threshold).sum()
    assert agents_required(one + other, handle, target, threshold) <= apart


@given(st.floats(0, 200), st.integers(0, 200))
def test_blocking_is_a_probability_that_falls_with_agents(load, agents):
    fewer, more = erlang_b(load, [agents, agents + 1])
    assert 0 <= more <= fewer <= 1
