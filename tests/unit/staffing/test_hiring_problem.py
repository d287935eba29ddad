"""What a hiring problem may not say is refused by field, with what is accepted."""

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from staffing.errors import BadInputError
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringLimit,
    HiringProblem,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
    Upskilling,
)
from tests.builders.hiring import full_term, pool, term


def refusal(**changes):
    with pytest.raises(BadInputError) as caught:
        term(pool(**changes))
    return str(caught.value)


POOL = [
    ("ramp[0]", {"ramp": (1.2,)}, "a share of full productivity, above 0, at most 1"),
    ("ramp[1]", {"ramp": (0.6, 0.5)}, "at least 0.6, as the week before"),
    ("ramp[0]", {"ramp": (0.0, 0.5)}, "above 0"),
    ("attrition[0]", {"attrition": (1.0,)}, "from 0 to below 1"),
    ("attrition[1]", {"attrition": (0.1, 1.5)}, "from 0 to below 1"),
    ("attrition[0]", {"attrition": (-0.1,)}, "from 0 to below 1"),
    ("attrition", {"attrition": ()}, "at least one weekly share"),
    ("early_loss", {"early_loss": 1.0}, "from 0 to below 1"),
    ("wage", {"wage": None}, "0 or more"),
    ("wage", {"wage": nan}, "0 or more"),
    ("wage", {"wage": inf}, "0 or more"),
    ("training_wage", {"training_wage": -1.0}, "0 or more"),
    ("hours_per_week", {"hours_per_week": 0.0}, "above 0, at most 168 h"),
    ("hours_per_week", {"hours_per_week": 169.0}, "above 0, at most 168 h"),
    ("hire_cost", {"hire_cost": -1.0}, "0 or more"),
    ("lead_weeks", {"lead_weeks": -1}, "whole weeks, 0 or more"),
    ("lead_weeks", {"lead_weeks": 1.5}, "whole weeks, 0 or more"),
    ("access_weeks", {"access_weeks": -1}, "whole weeks, 0 or more"),
    ("nesting_h[1]", {"nesting_h": (1.0, -1.0)}, "0 or more"),
    ("absence", {"absence": 1.0}, "from 0 to below 1"),
    ("absence[2]", {"absence": np.array([0, 0, 1.0, 0, 0, 0])}, "week 3"),
    ("absence", {"absence": np.zeros(5)}, "one value for each of 6 weeks"),
    ("need_h[1]", {"need_h": (1.0, -1.0, 1, 1, 1, 1)}, "0 or more, week 2"),
    ("need_h[0]", {"need_h": (nan,) * 6}, "0 or more, week 1"),
    ("staff[0].heads", {"staff": (StaffGroup(-1.0, 3),)}, "0 or more"),
    ("staff[1].tenure_weeks", {"staff": (StaffGroup(1, 3), StaffGroup(1, -3))}, "whole weeks"),
    ("go_live_max", {"go_live_max": -1.0}, "0 or more, infinite for no limit"),
    ("hires_max", {"hires_max": nan}, "0 or more, infinite for no limit"),
    ("class_size", {"class_size": 0}, "a whole number, 1 or more"),
    ("ahead_cost_per_h", {"ahead_cost_per_h": -0.1}, "0 or more"),
    ("shortfall_price", {"shortfall_price": -1.0}, "0 or more"),
    ("overtime.share_max", {"overtime": OvertimeTerms(1.0, -0.1)}, "0 or more"),
    ("overtime.window_weeks", {"overtime": OvertimeTerms(1.0, 0.1, 0, 0.1)}, "1 or more"),
    ("release.notice_weeks", {"release": ReleaseTerms(-1, 1.0)}, "whole weeks, 0 or more"),
    ("release.severance", {"release": ReleaseTerms(1, -1.0)}, "0 or more"),
    ("temporary.notice_weeks", {"temporary": TemporaryTerms(1, 1, 1, 1, -2)}, "whole weeks"),
    ("temporary.effectiveness", {"temporary": TemporaryTerms(1, 0.0, 1, 1)}, "above 0, at most 1"),
    ("temporary.min_weeks", {"temporary": TemporaryTerms(1, 1, 0, 1)}, "1 or more"),
    ("temporary.max_weeks", {"temporary": TemporaryTerms(1, 1, 3, 2)}, "at least min_weeks (3)"),
    ("cross_trained.effectiveness", {"cross_trained": CrossTrainedTerms(1, 1.1)}, "at most 1"),
    ("cross_trained.notice_weeks", {"cross_trained": CrossTrainedTerms(1, 1, -1)}, "whole weeks"),
    ("backlog.share", {"backlog": BacklogTerms(1.1, 1.0)}, "from 0 to 1"),
    ("backlog.weeks", {"backlog": BacklogTerms(0.1, -1.0)}, "0 or more"),
    ("backlog.opening_h", {"backlog": BacklogTerms(0.1, 1.0, 0.0, -1.0)}, "0 or more"),
]


