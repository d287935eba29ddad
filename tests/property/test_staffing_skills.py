"""Laws of heads by skill group, over random loads, skill sets, costs and targets."""

from dataclasses import replace

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from staffing.check.skills import check_skill_plan
from staffing.optimize.skills import skill_heads
from staffing.skill_week import rounded_up
from staffing.skills import subset_needs
from tests.builders.skills import QUICK, group, queue

LOADS = st.sampled_from([0.0, 0.3, 2.0, 5.5, 11.0])
NAMES = ("en", "es", "fr")


@st.composite
def problems(draw, *, same_cost=False):
    """Draw two or three queues, and groups of which each queue has one."""
    names = NAMES[: draw(st.integers(2, 3))]
    queues = [
        queue(
            name,
            draw(LOADS),
            service_level=draw(st.sampled_from([0.7, 0.8, 0.95])),
            threshold_s=draw(st.sampled_from([10.0, 60.0])),
            handle_time_s=draw(st.sampled_from([180.0, 420.0])),
        )
        for name in names
    ]
    costs = st.just(1.0) if same_cost else st.sampled_from([0.8, 1.0, 1.3])
    sets = draw(st.lists(st.sets(st.sampled_from(names), min_size=1), max_size=2))
    groups = [group(f"only {name}", name, cost=draw(costs)) for name in names]
    groups += [
        group(f"group {i}", *(n for n in names if n in skills), cost=draw(costs))
        for i, skills in enumerate(sets)
    ]
    return queues, groups


@given(problems())
@settings(max_examples=40)
def test_a_plan_passes_its_independent_check(problem):
    queues, groups = problem
    plan = skill_heads(queues, groups, simulation=None)
    assert check_skill_plan(queues, groups, plan) == ()


@given(problems(same_cost=True))
@settings(max_examples=15)
def test_heads_lie_between_one_pool_and_people_apart(problem):
    queues, groups = problem
    plan = skill_heads(queues, groups, simulation=QUICK)
    heads, load = plan.heads.sum(axis=0), sum(queue.load for queue in queues)
    assert (heads >= plan.pooled_bound).all()
    assert (heads <= plan.dedicated_heads).all()
    assert ((heads > load) | (load == 0)).all()
    assert (plan.bound_heads.sum(axis=0) <= heads).all()


@given(problems(), st.sampled_from([0.8, 1.0, 1.3]))
@settings(max_examples=40)
def test_one_more_flexible_group_is_never_dearer(problem, cost):
    queues, groups = problem
    everything = group("everything", *(queue.name for queue in queues), cost=cost)
    before = skill_heads(queues, groups, simulation=None).cost(groups)
    after = skill_heads(queues, [*groups, everything], simulation=None)
    assert after.cost([*groups, everything]) <= before * (1 + 1e-4)


@given(problems(), st.integers(0, 2))
@settings(max_examples=40)
def test_more_work_is_never_cheaper(problem, which):
    """With targets alike: a pool of other contacts may have a longer mean handling time."""
    queues, groups = problem
    queues = [queue(one.name, *one.load) for one in queues]
    which %= len(queues)
    busier = [*queues]
    busier[which] = replace(queues[which], load=queues[which].load + 1.0)
    costs = [skill_heads(q, groups, simulation=None).cost(groups) for q in (queues, busier)]
    assert costs[0] <= costs[1] * (1 + 1e-4)


@given(problems())
@settings(max_examples=20)
def test_intervals_do_not_touch_each_other(problem):
    queues, groups = problem
    doubled = [replace(one, load=np.array([one.load[0], 3.0, one.load[0]])) for one in queues]
    alone = skill_heads(queues, groups, simulation=None).heads[:, 0]
    together = skill_heads(doubled, groups, simulation=None).heads
    assert together[:, 0].tolist() == together[:, 2].tolist() == alone.tolist()


WEEKS = st.integers(1, 12).flatmap(
    lambda size: st.lists(
        st.lists(st.floats(0, 30), min_size=size, max_size=size), min_size=2, max_size=3
    )
)


@given(WEEKS)
@example([[5e-324, 0.0], [0.0, 1.0]])  # a load whose rate of contacts is no number above 0
@settings(max_examples=40)
def test_loads_rounded_up_are_never_lower_and_leave_every_queue_alone_its_heads(weeks):
    queues = [queue(name, *load) for name, load in zip(NAMES, weeks, strict=False)]
    raised = rounded_up(queues)
    alone = 1 << np.arange(len(queues))
    exact, safe = subset_needs(queues), subset_needs(raised)
    assert (exact[alone] == safe[alone]).all()
    assert (exact <= safe).all()
    loads = np.array([one.load for one in raised])
    assert (loads >= [one.load for one in queues]).all()
    assert np.unique(loads, axis=1).shape[1] <= np.unique(exact, axis=1).shape[1]
