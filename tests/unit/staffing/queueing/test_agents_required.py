"""The fewest agents: the true minimum, with and without abandonment."""

import math

import mpmath
import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.queueing import agents_required, performance
from tests.builders.impatient import fewest_impatient
from tests.builders.queueing import fewest_agents


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


@pytest.mark.parametrize(
    ("load", "handle_min", "threshold_min", "patience_min", "target", "fewest"),
    [
        (10, 5, 1 / 3, 2, 0.8, 12),
        (50, 5, 1 / 3, 2, 0.8, 51),
        (100, 5, 1 / 3, 2, 0.8, 98),
        (200, 5, 1 / 3, 2, 0.8, 190),
        (500, 5, 1 / 3, 2, 0.8, 459),
        (100, 8, 30, 60, 0.9, 91),
        (300, 8, 30, 60, 0.9, 271),
    ],
)
def test_with_abandonment_the_answer_lies_below_the_load(
    load, handle_min, threshold_min, patience_min, target, fewest
):
    times = (60 * handle_min, target, 60 * threshold_min, 60 * patience_min)
    assert agents_required(load, *times) == fewest
    with_one_fewer = performance(load, fewest - 1, times[0], times[2], times[3])
    assert with_one_fewer.service_level < target


def test_without_abandonment_the_same_queue_takes_a_tenth_more():
    """500 E: 513 if everybody waits for ever, 459 if callers wait two minutes."""
    assert agents_required(500, 300, 0.8, 20).tolist() == 513
    assert agents_required(500, 300, 0.8, 20, [120, 1e6]).tolist() == [459, 513]


@pytest.mark.parametrize("load", [0.3, 4.2])
@pytest.mark.parametrize("cap", [1.0, 0.05, 0.002])
def test_the_abandonment_cap_is_part_of_the_search(load, cap):
    found = agents_required(load, 300, 0.5, 20, 120, max_abandonment=cap)
    with mpmath.workdps(40):
        patience, threshold = mpmath.mpf(120) / 300, mpmath.mpf(20) / 120
        assert found == fewest_impatient(load, patience, 0.5, threshold, cap)


def test_the_occupancy_cap_counts_served_contacts_only():
    found = int(agents_required(100, 300, 0.8, 20, 120, max_occupancy=0.85))
    by_agents = performance(100, [found - 1, found], 300, 20, 120)
    assert by_agents.occupancy[1] <= 0.85 < by_agents.occupancy[0]
    assert found > agents_required(100, 300, 0.8, 20, 120)


def test_an_abandonment_cap_needs_a_patience():
    with pytest.raises(BadInputError, match="only with patience_s") as raised:
        agents_required(10, 300, 0.8, 20, max_abandonment=0.05)
    assert raised.value.issues[0].path == "max_abandonment"


@pytest.mark.parametrize("patience", [None, 120.0])
def test_closed_intervals_among_open_ones_need_nobody(patience):
    found = agents_required([0.0, 5.0, 0.0], 300, 0.8, 20, patience)
    assert found[[0, 2]].tolist() == [0, 0]
    assert found[1] > 0


@pytest.mark.parametrize("patience", [None, 120.0])
def test_a_scalar_gives_a_scalar(patience):
    found = agents_required(5.0, 300, 0.8, 20, patience)
    assert found.shape == ()
    assert found.dtype == np.int64


@pytest.mark.parametrize("patience", [None, 120.0])
@pytest.mark.parametrize("cap", [None, 0.85])
@pytest.mark.parametrize("threshold", [20.0, 3600.0])
def test_many_intervals_that_share_their_targets_are_answered_like_each_alone(
    patience, cap, threshold
):
    """Only loads differ: bins whose edges agree are not searched; whole loads sit on steps."""
    loads = np.concatenate(
        [np.linspace(0.01, 40, 397), np.arange(1.0, 40.0), np.arange(1, 40) * 0.85]
    )
    others = (np.full(loads.shape, 300.0), 0.8, threshold, patience, cap)
    assert agents_required(loads, *others).tolist() == (
        agents_required(loads, 300.0, *others[1:]).tolist()
    )


def test_one_load_many_times_over_is_answered_the_same():
    assert set(agents_required(np.full(1000, 12.3), 300, 0.8, 20).tolist()) == {16}


def test_shapes_that_do_not_fit_are_named():
    with pytest.raises(BadInputError, match=r"load \(3,\), handle_time_s \(2,\)"):
        agents_required([1.0, 2.0, 3.0], [300, 400], 0.8, 20)


@pytest.mark.parametrize(
    ("field", "value"),
    [("load", 2e9), ("max_occupancy", 1e-300), ("load", "ten"), ("patience_s", 0.0)],
)
def test_what_cannot_be_meant_is_refused(field, value):
    with pytest.raises(BadInputError) as raised:
        agents_required(**(GOOD | {"load": [1.0, 10.0]} | {field: value}))
    assert raised.value.issues[0].path == field
