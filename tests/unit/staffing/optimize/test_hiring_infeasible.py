"""Why there is no plan: which week, how many people short, what relaxes it at what cost."""

import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from staffing.errors import InfeasibleError
from staffing.hiring.problem import (
    CrossTrainedTerms,
    HiringLimit,
    OvertimeTerms,
    StaffGroup,
    TemporaryTerms,
)
from staffing.optimize.workforce.hiring import plan_hiring
from tests.builders.hiring import pool, term

strict = partial(pool, shortfall_price=None)


def refusal(problem):
    with pytest.raises(InfeasibleError) as caught:
        plan_hiring(problem)
    return caught.value


def remedies(error):
    """What would do: text, how much of it, and what the plan then costs."""
    told = error.detail.partition("What would do: ")[2].split("; ")
    found = [re.fullmatch(r"([\d.]+) (.*) \(the plan then costs ([\d,]+)\)", one) for one in told]
    return {one[2]: (float(one[1]), float(one[3].replace(",", ""))) for one in found if one}


def peak(**changes):
    """Three people more in week 2; new people take three weeks, other sources two."""
    return term(
        strict(
            need_h=(400, 520, 400, 400),
            lead_weeks=3,
            hire_cost=500.0,
            overtime=OvertimeTerms(40.0, 0.1),
            temporary=TemporaryTerms(1500.0, 1.0, 2, 4, notice_weeks=2),
            cross_trained=CrossTrainedTerms(1300.0, 0.8, notice_weeks=2),
            **changes,
        )
    )


def test_notice_shorter_than_any_source_names_the_week_and_the_people_short():
    """120 hours are missing, 40 can be overtime: two people."""
    error = refusal(peak())
    assert error.rule == "workload"
    assert [(one.where, one.heads) for one in error.shortages] == [
        ("records, week 2", pytest.approx(2.0))
    ]
    assert "records: 2.0 people short in week 2, 1 of 4 weeks short" in error.detail
    assert "whoever is hired on the first day works from week 4 on" in error.detail


def test_each_remedy_says_how_much_of_it_does_and_what_the_plan_then_costs():
    """Wages of 40,000 and what the remedy costs with the overtime that is left."""
    found = remedies(refusal(peak()))
    overtime = 40 * 40
    assert found["temporary contracts that start before their notice"] == pytest.approx(
        (2.0, 40_000 + 2 * 2 * 1500 + overtime)
    )
    assert found["weeks of people of other accounts before their notice"] == pytest.approx(
        (2.5, 40_000 + 2.5 * 1300 + overtime)
    )
    assert found["more hours of overtime than allowed"] == pytest.approx((80, 40_000 + 120 * 40))
    assert found["hours of work given up"] == pytest.approx((80, 40_000 + overtime))
    heads = 80 / 44  # with a tenth of overtime each
    amount, cost = found["experienced people on the first day"]
    assert amount == 1.9  # 1.82, rounded up
    assert cost == pytest.approx(40_000 + 4000 * heads + 40 * (40 + 4 * heads), abs=1)


def test_a_remedy_that_is_told_really_does():
    """Taken at its word, each leaves a plan of the cost that was told."""
    found = remedies(refusal(peak()))
    mended = peak().pools[0]
    contracts = replace(mended, temporary=replace(mended.temporary, notice_weeks=1))
    assert plan_hiring(term(contracts)).totals.cost == pytest.approx(
        found["temporary contracts that start before their notice"][1]
    )
    helped = replace(mended, cross_trained=replace(mended.cross_trained, notice_weeks=1))
    assert plan_hiring(term(helped)).totals.cost == pytest.approx(
        found["weeks of people of other accounts before their notice"][1]
    )


def test_a_limit_in_the_way_is_named_with_what_is_missing_of_it():
    seats = HiringLimit("seats", "seats of Manila", ("records",), 10.0)
    error = refusal(term(strict(need_h=(400, 440, 480)), limits=(seats,)))
    assert [round(one.heads, 6) for one in error.shortages] == [1, 2]
    assert remedies(error)["more seats (seats of Manila)"] == pytest.approx((2.0, 33_000))


