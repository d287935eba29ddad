"""One row per rule of hiring: the most that it allows, and the least that it refuses.

All work must be done by ten experienced people of 40 hours a week unless a row says otherwise.
"""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from staffing.check.hiring import check_hiring_plan
from staffing.errors import InfeasibleError
from staffing.hiring.problem import (
    BacklogTerms,
    CrossTrainedTerms,
    HiringLimit,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
    Upskilling,
)
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.hiring import pool, term

TEN = StaffGroup(10.0, 52)
strict = partial(pool, shortfall_price=None)
closed = partial(strict, hires_max=0.0)  # nobody can be hired


def limited(kind, most, **changes):
    """One more person is needed in week 2, where a limit of some kind holds."""
    return term(
        strict(need_h=(400, 440), **changes), limits=(HiringLimit(kind, "x", ("records",), most),)
    )


def classes(kind, most, need, **changes):
    changes = {"class_size": 3, "lead_weeks": 2} | changes
    limit = HiringLimit(kind, "x", ("records",), most)
    return term(strict(need_h=need, **changes), limits=(limit,), whole_people=True)


def upskilled(need_h=360, **changes):
    """One more person is needed in week 3; somebody of another pool may learn the work."""
    way = Upskilling("coding", "records", 100.0, 2)
    pools = (closed(need_h=(400, 400, 440)), closed("coding", need_h=(need_h,) * 3))
    return term(*pools, upskillings=(replace(way, **changes),))


def replaced(seats):
    """Somebody learns for two weeks and is replaced, who needs a seat of their own."""
    way = Upskilling("coding", "records", 100.0, 2)
    pools = (closed(need_h=(400, 400, 440)), strict("coding", need_h=(400, 400, 400)))
    most = np.array([seats, 21, 21.0])
    limit = HiringLimit("seats", "x", ("records", "coding"), most)
    return term(*pools, upskillings=(way,), limits=(limit,))


def released(notice_weeks):
    """Half of the seats go in week 3."""
    seats = HiringLimit("seats", "x", ("records",), np.array([10, 10, 5.0]))
    release = ReleaseTerms(notice_weeks, 0.0)
    return term(closed(need_h=(200,) * 3, release=release), limits=(seats,))


def contract(min_weeks):
    """One person more in week 1, and no seat for them in week 2."""
    seats = HiringLimit("seats", "x", ("records",), np.array([11, 10.0]))
    temporary = TemporaryTerms(1000.0, 1.0, min_weeks, max_weeks=9)
    return term(closed(need_h=(440, 400), temporary=temporary), limits=(seats,))


def window(second_h):
    overtime = OvertimeTerms(30.0, 0.2, window_weeks=2, window_share_max=0.05)
    return term(closed(need_h=(410, second_h), overtime=overtime))


def waits(need, share=0.5, weeks=1.0, **changes):
    return term(closed(need_h=need, backlog=BacklogTerms(share, weeks, **changes)))


def hired(need=(400, 440), **changes):
    return term(strict(need_h=need, **changes))


