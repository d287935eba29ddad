"""Shadow prices of hiring plans: what one unit more saves, by solving again."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.hiring.problem import (
    BacklogTerms,
    HiringLimit,
    OvertimeTerms,
    ReleaseTerms,
    StaffGroup,
    TemporaryTerms,
    Upskilling,
)
from staffing.optimize.solver import SolveLimits, SolveLog
from staffing.optimize.workforce.hiring import plan_hiring
from staffing.optimize.workforce.hiring_prices import shadow_prices
from staffing.optimize.workforce.hiring_program import HiringProgram
from staffing.optimize.workforce.hiring_solve import HiringEngine
from tests.builders.hiring import full_term, pool, term

STEP = 1e-3


def price(problem, rule, where="records"):
    """Shadow price by week, zeros where a constraint has none."""
    found = {(p.rule, p.where): p.by_week for p in plan_hiring(problem).shadow_prices}
    return np.array(found.get((rule, where), np.zeros(problem.num_weeks)))


def saved(problem, change):
    """Saved by a small change of the first pool, per unit."""
    first, *others = problem.pools
    changed = replace(problem, pools=(change(first), *others))
    return (plan_hiring(problem).totals.cost - plan_hiring(changed).totals.cost) / STEP


def ten_weeks(**changes):
    """Nobody can be hired; hours are missing now and then, and the last week is cut."""
    need = np.array([390, 443, 461, 352, 397, 466, 383, 457, 371, 413.0])
    weights = np.append(np.ones(9), 0.3)
    return term(pool(need_h=need, hires_max=0.0, **changes), week_weights=weights)


TERMS = {
    "full": full_term(),
    "share": ten_weeks(backlog=BacklogTerms(0.03, 1.3, 0.7)),
    "late": ten_weeks(backlog=BacklogTerms(0.5, 0.06, 0.7)),
    "ahead": ten_weeks(backlog=BacklogTerms(0.1, 2.0, 0.7), ahead_cost_per_h=0.9),
}


def at(week, weeks):
    return STEP * (np.arange(weeks) == week)


@pytest.mark.parametrize("week", range(10))
@pytest.mark.parametrize("name", ["full", "share", "late", "ahead"])
def test_need_is_the_cost_of_an_hour_more_of_work(name, week):
    """Overtime, waiting, work ahead and shortfall included, in a cut week too."""
    problem = TERMS[name]
    for k, each in enumerate(problem.pools):
        pools = list(problem.pools)
        pools[k] = replace(each, need_h=each.need_h + at(week, 10))
        more = plan_hiring(replace(problem, pools=tuple(pools))).totals.cost
        cost = (more - plan_hiring(problem).totals.cost) / STEP
        assert price(problem, "need", each.name)[week] == pytest.approx(cost, abs=1e-2)


def busy(**changes):
    """Seventeen hours are missing in week 3, and something else may help."""
    return pool(need_h=(390, 401, 457, 399), **changes)


def joined(**changes):
    """Somebody may be hired in week 1, to work in week 3."""
    return busy(lead_weeks=2, hire_cost=10.0, shortfall_price=300.0, **changes)


def scarce(kind, week, most, **changes):
    """A limit that binds in one week, where one more is worth something by itself."""
    by_week = np.where(np.arange(4) == week, most, 50.0)
    return term(joined(**changes), limits=(HiringLimit(kind, "shared", ("records",), by_week),))


LIMITS = {
    "hires": scarce("hires", 0, 0.5),
    "classes": scarce("classes", 0, 0.1, class_size=3),
    "trainers": scarce("trainers", 1, 0.1, class_size=3),
    "seats": scarce("seats", 1, 10.4),
    "licences": scarce("licences", 2, 10.4),
    "temporary": scarce(
        "temporary", 2, 0.3, hires_max=0.0, temporary=TemporaryTerms(900.0, 1.0, 1, 2)
    ),
}


@pytest.mark.parametrize("kind", LIMITS)
def test_a_shared_limit_is_worth_what_one_more_in_its_week_saves(kind):
    problem = LIMITS[kind]
    prices = price(problem, f"limit_{kind}", "shared")
    for week in range(4):
        more = replace(problem.limits[0], most=problem.limits[0].most + at(week, 4))
        new = plan_hiring(replace(problem, limits=(more,))).totals.cost
        saving = (plan_hiring(problem).totals.cost - new) / STEP
        assert prices[week] == pytest.approx(saving, abs=1e-2)
    assert prices.max() > 1


def test_limits_of_all_weeks_are_worth_the_sum_of_the_weeks():
    """hires_max, the overtime caps, and the team of the first day."""
    limited = term(joined(hires_max=0.4))
    more = saved(limited, lambda p: replace(p, hires_max=p.hires_max + STEP))
    assert price(limited, "hires_max").sum() == pytest.approx(more, rel=1e-4)
    started = term(joined(hires_max=0.0, go_live_max=0.3))
    more = saved(started, lambda p: replace(p, go_live_max=p.go_live_max + STEP))
    assert price(started, "go_live_max").tolist() == pytest.approx([more], rel=1e-4)
    assert more > 1000


def test_one_more_experienced_person_from_the_first_day():
    problem = term(joined(hires_max=0.4))
    more = saved(problem, lambda p: replace(p, staff=(StaffGroup(10 + STEP, 52),)))
    assert price(problem, "experienced_balance")[0] == pytest.approx(more, rel=1e-4)


def test_one_more_place_in_a_class_is_worth_the_places_of_all_classes():
    problem = scarce("classes", 0, 0.1, class_size=3)
    per_place = price(problem, "class_size")
    worth = price(problem, "limit_classes", "shared")
    assert 3 * per_place == pytest.approx(worth)  # a class has three places
    assert worth[0] > 0


@pytest.mark.parametrize("cap", ["overtime_cap", "overtime_window"])
def test_an_hour_more_of_overtime_saves_its_price_less_that_of_shortfall(cap):
    terms = {
        "overtime_cap": OvertimeTerms(30.0, 0.05),
        "overtime_window": OvertimeTerms(30.0, 0.5, 2, 0.02),
    }
    problem = term(busy(hires_max=0.0, overtime=terms[cap]))
    assert price(problem, cap).max() == pytest.approx(100 - 30)


def test_waiting_is_worth_the_shortfall_it_spares():
    problem = term(busy(hires_max=0.0, backlog=BacklogTerms(0.002, 9.0)))
    problem = term(replace(problem.pools[0], need_h=np.array([390, 399, 457, 300])))
    assert price(problem, "backlog_share")[2] == pytest.approx(100)
    late = term(busy(hires_max=0.0, backlog=BacklogTerms(0.9, 0.001)))
    assert price(late, "backlog_turnaround")[2] == pytest.approx(100)


def test_need_costs_nothing_where_it_can_be_done_ahead():
    """Nearly everybody is away in week 2, and there is time in week 1."""
    away = np.array([0.0, 0.999])
    ahead = pool(need_h=(0, 30), hires_max=0.0, absence=away, ahead_cost_per_h=0.5)
    assert price(term(ahead), "need").tolist() == [0.0, 0.5]
    late = replace(ahead, ahead_cost_per_h=None)
    assert price(term(late), "need").tolist() == [0.0, 100.0]


def test_upskilling_is_worth_what_one_more_learner_saves():
    way = Upskilling("coding", "records", 50.0, 1, max_per_week=0.2)
    teachers = pool("coding", (200.0,) * 4, hires_max=0.0)
    for field, rule in (("max_per_week", "upskilling_capacity"), ("share_max", "upskilling_share")):
        size = {"max_per_week": 0.2} if field == "max_per_week" else {"share_max": 0.02}
        offered = replace(way, max_per_week=float("inf"))
        offered = replace(offered, **size)
        problem = term(busy(hires_max=0.0), teachers, upskillings=(offered,))
        prices = price(problem, rule, way.name)
        assert prices.max() > 100
        if field == "max_per_week":
            wider = replace(offered, max_per_week=0.2 + STEP)
            new = plan_hiring(replace(problem, upskillings=(wider,))).totals.cost
            saving = (plan_hiring(problem).totals.cost - new) / STEP
            assert prices.sum() == pytest.approx(saving, rel=1e-4)


def test_contract_lengths_are_worth_what_one_week_saves():
    longest = term(
        pool(need_h=(440,) * 4, hires_max=0.0, temporary=TemporaryTerms(900.0, 1.0, 1, 2, 0, 70.0))
    )
    assert price(longest, "temporary_max").max() == pytest.approx(70.0)
    shortest = term(busy(hires_max=0.0, temporary=TemporaryTerms(900.0, 1.0, 2, 4)))
    assert price(shortest, "temporary_min").max() == pytest.approx(900.0)


def test_notice_and_need_of_everything_else_leave_no_price():
    """Where nothing binds there is no price but that of the people themselves."""
    easy = term(pool(need_h=(100.0,) * 4, release=ReleaseTerms(0, 5000.0)))
    assert {p.rule for p in plan_hiring(easy).shadow_prices} == {"experienced_balance"}


def test_every_price_is_the_slope_of_the_cost_in_its_constraint():
    """Moved row by row: the cost never falls faster than the price says, up or down."""
    problem = full_term()
    program = HiringProgram(problem)
    base = solved(program.matrix)
    by_rule = {(p.rule, p.where): np.array(p.by_week) for p in shadow_prices(program, base)}
    rows = {}
    for block in program.priced:
        if block.is_row and (block.rule, block.where) in by_rule:
            rows.setdefault((block.rule, block.where, block.sign), []).append(block.at)
    assert len(rows) > 8
    exact = []
    for (rule, where, sign), blocks in rows.items():
        for week in range(len(blocks[0])):
            promised = STEP * by_rule[rule, where][week]
            gains = []
            for unit in (STEP, -STEP):
                lower, upper = program.matrix.row_lower.copy(), program.matrix.row_upper.copy()
                for at_rows in blocks:
                    lower[at_rows[week]] -= sign * unit
                    upper[at_rows[week]] -= sign * unit
                new = solved(replace(program.matrix, row_lower=lower, row_upper=upper))
                if new is None:  # less of what is needed: no price is high enough
                    assert unit < 0
                    continue
                gains.append((base.outcome.objective - new.outcome.objective) * np.sign(unit))
            assert gains[0] <= promised + 1e-6, (rule, where, week)
            assert gains[-1] >= promised - 1e-6 or len(gains) == 1, (rule, where, week)
            exact.append(np.isclose(gains, promised, atol=1e-5).any())
    assert np.mean(exact) > 0.9  # where it is neither side, the optimum is degenerate


def solved(matrix):
    return HiringEngine(matrix, SolveLimits(), SolveLog()).solve()
