"""Two equal queues, 80 % in 20 s at 5 minutes: people of both skills, of one, and a mix."""

import csv
from pathlib import Path

import numpy as np
import pytest

from staffing.optimize.skills import skill_heads
from tests.builders.skills import BILINGUAL, english_and_spanish, specialists

TABLE = Path(__file__).with_name("staffing_two_skills.csv")
with TABLE.open(newline="") as file:
    ROWS = [{name: int(value) for name, value in row.items()} for row in csv.DictReader(file)]
QUEUES = english_and_spanish([row["load_each_e"] for row in ROWS])
POOLED = [row["pooled"] for row in ROWS]
DEDICATED = [row["dedicated"] for row in ROWS]


def test_people_of_one_skill_each_are_the_sum_of_the_queues_alone():
    plan = skill_heads(QUEUES, specialists(), simulation=None)
    assert plan.heads.tolist() == [[row["alone_each"] for row in ROWS]] * 2
    assert plan.dedicated_heads.tolist() == DEDICATED
    assert plan.pooling_credit.tolist() == [0] * len(ROWS)


@pytest.mark.parametrize("groups", [BILINGUAL, specialists(flexible_cost=1.0)])
def test_people_of_both_skills_are_one_pool_and_never_half_of_it(groups):
    """A person counted once per skill would give as few as one queue alone."""
    plan = skill_heads(QUEUES, groups, simulation=None)
    assert plan.heads.sum(axis=0).tolist() == POOLED == plan.pooled_bound.tolist()
    assert (plan.heads.sum(axis=0) > np.sum([queue.load for queue in QUEUES], axis=0)).all()


@pytest.mark.slow
@pytest.mark.parametrize("cost", [1.05, 1.15, 1.5])
def test_a_mix_lies_between_and_meets_both_targets_when_simulated(cost):
    groups = specialists(flexible_cost=cost)
    plan = skill_heads(english_and_spanish([5, 10]), groups)
    assert (plan.heads.sum(axis=0) >= POOLED[:2]).all()
    assert (plan.heads.sum(axis=0) <= DEDICATED[:2]).all()
    assert plan.service_level is not None
    assert (plan.service_level >= 0.8).all()