def test_people_of_the_first_day_above_a_limit_break_the_limit_itself():
    seats = HiringLimit("seats", "seats of Manila", ("records",), 9.0)
    error = refusal(term(strict(need_h=(300, 300)), limits=(seats,)))
    assert error.rule == "limit_seats"
    assert remedies(error)["more seats (seats of Manila)"] == pytest.approx((1.0, 20_000))


def test_hires_beyond_their_most_are_a_remedy():
    problem = term(strict(need_h=(400, 440, 440), hires_max=0.1))
    found = remedies(refusal(problem))["more hires than hires_max"]
    assert found == pytest.approx((0.9, 32_000))  # one more, when they are needed


def test_new_people_that_nobody_has_time_for_are_told_as_such():
    """Five who are new take 30 hours each, one experienced person has 40."""
    staff = (StaffGroup(1.0, 50), StaffGroup(5.0, 0))
    error = refusal(term(strict(need_h=(0, 0), staff=staff, lead_weeks=1, nesting_h=(30.0,))))
    assert error.rule == "nesting"
    assert "take 110.0 hours of experienced people, more than there are" in error.detail
    assert error.shortages == ()


def test_every_pool_and_week_that_stays_short_is_listed():
    short = partial(strict, hires_max=0.0)
    error = refusal(term(short(need_h=(440, 400)), short("coding", need_h=(480, 420))))
    assert {one.where: round(one.heads, 6) for one in error.shortages} == {
        "records, week 1": 1.0,
        "coding, week 1": 2.0,
        "coding, week 2": 0.5,
    }
    assert error.detail.startswith("coding: 2.0 people short in week 1, 2 of 2 weeks short")


def test_whole_people_are_short_by_whole_remedies_where_fractions_would_do():
    """Three quarters of a person are missing, and so many may be hired."""
    problem = term(strict(need_h=(400, 430), hires_max=0.8))
    assert plan_hiring(problem).totals.cost == pytest.approx(20_750)
    found = remedies(refusal(replace(problem, whole_people=True)))
    assert found["experienced people on the first day"] == pytest.approx((1.0, 22_000))


def test_where_fractions_will_not_do_they_are_told_as_what_they_are():
    problem = replace(term(strict(need_h=(400, 430), hires_max=0.0)), whole_people=True)
    error = refusal(problem)
    assert "Counted in fractions of people; whole people take at least as much. What" in str(error)
    assert remedies(error)["more hires than hires_max"] == pytest.approx((0.75, 20_750), abs=0.06)


def test_what_is_told_is_enough_where_the_least_of_it_is_no_tenth():
    """0.45 people are missing: told as 0.5, which does, and the cost of what it then costs."""
    found = remedies(refusal(term(strict(need_h=(418, 300), hires_max=0.0))))
    assert found["experienced people on the first day"] == pytest.approx((0.5, 20_900))
    told = term(strict(need_h=(418, 300), hires_max=0.0, go_live_max=0.5))
    assert plan_hiring(told).totals.cost == pytest.approx(20_900)


def test_the_cheapest_week_for_the_least_of_a_remedy_is_told():
    """A hire of week 2 costs one wage less than one of week 1."""
    found = remedies(refusal(term(strict(need_h=(400, 440), hires_max=0.0))))
    assert found["more hires than hires_max"] == pytest.approx((1.0, 21_000))


def test_where_two_things_are_in_the_way_giving_up_work_is_what_is_left():
    agency = HiringLimit("temporary", "agency", ("records",), 0.5)
    seats = HiringLimit("seats", "seats", ("records",), np.array([10.0, 10.2]))
    temporary = TemporaryTerms(1500.0, 1.0, 1, 4)
    both = term(
        strict(need_h=(400, 440), hires_max=0.0, temporary=temporary), limits=(agency, seats)
    )
    assert list(remedies(refusal(both))) == ["hours of work given up"]