@pytest.mark.parametrize(("field", "changes", "accepted"), POOL, ids=[row[0] for row in POOL])
def test_a_pool_is_refused_by_field(field, changes, accepted):
    text = refusal(**changes)
    assert text.startswith(f"pools[0].{field}: ")
    assert accepted in text
    assert ", records (found " in text


def test_everything_wrong_is_told_at_once():
    text = refusal(ramp=(2.0,), attrition=(1.0,), lead_weeks=-1)
    assert len(text.splitlines()) == 3


def way(**changes):
    return replace(Upskilling("records", "coding", 1.0, 1), **changes)


PROBLEM = [
    ("pools", {"pools": ()}, "at least one pool"),
    ("pools", {"pools": (pool(), pool())}, "a name of its own for each pool"),
    ("pools[1].need_h", {"pools": (pool(), pool("b", (1.0,)))}, "one value for each of 6 weeks"),
    ("pools[0].need_h", {"pools": (pool(need_h=()),)}, "one value for each week of the term"),
    ("upskillings[0].to_pool", {"upskillings": (way(to_pool="x"),)}, "one of the pools: records"),
    ("upskillings[0].to_pool", {"upskillings": (way(to_pool="records"),)}, "another pool"),
    ("upskillings[0].loss", {"upskillings": (way(loss=1.0),)}, "from 0 to below 1"),
    ("upskillings[0].weeks", {"upskillings": (way(weeks=-1),)}, "whole weeks, 0 or more"),
    ("upskillings[0].max_per_week", {"upskillings": (way(max_per_week=-1.0),)}, "0 or more"),
    ("upskillings", {"upskillings": (way(), way())}, "one way for a pair of pools"),
    ("limits[0].kind", {"limits": (HiringLimit("desks", "x", ("records",), 1.0),)}, "one of hires"),
    ("limits[0].pools", {"limits": (HiringLimit("seats", "x", (), 1.0),)}, "at least one pool"),
    ("limits[0].pools", {"limits": (HiringLimit("seats", "x", ("y",), 1.0),)}, "one of the pools"),
    (
        "limits[0].pools",
        {"limits": (HiringLimit("seats", "x", ("records", "records"), 1.0),)},
        "each pool once",
    ),
    (
        "limits[0].pools",
        {"limits": (HiringLimit("trainers", "x", ("records",), 1.0),)},
        "pools with a class_size, since trainers are limited",
    ),
    ("limits[0].most", {"limits": (HiringLimit("seats", "x", ("records",), -1.0),)}, "0 or more"),
    (
        "limits[0].most",
        {"limits": (HiringLimit("seats", "x", ("records",), np.ones(5)),)},
        "one value for each of 6 weeks",
    ),
    (
        "limits",
        {"limits": (HiringLimit("seats", "x", ("records",), 1.0),) * 2},
        "a name of its own for each limit",
    ),
    ("week_weights[5]", {"week_weights": np.array([1, 1, 1, 1, 1, 0.0])}, "above 0, at most 1"),
    ("week_weights", {"week_weights": np.ones(5)}, "one value for each of 6 weeks"),
]


@pytest.mark.parametrize(("field", "changes", "accepted"), PROBLEM, ids=[r[0] for r in PROBLEM])
def test_a_problem_is_refused_by_field(field, changes, accepted):
    with pytest.raises(BadInputError) as caught:
        HiringProblem(**({"pools": (pool(), pool("coding"))} | changes))
    assert str(caught.value).startswith(f"{field}: ")
    assert accepted in str(caught.value)


def test_what_can_be_meant_is_taken():
    assert full_term().num_weeks == 10
    assert term(pool(attrition=(0.999,), ramp=(0.5, 0.5, 1.0), absence=0.0)).num_weeks == 6
    assert term(pool(hours_per_week=np.int64(40), wage=np.float64(9))).pools[0].wage == 9


def test_a_pool_has_a_wage():
    with pytest.raises(TypeError, match="wage"):
        type(pool())(name="x", need_h=np.ones(3), hours_per_week=40.0)
