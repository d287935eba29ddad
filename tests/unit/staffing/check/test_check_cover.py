"""Every rule of a cover: one that holds, and one broken in each way."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.check.cover_rules import check_cover
from staffing.shift_cover import CandidateShift, ShiftCover

SHIFTS = [CandidateShift("early", (0, 1), 10.0), CandidateShift("late", (1, 2), 12.0, limit=2)]
HEADS = [1, 3, 1.5]
GOOD = ShiftCover(
    status="feasible",
    counts={"early": 1, "late": 2},
    cost=34.0,
    bound=30.6,
    gap=0.1,
    shortfall=np.zeros(3),
    stop_reason="by hand",
)


def rules(cover, **options):
    return [violation.rule for violation in check_cover(HEADS, SHIFTS, cover, **options)]


def test_a_good_cover_breaks_no_rule():
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({"counts": {"early": 1}}, ["heads"]),
        ({"counts": {"early": 1, "late": 2, "night": 0}}, ["heads"]),
        ({"counts": {"early": 1.5, "late": 2}, "cost": 39.0, "bound": 35.1}, ["heads"]),
        ({"counts": {"early": 1, "late": 3}, "cost": 46.0, "bound": 41.4}, ["shift_limit"]),
        (
            {"counts": {"early": 0, "late": 2}, "cost": 24.0, "bound": 21.6},
            ["shortfall", "cover", "shortfall", "cover"],
        ),
        ({"shortfall": np.array([0, 0, 0.5])}, ["shortfall"]),
        ({"cost": 33.0}, ["roster_cost"]),
        ({"bound": 35.0, "gap": 0.0}, ["roster_cost"]),
        ({"gap": 0.05}, ["roster_cost"]),
        ({"bound": None}, ["roster_cost"]),
    ],
)
def test_each_rule_is_broken_by_one_change(changed, broken):
    assert rules(replace(GOOD, **changed)) == broken


def test_a_shortfall_stated_as_it_is_breaks_only_a_hard_cover():
    short = replace(GOOD, counts={"early": 0, "late": 2}, shortfall=np.array([1.0, 1.0, 0.0]))
    assert rules(replace(short, cost=24.0, bound=21.6)) == ["cover", "cover"]
    assert rules(replace(short, cost=34.0), shortfall_price=5) == []


def test_a_plan_that_is_declared_infeasible_may_be_short():
    short = replace(GOOD, counts={"early": 0, "late": 2}, shortfall=np.array([1.0, 1.0, 0.0]))
    assert rules(replace(short, status="infeasible", cost=24.0, bound=None, gap=None)) == []
