"""Erlang B and C up to 100,000 E against the forward recursion from no servers, in 40 digits."""

import math

import mpmath
import numpy as np
import pytest

from staffing.queueing import agents_required, erlang_b, erlang_c, performance

DEVIATIONS = (-40.0, -10.0, -8.5, -3.0, -0.5, 0.0, 0.5, 2.0, 6.0, 20.0, 35.0)
LOADS = (0.5, 3.7, 44.9, 333.3, 1e4, 1e5)


def servers_around(load):
    spread = [math.floor(load + d * math.sqrt(load)) for d in DEVIATIONS]
    return sorted({0, 1, *(n for n in spread if n > 1), math.floor(load) + 1})


def inverse_blocking(load, most):
    """1/B for 0, 1, ... `most` servers."""
    with mpmath.workdps(40):
        value, offered = mpmath.mpf(1), mpmath.mpf(load)
        found = [value]
        for servers in range(1, most + 1):
            value = 1 + value * servers / offered
            found.append(value)
    return found


@pytest.fixture(scope="module")
def recursions():
    return {load: inverse_blocking(load, servers_around(load)[-1]) for load in LOADS}


@pytest.mark.parametrize("load", LOADS)
def test_blocking_has_twelve_digits_far_below_and_above_the_load(recursions, load):
    servers = servers_around(load)
    exact = [float(1 / recursions[load][n]) for n in servers]
    np.testing.assert_allclose(erlang_b(load, servers), exact, rtol=1e-13)


@pytest.mark.parametrize("load", LOADS)
def test_waiting_and_lateness_have_twelve_digits(recursions, load):
    servers = [n for n in servers_around(load) if n > load]
    with mpmath.workdps(40):
        spare = [n - mpmath.mpf(load) for n in servers]
        blocking = [1 / recursions[load][n] for n in servers]
        waiting = [n * b / (n - load * (1 - b)) for n, b in zip(servers, blocking, strict=True)]
        late = [w * mpmath.exp(-s / 10) for w, s in zip(waiting, spare, strict=True)]
    np.testing.assert_allclose(erlang_c(load, servers), [float(w) for w in waiting], rtol=1e-12)
    found = performance(load, servers, 300, 30)
    np.testing.assert_allclose(
        found.service_level, [float(1 - share) for share in late], rtol=1e-14
    )
    asa = [float(300 * w / s) for w, s in zip(waiting, spare, strict=True)]
    np.testing.assert_allclose(found.asa_s, asa, rtol=1e-12)


def test_a_hundred_thousand_agents_for_half_an_erlang_block_nobody():
    """1/B is beyond any float there; no overflow is reported and no loop runs that far."""
    assert erlang_b([0.5, 1e5], [100_000, 10_000_000]).tolist() == [0, 0]
    assert erlang_c(0.5, 100_000) == 0


def test_one_agent_for_a_hundred_thousand_erlangs_blocks_nearly_all():
    assert erlang_b(1e5, 1) == pytest.approx(1e5 / (1 + 1e5), rel=1e-15)


@pytest.mark.parametrize("load", [1e-300, 1e-12, 1e-3])
def test_a_tiny_queue_waits_as_often_as_its_agent_works(load):
    assert erlang_c(load, 1) == pytest.approx(load, rel=1e-12)
    assert agents_required(load, 300, 0.8, 20) == 1


def test_fewest_agents_for_a_hundred_thousand_erlangs(recursions):
    """80 % in 20 s of 300 s calls: the recursion in 40 digits says the same."""
    found = int(agents_required(1e5, 300, 0.8, 20))
    with mpmath.workdps(40):
        for agents, meets in ((found - 1, False), (found, True)):
            blocking = 1 / recursions[1e5][agents]
            waiting = agents * blocking / (agents - 100_000 * (1 - blocking))
            late = waiting * mpmath.exp(-mpmath.mpf(agents - 100_000) / 15)
            assert (1 - late >= mpmath.mpf(0.8)) is meets


def test_an_answer_does_not_depend_on_its_neighbours():
    """Rows of all sizes run side by side; each gets to the last digit what it gets alone."""
    loads = np.geomspace(0.01, 3000, 50)
    agents = np.floor(loads) + np.arange(1, 51)
    together = erlang_c(loads, agents)
    alone = [erlang_c(load, n) for load, n in zip(loads, agents, strict=True)]
    np.testing.assert_allclose(together, alone, rtol=1e-15)
