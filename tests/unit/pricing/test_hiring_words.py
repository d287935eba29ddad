"""Savings and refusals in words, with dates and a currency."""

from datetime import date, timedelta

from pricing.hiring_words import dated, saying
from staffing.errors import InfeasibleError, Shortage
from staffing.hiring_study import BindingConstraint

WEEKS = tuple(date(2027, 1, 4) + timedelta(weeks=week) for week in range(10))


def constraint(**changes):
    figures = {
        "rule": "limit_trainers",
        "where": "trainers of Manila",
        "unit": "trainer",
        "meaning": "saved by one more trainer in the week",
        "num_weeks": 3,
        "first_week": 2,
        "last_week": 5,
        "most_in_week": 4,
        "most_saved": 1234.5,
        "saved": 2000.4,
    }
    return BindingConstraint(**(figures | changes))


def test_what_one_more_saves_is_told_with_its_weeks():
    assert saying(constraint(), WEEKS, "USD") == (
        "trainers of Manila: up to 1,234 USD saved by one more trainer in the week (the week of "
        "2027-01-25); 2,000 USD in all 3 weeks where it binds, 2027-01-11 to 2027-02-01"
    )


def test_a_single_week_is_told_once_and_small_amounts_with_cents():
    one = constraint(num_weeks=1, most_saved=3.456, saved=3.456)
    assert saying(one, WEEKS, "EUR") == (
        "trainers of Manila: up to 3.46 EUR saved by one more trainer in the week (the week of "
        "2027-01-25)"
    )


def test_a_refusal_gets_its_dates_and_each_remedy_a_line():
    error = InfeasibleError(
        "workload",
        "claims: 4.0 people short in week 3, 2 of 10 weeks short; whoever is hired on the first "
        "day works from week 5 on. What would do: 2.0 more seats (the plan then costs 1,000); 3.0 "
        "more trainers (the plan then costs 2,000)",
        (Shortage("claims, week 3", 4.0), Shortage("claims, week 10", 1.0)),
    )
    found = dated(error, WEEKS, "USD")
    assert found.rule == "workload"
    assert found.detail.splitlines() == [
        "claims: 4.0 people short in week 3 (from 2027-01-18), 2 of 10 weeks short; whoever is "
        "hired on the first day works from week 5 on.",
        "Any one of these would do, cost in USD:",
        "- 2.0 more seats (the plan then costs 1,000)",
        "- 3.0 more trainers (the plan then costs 2,000)",
    ]
    assert [one.where for one in found.shortages] == [
        "claims, week 3 (from 2027-01-18)",
        "claims, week 10 (from 2027-03-08)",
    ]


def test_where_no_single_remedy_does_the_text_says_so():
    error = InfeasibleError("workload", "short. What would do: no single remedy is enough")
    assert dated(error, WEEKS, "USD").detail == "short.\nNo single remedy is enough."