# Rule: problem by one figure, the last figure that it allows, the first that it refuses.
RULES = {
    "training lead": (lambda v: hired((400, 400, 400, 440), lead_weeks=v), 3, 4),
    "access to the client": (
        lambda v: hired((400, 400, 400, 440), lead_weeks=2, access_weeks=v),
        1,
        2,
    ),
    "ramp": (lambda v: hired((440,), ramp=(0.5,), hires_max=v), 2.0, 1.99),
    "ramp, second week": (lambda v: hired((400, 440), ramp=(0.5, v), hires_max=1 / 1.5), 1.0, 0.99),
    "nesting": (lambda v: hired((v, 440), lead_weeks=1, nesting_h=(4.0,)), 396, 396.1),
    "nesting by experienced people only": (
        lambda v: hired(  # one of them, and ten in their ramp, who do not teach
            (0, 436),
            lead_weeks=1,
            ramp=(0.9,) * 9,
            nesting_h=(v,),
            staff=(StaffGroup(1.0, 52), StaffGroup(10.0, 1)),
        ),
        40,
        40.1,
    ),
    "attrition by tenure": (
        lambda v: hired(lead_weeks=1, attrition=(0.5, 0.0), hires_max=v),
        2.0,
        1.99,
    ),
    "attrition of experienced people": (
        lambda v: term(closed(need_h=(400, v), attrition=(0.1,))),
        360,
        361,
    ),
    "early loss of a class": (
        lambda v: hired(lead_weeks=1, early_loss=0.2, hires_max=v),
        1.25,
        1.24,
    ),
    "early loss without training": (
        lambda v: hired((440,), early_loss=0.2, hires_max=v),
        1.25,
        1.24,
    ),
    "most hires a week": (lambda v: hired((440,), hires_max=v), 1.0, 0.99),
    "class size": (lambda v: classes("classes", 1.0, (400, 400, v)), 520, 521),
    "trainers": (lambda v: classes("trainers", 1.0, (400, 400, 520, v, 640)), 520, 521),
    "trainers of people still in training": (
        lambda v: classes("trainers", 1.0, (400, 400, 460), staff=(TEN, StaffGroup(v, 0))),
        0.0,
        0.1,
    ),
    "overtime of a week": (
        lambda v: term(closed(need_h=(v,), overtime=OvertimeTerms(30.0, 0.1))),
        440,
        440.1,
    ),
    "overtime of rolling weeks": (window, 430, 430.1),
    "overtime of the term": (
        lambda v: term(closed(need_h=(440, 400, v), overtime=OvertimeTerms(1.0, 0.2, None, 0.05))),
        420,
        420.1,
    ),
    "release notice": (released, 2, 3),
    "shortest contract": (contract, 1, 2),
    "contract notice": (
        lambda v: term(closed(need_h=(400, 440), temporary=TemporaryTerms(1.0, 1.0, 1, 1, v))),
        1,
        2,
    ),
    "contract effectiveness": (
        lambda v: limited("temporary", 1.25, hires_max=0.0, temporary=TemporaryTerms(1.0, v, 1, 1)),
        0.8,
        0.79,
    ),
    "cross-trained notice": (
        lambda v: term(closed(need_h=(400, 440), cross_trained=CrossTrainedTerms(1.0, 1.0, v))),
        1,
        2,
    ),
    "cross-trained effectiveness": (
        lambda v: limited(
            "cross_trained", 2, hires_max=0.0, cross_trained=CrossTrainedTerms(1.0, v)
        ),
        0.5,
        0.49,
    ),
    "upskilling time": (lambda v: upskilled(weeks=v), 2, 3),
    "upskilling loss": (lambda v: upskilled(350, loss=v), 0.2, 0.21),
    "upskilling takes people away": (upskilled, 360, 360.1),
    "upskilling capacity": (lambda v: upskilled(max_per_week=v), 1.0, 0.99),
    "upskilling share": (lambda v: upskilled(share_max=v), 0.1, 0.099),
    "seats": (lambda v: limited("seats", v), 11, 10.9),
    "seats of trainees": (lambda v: limited("seats", v, lead_weeks=1), 11, 10.9),
    "seats over time": (lambda v: limited("seats", np.array([10, v])), 11, 10.9),
    "seats of learners": (replaced, 21, 20.9),
    "licences": (lambda v: limited("licences", v), 11, 10.9),
    "licences from access on": (
        lambda v: limited("licences", np.array([v, 11]), lead_weeks=1),
        10,
        9.9,
    ),
    "hires of pools together": (lambda v: limited("hires", np.array([0, v])), 1.0, 0.9),
    "absence": (lambda v: term(closed(need_h=(400, v), absence=np.array([0.0, 0.1]))), 360, 361),
    "backlog share": (lambda v: waits((440, 300), share=v), 0.1, 0.09),
    "backlog turnaround": (lambda v: waits((500, 500, 200), share=0.3, weeks=v), 2.0, 1.0),
    "backlog turnaround in part": (lambda v: waits((500, 500, 200), 0.3, weeks=v), 4 / 3, 1.3),
    "backlog of the first day": (
        lambda v: waits((400, 300), share=0, weeks=2.0, opening_h=v),
        100,
        101,
    ),
    "backlog of the first day in time": (
        lambda v: waits((400, 300), share=0, weeks=v, opening_h=100),
        2.0,
        1.9,
    ),
    "nothing waits after the term": (lambda v: waits((300, v)), 400, 401),
    "hours that wait for a cut week": (
        lambda v: replace(waits((440, v)), week_weights=np.array([1, 0.5])),
        320,
        320.1,
    ),
    "hours ahead of a cut week": (
        lambda v: term(
            closed(need_h=(380, v), ahead_cost_per_h=0.0), week_weights=np.array([1, 0.5])
        ),
        440,
        440.1,
    ),
    "overtime of rolling weeks, one cut": (
        lambda v: replace(window(v), week_weights=np.array([1, 0.5])),
        440,
        440.1,
    ),
    "work ahead": (lambda v: term(closed(need_h=(360, v), ahead_cost_per_h=0.0)), 440, 440.1),
    "work ahead is not of the past": (
        lambda v: term(closed(need_h=(v, 0), ahead_cost_per_h=0.0)),
        400,
        401,
    ),
    "staff in training": (
        lambda v: term(closed(need_h=(400, 440), lead_weeks=2, staff=(TEN, StaffGroup(1, v)))),
        1,
        0,
    ),
    "staff in ramp": (
        lambda v: term(closed(need_h=(420,), ramp=(0.2, 0.5), staff=(TEN, StaffGroup(1, v)))),
        1,
        0,
    ),
    "staff in training meet the early loss": (
        lambda v: term(
            closed(need_h=(400, v), lead_weeks=1, early_loss=0.5, staff=(TEN, StaffGroup(1, 0)))
        ),
        420,
        421,
    ),
    "team of the first day": (lambda v: term(closed(need_h=(440,), go_live_max=v)), 1, 0.9),
    "whole people": (lambda v: replace(hired((440,), hires_max=v), whole_people=True), 1, 0.9),
}


@pytest.mark.parametrize(("problem", "allowed", "refused"), RULES.values(), ids=RULES)
def test_a_rule_allows_its_most_and_refuses_more(problem, allowed, refused):
    possible = problem(allowed)
    assert check_hiring_plan(possible, plan_hiring(possible)) == ()
    with pytest.raises(InfeasibleError):
        plan_hiring(problem(refused))


def test_shortfall_is_priced_or_forbidden():
    priced = term(closed(need_h=(440, 440), shortfall_price=7.0), week_weights=np.array([1, 0.5]))
    plan = plan_hiring(priced)
    assert plan.pools[0].short_h == pytest.approx((40, 40))
    assert plan.pools[0].costs.shortfall == pytest.approx((280, 140))
    assert plan.totals.service == pytest.approx(1 - 60 / 660)
    with pytest.raises(InfeasibleError):
        plan_hiring(term(closed(need_h=(440, 440))))
