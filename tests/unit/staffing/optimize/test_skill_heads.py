"""Least-cost heads by skill group: bounds, limits, search by simulation, time split."""

import numpy as np
import pytest

from staffing.check.skills import check_skill_plan
from staffing.errors import BadInputError, InfeasibleError
from staffing.optimize.skills import skill_heads
from staffing.simulation.steady import SteadyQueue, SteadySettings, steady_levels
from tests.builders.skills import BILINGUAL, QUICK, english_and_spanish, group, queue, specialists

MIX = specialists(flexible_cost=1.15)


def test_under_the_bounds_two_flexible_people_seem_to_be_enough():
    plan = skill_heads(english_and_spanish(5), MIX, simulation=None)
    assert plan.heads[:, 0].tolist() == [6, 6, 2]
    assert plan.service_level is None


def test_simulation_finds_them_too_few_and_asks_for_more():
    queues = english_and_spanish(5)
    steady = tuple(SteadyQueue(5.0, 300.0, 0.8, 20.0) for _ in queues)
    two, four = (
        steady_levels(steady, ((0,), (1,), (0, 1)), heads, SteadySettings())
        for heads in ([6, 6, 2], [5, 5, 4])
    )
    assert all(level.high < 0.8 for level in two if level)
    assert all(level.low > 0.8 for level in four if level)
    plan = skill_heads(queues, MIX)
    assert plan.bound_heads[:, 0].tolist() == [6, 6, 2]
    assert plan.heads[:, 0].tolist() == [5, 5, 4]
    assert plan.pooling_credit.tolist() == [2]
    assert plan.cost(MIX) == pytest.approx(14.6)


def test_one_pool_and_people_apart_need_no_search():
    for groups, heads in ((BILINGUAL, [14]), (specialists(), [8, 8])):
        plan = skill_heads(english_and_spanish(5), groups, simulation=QUICK)
        assert plan.heads[:, 0].tolist() == plan.bound_heads[:, 0].tolist() == heads


def test_flexible_people_who_cost_far_more_are_not_taken():
    plan = skill_heads(english_and_spanish(5), specialists(flexible_cost=3.0), simulation=QUICK)
    assert plan.heads[:, 0].tolist() == [8, 8, 0]


def test_of_plans_that_cost_the_same_the_flexible_one_is_taken():
    plan = skill_heads(english_and_spanish(5), specialists(flexible_cost=1.0), simulation=None)
    assert plan.heads[:, 0].tolist() == [0, 0, 14]


def test_intervals_of_the_same_loads_get_the_same_heads_in_their_own_order():
    plan = skill_heads(english_and_spanish([10, 0, 5, 10]), MIX, simulation=QUICK)
    assert plan.heads[:, 0].tolist() == plan.heads[:, 3].tolist()
    assert plan.heads[:, 1].tolist() == [0, 0, 0]
    assert plan.dedicated_heads.tolist() == [28, 0, 16, 28]
    assert plan.service_level is not None
    assert plan.service_level[:, 1].tolist() == [1, 1]
    assert check_skill_plan(english_and_spanish([10, 0, 5, 10]), MIX, plan) == ()


def test_time_goes_to_the_least_flexible_and_adds_up_to_the_load():
    plan = skill_heads(english_and_spanish(5, 7), MIX, simulation=None)
    split = plan.time_split[:, :, 0]
    assert np.allclose(split.sum(axis=0), [5, 7])
    assert (split.sum(axis=1) <= plan.heads[:, 0] + 1e-9).all()
    assert split[2].sum() == pytest.approx(
        max(0, 5 - plan.heads[0, 0]) + max(0, 7 - plan.heads[1, 0])
    )


def test_a_limit_is_kept_and_made_up_for_by_others():
    plan = skill_heads(english_and_spanish(10), specialists(1.0, limit=3), simulation=QUICK)
    assert plan.heads[2, 0] <= 3
    assert 25 <= plan.heads[:, 0].sum() <= 28


def test_limits_that_leave_queues_short_say_which_and_by_how_many():
    groups = [group("English", "en", limit=3), group("both", "en", "es", limit=4)]
    with pytest.raises(InfeasibleError, match=r"skill_limit: en and es: up to 25 heads") as error:
        skill_heads(english_and_spanish([0, 10, 5]), groups)
    assert [(s.where, s.heads) for s in error.value.shortages] == [
        ("interval 1", 18.0), ("interval 2", 7.0)
    ]  # fmt: skip


def test_limits_that_only_simulation_finds_too_low_are_an_error_too():
    groups = [
        group("English", "en", limit=31),
        group("Spanish", "es", limit=31),
        group("both", "en", "es", limit=5),
    ]
    bounds = skill_heads(english_and_spanish(30), groups, simulation=None)
    assert bounds.heads[:, 0].tolist() == [31, 31, 5]
    with pytest.raises(InfeasibleError, match="simulated queues miss their targets"):
        skill_heads(english_and_spanish(30), groups)


def test_a_chain_of_three_languages_shares_its_people():
    queues = [queue("en", 6), queue("es", 6), queue("fr", 6)]
    groups = [group("A", "en", "es"), group("B", "es", "fr"), group("C", "fr", "en")]
    plan = skill_heads(queues, groups, simulation=QUICK)
    assert plan.pooled_bound[0] <= plan.heads[:, 0].sum() < plan.dedicated_heads[0]
    assert check_skill_plan(queues, groups, plan) == ()


def test_the_same_seed_gives_the_same_plan():
    one, two = (skill_heads(english_and_spanish(5, 9), MIX, simulation=QUICK) for _ in range(2))
    assert (one.heads == two.heads).all()
    assert one.service_level is not None
    assert two.service_level is not None
    assert np.array_equal(one.service_level, two.service_level)


def test_bad_input_is_refused_before_any_work():
    with pytest.raises(BadInputError, match=r"queues\[0\].load"):
        skill_heads(english_and_spanish(-5), MIX)
