"""One rule of a surge plan at a time: kept by our plans, found where it is broken by hand."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from staffing.check.surge import check_surge_plan
from staffing.errors import BadInputError, InfeasibleError
from staffing.optimize.surge import reserve, surge_frontier, surge_plan
from staffing.surge import Backlog, Peak, SurgeLimits, SurgeSource, check_peak
from staffing.surge.ladder import LadderProblem, SurgeEvent
from staffing.surge.problem import at_notice
from staffing.surge.work import work_off
from tests.builders.surge import AGENCY, OVERTIME, POOL, full_peak, peak

FULL = full_peak()


@cache
def full_plan():
    return surge_plan(FULL)


def broken(source=None, **changes):
    """The full plan with fields of one source, or of the plan itself, replaced."""
    if source is None:
        return full_plan().model_copy(update=changes)
    sources = list(full_plan().sources)
    sources[source] = sources[source].model_copy(update=changes)
    return full_plan().model_copy(update={"sources": tuple(sources)})


def moved(values, day, by):
    return tuple(value + by * (number == day) for number, value in enumerate(values))


def rules(plan, problem=FULL):
    return {violation.rule for violation in check_surge_plan(problem, plan)}


def test_the_full_plan_holds_and_every_source_has_a_part():
    assert check_surge_plan(FULL, full_plan()) == ()
    assert all(source.called > 0 for source in full_plan().sources)
    assert full_plan().proof.objective == pytest.approx(full_plan().cost.total)


@pytest.mark.parametrize("name", ["starts", "releases", "on_engagement", "productive_h", "paid_h"])
def test_a_figure_missing_is_found(name):
    assert rules(broken(1, **{name: getattr(full_plan().sources[1], name)[1:]})) == {
        "surge_figures"
    }


def test_every_broken_clause_is_found():
    overtime, pool, agency = full_plan().sources
    early = {name: moved(getattr(pool, name), 0, 1.0) for name in ("starts", "on_engagement")}
    assert "surge_notice" in rules(broken(1, **early))
    assert rules(broken(present_share=1.0)) == {"surge_figures"}
    assert "surge_people" in rules(broken(0, starts=moved(overtime.starts, 3, 1.0)))
    closed = {name: moved(getattr(pool, name), 5, 1.0) for name in ("starts", "releases")}
    assert rules(broken(1, **closed)) >= {"surge_open"}
    first = int(np.flatnonzero(pool.starts)[0])
    leaving = moved(moved(pool.releases, first + 1, 1.0), len(pool.releases) - 1, -1.0)
    assert "surge_engagement" in rules(broken(1, releases=tuple(np.maximum(leaving, 0))))
    assert "surge_reserve" in rules(broken(1, reserved=pool.reserved / 2))
    assert "surge_reserve" in rules(broken(1, reserved=POOL.heads + 1))
    for limit, rule in (
        ("seats", "surge_seats"),
        ("licences", "surge_licences"),
        ("trainer_places", "surge_training"),
        ("access_per_day", "surge_access"),
    ):
        tight = replace(FULL, limits=replace(FULL.limits, **{limit: 0.1}))
        assert rules(full_plan(), tight) == {rule}
    assert "surge_productive" in rules(broken(1, productive_h=moved(pool.productive_h, 3, 1.0)))
    assert "surge_paid" in rules(broken(2, paid_h=moved(agency.paid_h, 4, -1.0)))
    assert "surge_paid" in rules(broken(1, paid_after_h=pool.paid_after_h + 1))
    assert "surge_work" in rules(broken(uncovered_h=moved(full_plan().uncovered_h, 2, 1.0)))
    assert "surge_service" in rules(broken(service=full_plan().service - 0.01))
    assert "surge_clock" in rules(broken(1, there_by_hour=moved(pool.there_by_hour, 90, 1.0)))
    assert "surge_clock" in rules(broken(worth_heads=moved(full_plan().worth_heads, 90, 1.0)))


@pytest.mark.parametrize("part", ["standby", "wages", "premium", "onboarding", "total"])
def test_a_cost_that_is_not_its_rate_is_found(part):
    cost = full_plan().sources[1].cost
    wrong = cost.model_copy(update={part: getattr(cost, part) + 0.01 * cost.total})
    assert "surge_cost" in rules(broken(1, cost=wrong))


def test_a_forbidden_shortfall_is_found():
    assert "surge_service" in rules(full_plan(), replace(FULL, shortfall_price=None))


def test_a_peak_no_source_can_meet_names_day_people_and_remedy():
    problem = peak((80, 80, 80), (OVERTIME, AGENCY), shortfall_price=None)
    with pytest.raises(InfeasibleError) as caught:
        surge_plan(problem)
    error = caught.value
    assert error.rule == "surge_work"
    assert [short.heads for short in error.shortages] == pytest.approx([6, 6, 6])
    assert "hours 0 to 24 after the call: 6.0 ramped people short (48.0 hours" in error.detail
    assert "heads of overtime from 4 to 10 (pay 7,200.00)" in error.detail
    assert "3 days of notice instead of 0" in error.detail
    remedied = replace(problem, sources=(replace(OVERTIME, heads=10), AGENCY))
    assert surge_plan(remedied).cost.total == pytest.approx(7200)


def test_no_single_remedy_is_said():
    short = replace(AGENCY, heads=1, notice_h=1)
    problem = peak((80,), (short,), limits=SurgeLimits(seats=1, licences=1), shortfall_price=None)
    with pytest.raises(
        InfeasibleError, match=r"no single limit relaxes it\nor leave 80\.0 hours undone"
    ):
        surge_plan(problem)


def test_most_urgent_work_goes_first_and_waits_no_longer_than_it_may():
    work = work_off(np.array([10.0, 10, 10, 0]), np.array([5.0, 0, 20, 0]), Backlog(0.5, 1))
    assert work.done.tolist() == [5, 0, 15, 0]
    assert work.waiting.tolist() == [5, 5, 0, 0]
    assert work.uncovered.tolist() == [0, 10, 0, 0]


def test_waiting_saves_who_would_be_called_for_one_day():
    one_day = peak((80, 0), (replace(OVERTIME, heads=5),), backlog=Backlog(0.5, 1))
    assert surge_plan(one_day).service == 1
    assert surge_plan(replace(one_day, backlog=Backlog())).service == pytest.approx(0.5)


def test_who_stands_ready_counts_before_the_next_day_begins():
    """Called 30 hours ahead, those with 48 hours of notice stand ready then and work from 54 on."""
    week = peak((0, 80, 80, 80), (OVERTIME, replace(POOL, onboarding_h=0)), first_day_h=6.0)
    week = replace(week, lead_days=1)
    plan = surge_plan(week)
    overtime, pool = plan.sources
    assert pool.first_day == 2
    assert plan.promise.there == pytest.approx(overtime.on_engagement[1] + pool.on_engagement[2])
    assert plan.promise.there == pytest.approx(
        sum(source.there_by_hour[48] for source in plan.sources)
    )
    assert check_surge_plan(week, plan) == ()


def test_nobody_starts_on_a_day_on_which_nobody_works():
    """Who needs a day to learn comes a working day ahead, or too late: never on a closed one."""
    slow = replace(AGENCY, notice_h=0, effectiveness=(0.5, 1.0), heads=10)
    week = peak((0, 0, 80), (slow,), lead_days=2, hours_per_head=np.array([8.0, 0.0, 8.0]))
    agency = surge_plan(week).sources[0]
    assert agency.starts == pytest.approx((10, 0, 0))
    day = (replace(slow, min_engagement_days=1),)
    shut = replace(week, sources=day, hours_per_head=np.array([0.0, 0.0, 8.0]))
    agency = surge_plan(shut).sources[0]
    assert agency.starts == pytest.approx((0, 0, 10))


def test_nobody_is_ordered_for_a_peak_not_yet_seen():
    """Reservations are shared by events, and calls come after each event's own call."""
    need = np.zeros((1, 10))
    late = need.copy()
    late[0, 4:8] = 80.0
    pool = peak(need[0], (POOL, OVERTIME))
    events = (SurgeEvent("none", 0.5, 0.0, need), SurgeEvent("peak", 0.5, 72.0, late))
    result = reserve(LadderProblem((pool,), events))
    people = result.decisions[1][0].people[0]
    assert people[:5].max() == 0 < people[5]
    assert result.reserved[0][0] == pytest.approx(people.max() / POOL.show_up)


