"""Laws of the queue whose callers hang up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.queueing import agents_required, performance

LOADS = st.floats(0.01, 400)
HANDLE = st.sampled_from([60.0, 300.0, 1800.0])
PATIENCE = st.sampled_from([5.0, 60.0, 120.0, 600.0, 7200.0, 28_800.0])
TARGETS = st.floats(0.3, 0.99)
THRESHOLDS = st.sampled_from([0.0, 20.0, 60.0, 900.0, 3600.0, 300_000.0])
CAPS = st.sampled_from([1.0, 0.95, 0.85, 0.5])
ABANDONMENT = st.sampled_from([1.0, 0.2, 0.05, 0.001])


@given(LOADS, HANDLE, TARGETS, THRESHOLDS, PATIENCE, CAPS, ABANDONMENT)
def test_the_fewest_agents_meet_target_and_caps_and_one_fewer_does_not(
    load, handle, target, threshold, patience, cap, abandonment
):
    found = int(agents_required(load, handle, target, threshold, patience, cap, abandonment))
    measured = performance(load, [found - 1, found], handle, threshold, patience)
    met = measured.service_level >= target
    met &= measured.occupancy <= cap * (1 + 1e-12)
    met &= measured.abandonment <= abandonment
    if found == 1:
        met[0] = False  # nobody at work is never enough, although nobody is busy then
    assert met.tolist() == [False, True]


@given(LOADS, HANDLE, THRESHOLDS, PATIENCE)
def test_measures_improve_with_every_agent(load, handle, threshold, patience):
    agents = np.unique(np.linspace(0, 2 * load + 20, 60).astype(int))
    measured = performance(load, agents, handle, threshold, patience)
    rounding = 1e-13
    assert (np.diff(measured.service_level) >= -rounding).all()
    for falling in (measured.wait_probability, measured.abandonment, measured.asa_s / patience):
        assert (np.diff(falling) <= rounding).all()
    assert (np.diff(measured.occupancy[1:]) <= rounding).all()
    shares = (measured.service_level, measured.wait_probability, measured.abandonment)
    assert all(((share >= 0) & (share <= 1)).all() for share in shares)


@given(LOADS, st.floats(0.0, 2.0), HANDLE, PATIENCE)
def test_service_level_never_falls_as_the_threshold_grows(load, staffing, handle, patience):
    thresholds = np.concatenate([[0.0], np.geomspace(1e-3, 1e9, 80)])
    agents = round(load * staffing)
    level = performance(load, agents, handle, thresholds, patience).service_level
    assert (np.diff(level) >= -1e-13).all()


@given(LOADS, LOADS, HANDLE, TARGETS, THRESHOLDS, PATIENCE)
def test_more_load_never_takes_fewer_agents(one, other, handle, target, threshold, patience):
    fewest = agents_required(sorted((one, other)), handle, target, threshold, patience)
    assert fewest[0] <= fewest[1]


@given(st.floats(0.05, 60), HANDLE, TARGETS, THRESHOLDS)
@settings(max_examples=40)
def test_patience_without_end_is_erlang_c(load, handle, target, threshold):
    """The few who hang up, of ``load / spare`` waiting, shift a flow that drains at `spare`."""
    agents = int(load) + np.arange(1, 12)
    patience = 1e8 * handle / max(load, 1)
    patient = performance(load, agents, handle, threshold)
    nearly = performance(load, agents, handle, threshold, patience)
    loose = 1e-9 + 2 * max(load, 1) * handle / patience / (agents - load) ** 2
    assert (np.abs(nearly.service_level - patient.service_level) <= loose).all()
    assert (np.abs(nearly.wait_probability - patient.wait_probability) <= loose).all()


@given(LOADS, HANDLE, TARGETS, THRESHOLDS, PATIENCE)
def test_callers_who_hang_up_never_make_more_wait(load, handle, target, threshold, patience):
    agents = int(load) + np.arange(1, 12)
    impatient = performance(load, agents, handle, threshold, patience)
    patient = performance(load, agents, handle, threshold)
    assert (impatient.wait_probability <= patient.wait_probability + 1e-13).all()


@given(st.lists(st.floats(0, 80), min_size=1, max_size=400), HANDLE, TARGETS, THRESHOLDS)
@settings(max_examples=30)
def test_intervals_answered_together_get_what_each_gets_alone(loads, handle, target, threshold):
    together = agents_required(loads, handle, target, threshold)
    apart = agents_required(loads, np.full(len(loads), handle), target, threshold)
    assert together.tolist() == apart.tolist()
