"""The checker of skill plans passes sound plans and finds every kind of broken one."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import staffing.check.skills
from staffing.check.skills import check_skill_plan
from staffing.optimize.skills import skill_heads
from tests.builders.skills import QUICK, english_and_spanish, specialists

QUEUES = english_and_spanish([5, 0, 9])
GROUPS = specialists(flexible_cost=1.15, limit=6)
ENGLISH, SPANISH, BOTH = range(3)


@pytest.fixture(scope="module")
def plan():
    return skill_heads(QUEUES, GROUPS, simulation=QUICK)


def changed(name, *at, by):
    """Add to one figure of a plan."""

    def change(plan):
        figures = np.array(getattr(plan, name), dtype=float)
        figures[at] += by
        return replace(plan, **{name: figures})

    return change


def shared_twice(plan):
    """Let everybody of both languages answer both at once, as if counted per skill."""
    heads = np.zeros_like(plan.heads)
    heads[BOTH] = plan.dedicated_heads // 2
    return replace(plan, heads=heads, bound_heads=heads)


MUTATIONS = {
    "too short": ("skill_figures", lambda plan: replace(plan, heads=plan.heads[:, :2])),
    "not finite": ("skill_figures", changed("time_split", 0, 0, 0, by=np.inf)),
    "no level": ("skill_figures", lambda plan: replace(plan, service_level=np.ones(3))),
    "half a person": ("skill_limit", changed("heads", ENGLISH, 0, by=0.5)),
    "less than nobody": ("skill_limit", changed("bound_heads", ENGLISH, 1, by=-1)),
    "over the limit": ("skill_limit", changed("heads", BOTH, 0, by=7)),
    "counted twice": ("skill_cover", shared_twice),
    "one fewer than the bound": ("skill_cover", changed("bound_heads", ENGLISH, 2, by=-1)),
    "pooled bound": ("skill_bound", changed("pooled_bound", 2, by=-1)),
    "dedicated heads": ("skill_bound", changed("dedicated_heads", 0, by=1)),
    "negative time": ("skill_time", changed("time_split", ENGLISH, 0, 1, by=-0.1)),
    "time on what they cannot": ("skill_time", changed("time_split", ENGLISH, 1, 0, by=0.1)),
    "more time than people": ("skill_time", changed("time_split", BOTH, 0, 0, by=9)),
    "less time than work": ("skill_time", changed("time_split", SPANISH, 1, 2, by=-0.1)),
    "missed": ("skill_level", changed("service_level", 1, 2, by=-0.5)),
}


def test_a_sound_plan_has_no_violation(plan):
    assert check_skill_plan(QUEUES, GROUPS, plan) == ()
    unsimulated = skill_heads(QUEUES, GROUPS, simulation=None)
    assert check_skill_plan(QUEUES, GROUPS, unsimulated) == ()


@pytest.mark.parametrize(("rule", "change"), MUTATIONS.values(), ids=MUTATIONS)
def test_a_broken_skill_plan_is_found_out_by_its_rule(plan, rule, change):
    assert rule in {v.rule for v in check_skill_plan(QUEUES, GROUPS, change(plan))}


def test_every_rule_has_a_broken_plan():
    tree = ast.parse(Path(staffing.check.skills.__file__).read_text())
    rules = {
        ast.literal_eval(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Violation"
    }
    assert rules == {rule for rule, _ in MUTATIONS.values()}


def test_a_violation_names_queues_interval_and_heads(plan):
    broken = MUTATIONS["counted twice"][1](plan)
    found = [str(v) for v in check_skill_plan(QUEUES, GROUPS, broken)]
    assert "skill_cover at en + es, interval 0: heads: 8 can answer, 14 are needed" in found