@pytest.mark.parametrize(("price", "expected"), [(9.0, 0.0), (12.0, 40.0), (30.0, 90.0)])
def test_the_newsvendor_reserves_the_critical_quantile(price, expected):
    """Reserve R for one day of demand 40 or 90, each as likely: the quantile at 1 - fee / gain.

    A reserved head costs 40 and works 8 hours at 5 an hour; an hour short costs `price`. Of 8
    hours' gain of `price - 5`, the share 40 / gain is the chance that the last head is needed.
    """
    source = SurgeSource("pool", "pool", 100, 0, 5.0, standby_fee_per_head_week=40.0, reserved=True)
    pool = replace(peak((0.0,), (source,)), shortfall_price=price, standby_weeks=1.0)
    events = tuple(
        SurgeEvent(f"{heads}", 0.5, 0.0, np.array([[8.0 * heads]])) for heads in (40, 90)
    )
    gain, demands = 8 * (price - 5), (0.0, 40.0, 90.0)
    needed = [1.0, 0.5, 0.0]  # chance that demand is above each
    quantile = next(d for d, chance in zip(demands, needed, strict=True) if chance * gain <= 40)
    result = reserve(LadderProblem((pool,), events))
    assert result.reserved[0][0] == pytest.approx(expected) == quantile
    lost = [max(0.0, heads - expected) for heads in (40, 90)]
    used = [min(expected, heads) for heads in (40, 90)]
    assert result.objective == pytest.approx(
        40 * expected + 0.5 * sum(8 * price * z + 40 * n for z, n in zip(lost, used, strict=True))
    )


