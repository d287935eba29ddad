"""Constant loads of several queues: against Erlang C, and how long they are played."""

import pytest

from staffing.errors import BadInputError
from staffing.queueing import performance
from staffing.simulation.steady import SteadyQueue, SteadySettings, steady_levels

LONG = SteadySettings(batch=10, most=10, contacts=20_000)


def steady(load, threshold_s=20.0, handle_time_s=300.0, service_level=0.8):
    return SteadyQueue(load, handle_time_s, service_level, threshold_s)


def test_queues_apart_are_each_as_erlang_c_says():
    queues = (steady(4.0), steady(9.0, threshold_s=60.0, handle_time_s=180.0))
    levels = steady_levels(queues, ((0,), (1,)), (6, 11), LONG)
    for queue, agents, level in zip(queues, (6, 11), levels, strict=True):
        theory = performance(queue.load, agents, queue.handle_time_s, queue.threshold_s)
        assert level is not None
        assert level.low < theory.service_level < level.high
        assert level.high - level.low < 0.05


def test_queues_answered_by_everybody_are_one_pool():
    theory = performance(12.0, 15, 300.0, 20.0).service_level
    for level in steady_levels((steady(5.0), steady(7.0)), ((0, 1),), (15,), LONG):
        assert level is not None
        assert level.low - 0.01 < theory < level.high + 0.01


def test_a_person_counted_once_per_skill_leaves_both_queues_unanswered():
    """Eight people of both skills are 'enough' for two queues of 5 E if each is counted twice."""
    for level in steady_levels((steady(5.0), steady(5.0)), ((0, 1),), (8,), LONG):
        assert level is not None
        assert level.high < 0.05


def test_a_queue_without_load_has_no_level():
    assert steady_levels((steady(0.0),), ((0,),), (3,), LONG) == (None,)
    idle, busy = steady_levels((steady(0.0), steady(2.0)), ((0, 1),), (4,), LONG)
    assert idle is None
    assert busy is not None


def test_runs_are_added_until_the_answer_is_clear_or_the_interval_narrow():
    def width(service_level, most):
        settings = SteadySettings(batch=6, most=most, contacts=2_000, precision=0.001)
        queue = steady(5.0, service_level=service_level)
        (level,) = steady_levels((queue,), ((0,),), (8,), settings)
        assert level is not None
        return level.high - level.low

    exact = float(performance(5.0, 8, 300.0, 20.0).service_level)
    assert width(0.5, most=60) == width(0.5, most=6)  # met beyond doubt after the first runs
    assert width(exact, most=48) < 0.6 * width(exact, most=6)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_plays_the_same_contacts(seed):
    settings = SteadySettings(batch=6, most=6, contacts=1_000, seed=seed)
    one, two = (steady_levels((steady(5.0),), ((0,),), (7,), settings) for _ in range(2))
    assert one == two
    other = SteadySettings(batch=6, most=6, contacts=1_000, seed=seed + 1)
    assert steady_levels((steady(5.0),), ((0,),), (7,), other) != one


@pytest.mark.parametrize(
    "changes", [{"batch": 5}, {"most": 9}, {"contacts": 0}, {"precision": 0.0}, {"seed": -1}]
)
def test_settings_out_of_range_are_refused_by_name(changes):
    with pytest.raises(BadInputError, match=f"simulation.{next(iter(changes))}"):
        SteadySettings(**changes)
