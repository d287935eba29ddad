"""Laws of hiring plans, over random pools, ways between them and shared limits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.check.hiring import check_hiring_plan
from staffing.errors import InfeasibleError
from staffing.hiring.problem import (
    CrossTrainedTerms,
    HiringLimit,
    OvertimeTerms,
    ReleaseTerms,
    TemporaryTerms,
)
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.hiring import random_term

SETTINGS = settings(max_examples=50, deadline=None)
FEWER = settings(max_examples=10, deadline=None)


@st.composite
def terms(draw, *, whole_people=False):
    """Draw a small problem that always has a plan."""
    pick = lambda *values: draw(st.sampled_from(values))  # noqa: E731
    return random_term(pick, num_pools=draw(st.integers(1, 2)), whole_people=whole_people)


def cost(problem):
    return plan_hiring(problem).totals.cost


def every_pool(problem, change):
    return replace(problem, pools=tuple(change(each) for each in problem.pools))


def not_dearer(new, old):
    return new <= old + 1e-6 * (1 + abs(old))


@SETTINGS
@given(terms())
def test_every_plan_passes_its_check(problem):
    assert check_hiring_plan(problem, plan_hiring(problem)) == ()


@FEWER
@given(terms(whole_people=True))
def test_whole_people_pass_their_check_and_never_cost_less_than_fractions(problem):
    plan = plan_hiring(problem)
    assert check_hiring_plan(problem, plan) == ()
    relaxed = cost(replace(problem, whole_people=False))
    assert plan.relaxed_cost == pytest.approx(relaxed)
    assert not_dearer(relaxed, plan.totals.cost)


MORE = {
    "overtime": lambda p: replace(
        p, overtime=OvertimeTerms(p.overtime.cost_per_h if p.overtime else 30.0, 0.5)
    ),
    "release": lambda p: replace(p, release=p.release or ReleaseTerms(1, 50.0)),
    "temporary": lambda p: replace(p, temporary=p.temporary or TemporaryTerms(1000.0, 1.0, 1, 4)),
    "cross-trained": lambda p: replace(
        p, cross_trained=replace(p.cross_trained or CrossTrainedTerms(900.0, 1.0), notice_weeks=0)
    ),
    "hires": lambda p: replace(p, hires_max=p.hires_max + 3),
    "team of the first day": lambda p: replace(p, go_live_max=p.go_live_max + 1),
    "work ahead": lambda p: replace(p, ahead_cost_per_h=p.ahead_cost_per_h or 0.0),
    "waiting": lambda p: replace(
        p, backlog=p.backlog and replace(p.backlog, share=1.0, weeks=p.backlog.weeks + 1)
    ),
    "place in a class": lambda p: replace(p, class_size=p.class_size and p.class_size + 1),
}


@pytest.mark.parametrize("more", MORE.values(), ids=MORE)
@FEWER
@given(problem=terms())
def test_more_of_what_is_allowed_is_never_dearer(more, problem):
    assert not_dearer(cost(every_pool(problem, more)), cost(problem))


@FEWER
@given(terms())
def test_a_larger_shared_limit_is_never_dearer(problem):
    larger = tuple(replace(x, most=np.asarray(x.most) + 1.0) for x in problem.limits)
    assert not_dearer(cost(replace(problem, limits=larger)), cost(problem))


@FEWER
@given(terms(), st.sampled_from([1.0, 3.0]))
def test_a_larger_limit_on_classes_is_never_dearer(problem, more):
    sized = every_pool(problem, lambda p: replace(p, class_size=p.class_size or 3))
    names = tuple(each.name for each in sized.pools)

    def limited(most):
        return replace(sized, limits=(HiringLimit("classes", "rooms", names, most),))

    assert not_dearer(cost(limited(1.0 + more)), cost(limited(1.0)))


@FEWER
@given(terms())
def test_more_work_or_dearer_pay_is_never_cheaper(problem):
    before = cost(problem)
    for change in (
        lambda p: replace(p, need_h=p.need_h + 5),
        lambda p: replace(p, wage=p.wage + 50),
        lambda p: replace(p, hire_cost=p.hire_cost + 50),
        lambda p: replace(p, shortfall_price=p.shortfall_price + 10),
        lambda p: replace(p, lead_weeks=p.lead_weeks, access_weeks=p.access_weeks + 1),
    ):
        if change(problem.pools[0]).access_weeks > problem.pools[0].access_weeks and any(
            group.tenure_weeks < 30 for each in problem.pools for group in each.staff
        ):
            continue  # their access would be taken back
        assert not_dearer(before, cost(every_pool(problem, change)))


@FEWER
@given(terms())
def test_cost_scales_with_every_rate(problem):
    rates = ("wage", "hire_cost", "training_wage", "go_live_cost", "ahead_cost_per_h")
    terms_of = {
        "overtime": ("cost_per_h",),
        "release": ("severance",),
        "temporary": ("cost_per_week", "start_cost"),
        "cross_trained": ("cost_per_week",),
        "backlog": ("cost_per_h",),
    }

    def doubled(p):
        twice = {name: getattr(p, name) and 2 * getattr(p, name) for name in rates}
        for part, fields in terms_of.items():
            old = getattr(p, part)
            twice[part] = old and replace(old, **{f: 2 * getattr(old, f) for f in fields})
        return replace(p, shortfall_price=2 * p.shortfall_price, **twice)

    both = every_pool(problem, doubled)
    ways = tuple(replace(way, cost=2 * way.cost) for way in problem.upskillings)
    assert cost(replace(both, upskillings=ways)) == pytest.approx(2 * cost(problem))


@FEWER
@given(terms(), st.sampled_from([1e-3, 1e4]), st.sampled_from([1e-2, 1e4]))
def test_tiny_and_huge_teams_and_currencies_pass_their_check(problem, size, money):
    def scaled(p):
        return replace(
            p,
            need_h=size * p.need_h,
            staff=tuple(replace(group, heads=size * group.heads) for group in p.staff),
            hires_max=size * p.hires_max if p.hires_max else 0.0,
            wage=money * p.wage,
            hire_cost=money * p.hire_cost,
            shortfall_price=money * p.shortfall_price,
        )

    limits = tuple(replace(limit, most=size * limit.most) for limit in problem.limits)
    changed = replace(every_pool(problem, scaled), limits=limits)
    assert check_hiring_plan(changed, plan_hiring(changed)) == ()


@FEWER
@given(terms())
def test_forbidden_is_a_huge_price_or_refused(problem):
    priced = plan_hiring(every_pool(problem, lambda p: replace(p, shortfall_price=1e6)))
    forbidden = every_pool(problem, lambda p: replace(p, shortfall_price=None))
    if sum(totals.short_h for totals in priced.totals.pools) > 1e-4:
        with pytest.raises(InfeasibleError):
            plan_hiring(forbidden)
    else:
        assert cost(forbidden) == pytest.approx(priced.totals.cost, rel=1e-4)


@FEWER
@given(terms())
def test_a_pool_alone_costs_what_it_costs_beside_another(problem):
    alone = replace(problem, upskillings=(), limits=())
    apart = sum(cost(replace(alone, pools=(each,))) for each in problem.pools)
    assert cost(alone) == pytest.approx(apart, rel=1e-7, abs=1e-5)


@FEWER
@given(terms())
def test_the_same_problem_gives_the_same_plan(problem):
    assert plan_hiring(problem) == plan_hiring(problem)