def test_the_frontier_rises_and_ends_where_a_strategy_does():
    frontier = surge_frontier(FULL)
    assert [curve.strategy for curve in frontier.curves] == ["overtime", "pool", "backlog", "mix"]
    for curve in frontier.curves:
        costs = [point.cost for point in curve.by_service if point.cost is not None]
        assert costs == sorted(costs)
        reachable = [p.service for p in curve.by_service if p.cost is not None]
        assert max(reachable) <= curve.best_service + 1e-9
        notice = [point.cost for point in curve.by_notice if point.cost is not None]
        assert notice == sorted(notice, reverse=True)
    mix = frontier.curves[-1]
    assert mix.best_service == max(curve.best_service for curve in frontier.curves)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("notice_h", -1.0),
        ("heads", -1.0),
        ("show_up", 0.0),
        ("show_up", 1.1),
        ("effectiveness", ()),
        ("effectiveness", (0.5, 1.2)),
        ("effectiveness", (0.8, 0.5)),
        ("effectiveness", (0.0, 1.0)),
        ("premium", -0.1),
        ("min_engagement_days", 0),
        ("onboarding_h", float("nan")),
        ("reserved", False),
        ("kind", "friends"),
    ],
)
def test_a_source_that_means_nothing_is_refused_by_name(field, value):
    with pytest.raises(BadInputError, match=rf"sources\[0\]\.{field}"):
        surge_plan(peak(sources=(replace(POOL, **{field: value}),)))


def test_a_pool_without_wage_is_refused():
    with pytest.raises(BadInputError, match=r"sources\[0\]\.hourly_cost: a wage above 0"):
        surge_plan(peak(sources=(replace(AGENCY, hourly_cost=0.0),)))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"need_h": np.array([1.0, np.nan])}, "need_h"),
        ({"hours_per_head": np.ones(3)}, "hours_per_head"),
        ({"standby_weeks": 0.0}, "standby_weeks"),
        ({"shortfall_price": -1.0}, "shortfall_price"),
        ({"backlog": Backlog(1.5, 1)}, "backlog.share"),
        ({"limits": SurgeLimits(seats=-1)}, "limits.seats"),
        ({"sources": (POOL, POOL)}, "sources: a name of its own"),
    ],
)
def test_a_problem_that_means_nothing_is_refused_by_name(changes, path):
    with pytest.raises(BadInputError, match=path):
        surge_plan(peak(**{"need_h": (1.0, 1.0), **changes}))


@pytest.mark.parametrize("wrong", [Peak(0, 48, 5), Peak(0.5, -1, 5), Peak(0.5, 48, 0)])
def test_a_peak_that_is_none_is_refused(wrong):
    with pytest.raises(BadInputError, match="peak"):
        check_peak(wrong)


def test_notice_moves_the_call_and_not_the_work():
    later = at_notice(FULL, 99.0)
    assert (later.first_day_h, later.lead_days, later.notice_h) == (3.0, 4, 99.0)
    assert later.need_h[4:].tolist() == FULL.need_h[2:].tolist()
