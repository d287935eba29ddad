"""Erlang A against its birth-death chain, from nobody at work to far more than the load."""

import math

import mpmath
import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.queueing import performance
from staffing.queueing.abandonment import ImpatientQueues, fates
from tests.builders.impatient import impatient_chain, late_share

AHT = 300
SMALL = [(0.05, 1), (1.0, 1), (1.0, 3), (9.3, 4), (9.3, 9), (9.3, 14), (20.0, 19)]


@pytest.fixture(autouse=True)
def forty_digits():
    with mpmath.workdps(40):
        yield


@pytest.mark.parametrize(("load", "agents"), SMALL)
@pytest.mark.parametrize("patience_s", [15, 120, 600])
@pytest.mark.parametrize("threshold_s", [0, 20, 150])
def test_fates_are_those_of_callers_followed_one_by_one(load, agents, patience_s, threshold_s):
    chain = impatient_chain(load, agents, mpmath.mpf(patience_s) / AHT)
    late = chain.late(mpmath.mpf(threshold_s) / patience_s)
    found = performance(load, agents, AHT, threshold_s, patience_s)
    assert found.wait_probability == pytest.approx(float(chain.wait_probability), rel=1e-12)
    assert found.abandonment == pytest.approx(float(chain.abandonment), rel=1e-12)
    assert found.service_level == pytest.approx(float(1 - chain.abandonment - late), abs=1e-14)
    queues = ImpatientQueues(*np.array([[load], [patience_s / AHT], [threshold_s / patience_s]]))
    assert fates(queues, np.array([float(agents)])).late[0] == pytest.approx(float(late), rel=1e-11)


@pytest.mark.parametrize(("load", "patience_s"), [(50, 3600), (500, 120), (3000, 600), (2.5, 9e4)])
@pytest.mark.parametrize("staffing", [0.2, 0.8, 0.97, 1.0, 1.03, 1.2])
@pytest.mark.parametrize("threshold_s", [0, 20, 300])
def test_large_queues_have_all_digits_short_of_staff_and_well_staffed(
    load, patience_s, staffing, threshold_s
):
    """Where sums of waiting states outgrow every float, or hold thousands of terms."""
    agents = math.ceil(load * staffing)
    chain = impatient_chain(load, agents, mpmath.mpf(patience_s) / AHT)
    missed = chain.abandonment + late_share(
        load, agents, mpmath.mpf(patience_s) / AHT, mpmath.mpf(threshold_s) / patience_s
    )
    found = performance(load, agents, AHT, threshold_s, patience_s)
    assert found.wait_probability == pytest.approx(float(chain.wait_probability), rel=1e-12)
    assert found.abandonment == pytest.approx(float(chain.abandonment), rel=1e-12)
    assert found.service_level == pytest.approx(float(1 - missed), abs=1e-13)


def test_both_references_agree_on_who_is_answered_late():
    chain = impatient_chain(9.3, 9, mpmath.mpf("0.4"))
    closed = late_share(9.3, 9, mpmath.mpf("0.4"), mpmath.mpf("0.2"))
    assert float(chain.late(mpmath.mpf("0.2"))) == pytest.approx(float(closed), rel=1e-20)


def test_speed_of_answer_is_the_mean_wait_of_all_offered():
    """By Little's law: callers in queue over arrivals, those who hang up included."""
    chain = impatient_chain(9.3, 9, mpmath.mpf("0.4"))
    queue = sum(j * w for j, w in enumerate(chain.waiting)) / chain.total
    arrivals_per_s = 9.3 / AHT
    assert performance(9.3, 9, AHT, 20, 120).asa_s == pytest.approx(
        float(queue) / arrivals_per_s, rel=1e-12
    )


def test_nobody_at_work_answers_nobody():
    found = performance([3.0, 3000.0], 0, AHT, [20, 1e9], 120)
    assert found.abandonment.tolist() == [1, 1]
    assert found.service_level.tolist() == [0, 0]
    assert found.wait_probability.tolist() == [1, 1]
    assert found.occupancy.tolist() == [0, 0]
    assert found.asa_s == pytest.approx(120)


def test_no_contacts_abandon_nothing():
    idle = performance([0.0, 0.0], [0, 5], AHT, 20, 120)
    assert idle.service_level.tolist() == [1, 1]
    assert idle.abandonment.tolist() == [0, 0]


def test_service_level_does_not_fall_when_the_threshold_is_hours():
    """20 E, 19 agents, patience 8 h: 0.950 after an hour, no less after 100 minutes or ever."""
    levels = performance(20, 19, 180, [600, 3600, 6000, 180_000, 1e12, math.inf], 28_800)
    assert levels.service_level[1] == pytest.approx(0.950, abs=5e-4)
    assert (np.diff(levels.service_level) >= 0).all()
    assert levels.service_level[-1] == pytest.approx(1 - levels.abandonment[-1])


def test_busy_time_is_that_of_the_contacts_served():
    found = performance(100, 80, AHT, 20, 120)
    assert found.occupancy == pytest.approx(100 * (1 - found.abandonment) / 80)
    assert 0.99 < found.occupancy < 1


def test_a_hundred_thousand_erlangs_short_of_staff_neither_overflow_nor_lose_flow():
    """Agents who are never idle serve n / load of all contacts."""
    found = performance(1e5, [1000, 50_000, 90_000, 150_000], AHT, 20, 120)
    assert found.abandonment[:3] == pytest.approx(1 - np.array([0.01, 0.5, 0.9]), abs=1e-12)
    assert found.abandonment[3] == 0


def test_unstable_load_is_no_error_when_callers_hang_up():
    assert 0 < performance(10, 10, AHT, 20, 120).service_level < 1


@pytest.mark.parametrize("patience_s", [0, -1, math.nan, math.inf, 1e15])
def test_patience_is_a_time_above_zero_or_left_out(patience_s):
    with pytest.raises(BadInputError, match=r"^patience_s: .*leave it out where nobody hangs up"):
        performance(10, 10, AHT, 20, patience_s)
