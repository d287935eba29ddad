"""Pay that changes inside the term, by hand: wage 4, on-costs 25 %, so an hour costs 5.

Contract months start on the 4th of every month from January 2027.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from pricing.briefing import TeamTerms
from pricing.cost import monthly_cost, plan_cost, yearly_lines
from pricing.cost.pay_index import pay_by_month, pay_by_year
from pricing.cost.weekly import weekly_drivers
from pricing.engagement import Engagement
from staffing.calendar import ContractCalendar
from staffing.errors import BadInputError
from staffing.plan import StaffingPlan
from tests.builders.pricing import (
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

RAISE = {"since": "2027-07-01", "wages": {"claims_processor": {"value": 5, "per": "hour"}}}


def case(
    changes: list[dict[str, Any]], growth: float = 0, term: int = 24
) -> tuple[Engagement, TeamTerms, StaffingPlan]:
    """Engagement with these pay changes, its team, and a plan without weeks."""
    document = engagement(
        {"sites[0].pay_changes": changes, "sites[0].wage_growth_per_year": growth},
        term_months=term,
    )
    hours = {"night": 100.0}
    years = tuple(
        year_quantities(
            year + 1,
            payroll_weeks=52.0,
            overtime_weeks=1.0,
            surge_weeks=1.0,
            scheduled_hours_by_class=hours,
        )
        for year in range(-(-term // 12))
    )
    team = team_plan("claims", "Manila", years, (1.0,) * term)
    return document, terms_of(document)[0], staffing_plan((team,), {"claims": (1.0,) * term})


def months(changes: list[dict[str, Any]], growth: float = 0) -> list[tuple[float, float]]:
    """Index of labour and of wages by month."""
    document, terms, _ = case(changes, growth)
    by_month = pay_by_month(terms, ContractCalendar(document.start, 24))
    return [(round(float(pay.labour), 9), round(float(pay.wage), 9)) for pay in by_month]


def test_without_changes_pay_grows_by_contract_year() -> None:
    assert months([], 0.1) == [(1, 1)] * 12 + [(1.1, 1.1)] * 12


def test_a_raise_counts_from_the_first_month_that_starts_on_its_day_or_later() -> None:
    """4 to 5 an hour on 1 July: the seventh month starts on 4 July."""
    assert months([RAISE]) == [(1, 1)] * 6 + [(1.25, 1.25)] * 18
    on_the_day = RAISE | {"since": "2027-07-04"}
    assert months([on_the_day]) == months([RAISE])
    a_day_late = RAISE | {"since": "2027-07-05"}
    assert months([a_day_late]) == [(1, 1)] * 7 + [(1.25, 1.25)] * 17


def test_a_stated_wage_is_in_the_money_of_its_day_and_grows_from_there() -> None:
    """A wage of the second year is not lifted by the growth of the first."""
    later = RAISE | {"since": "2028-01-04"}
    assert months([later], 0.1) == [(1, 1)] * 12 + [(1.25, 1.25)] * 12
    last_of_first_year = RAISE | {"since": "2027-12-04"}
    assert months([last_of_first_year], 0.1)[11:13] == [(1.25, 1.25), (1.375, 1.375)]
    assert months([RAISE], 0.1)[12:] == [(1.375, 1.375)] * 12


def test_on_costs_move_labour_and_not_the_wage_that_premiums_are_due_on() -> None:
    """25 to 50 %: an hour of 6 instead of 5."""
    change = {"since": "2027-07-01", "on_cost": 0.5}
    assert months([change]) == [(1, 1)] * 6 + [(1.2, 1.0)] * 18


def test_what_a_change_leaves_out_stays_as_it_was() -> None:
    """First the wage to 5, then on-costs to 50 %: 5 x 1.5 over 4 x 1.25."""
    changes: list[dict[str, Any]] = [RAISE, {"since": "2028-01-01", "on_cost": 0.5}]
    assert months(changes)[-1] == (1.5, 1.25)


def test_a_year_is_the_mean_of_its_months_by_the_people_paid() -> None:
    """Ten people in the first 26 weeks and thirty after: pay 1 and 1.25."""
    document, terms, plan = case([RAISE])
    weeks = plan.teams[0].workforce
    num_weeks = ContractCalendar(document.start, 24).num_weeks
    payroll = tuple(10.0 if week < 26 else 30.0 for week in range(num_weeks))
    zero = (0.0,) * num_weeks
    weeks = weeks.model_copy(
        update=dict.fromkeys(("needed", "productive", "hires", "overtime", "surge"), zero)
        | {"payroll": payroll}
    )
    team = plan.teams[0].model_copy(update={"workforce": weeks})
    calendar = ContractCalendar(document.start, 24)
    by_year = pay_by_year(terms, calendar, weekly_drivers(terms, team, plan))
    people = calendar.weeks_in_month[:12] @ np.array(payroll)
    mean = float(people[:6].sum() + 1.25 * people[6:].sum()) / float(people.sum())
    assert float(by_year[0].labour) == pytest.approx(mean)
    assert float(by_year[1].labour) == 1.25


def test_lines_follow_the_index_of_what_they_are_due_on() -> None:
    """On-costs to 50 % for half a year: labour 1.1 in the first year; a night premium stays."""
    change = {"since": "2027-07-01", "on_cost": 0.5}
    document, terms, plan = case([change])
    lines = {(x.name, x.year): float(x.amount) for x in plan_cost(document, (terms,), plan)}
    assert lines["labour_productive", 1] == pytest.approx(52 * 200 * 1.1)
    assert lines["labour_productive", 2] == pytest.approx(52 * 200 * 1.2)
    assert lines["premium_night", 2] == pytest.approx(100 * 4 * 0.1)
    # 25 % on a wage of 4, on an hour of the night class: 4 x 0.25 x 1.1, beside labour of 6
    assert lines["overtime", 2] == pytest.approx(40 * (6 + 1.1))
    assert lines["surge", 2] == pytest.approx(40 * (6 + 4 * 0.25))


def test_months_cost_what_is_paid_in_them_and_sum_to_the_year() -> None:
    document, terms, plan = case([RAISE])
    lines = plan_cost(document, (terms,), plan)
    by_month = monthly_cost(document, (terms,), plan, lines)
    assert yearly_lines(by_month) == lines
    payroll = [float(x.amount) for x in by_month if x.name == "labour_productive"][:12]
    assert payroll[11] == pytest.approx(1.25 * payroll[0])


def test_support_and_recruiting_do_not_follow_a_role_s_wage() -> None:
    document, terms, plan = case([RAISE])
    as_before, unraised, _ = case([])
    plain = plan_cost(as_before, (unraised,), plan)
    dated = plan_cost(document, (terms,), plan)
    moved = {x.name for x, y in zip(dated, plain, strict=True) if x.amount != y.amount} - {
        "contingency"
    }
    assert moved == {"labour_productive", "premium_night", "overtime", "surge"}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ([RAISE, RAISE], "sites[0].pay_changes[1].since"),
        ([{"since": "2027-07-01"}], "sites[0].pay_changes[0].wages"),
    ],
)
def test_changes_out_of_order_or_without_content_are_refused(
    changes: list[dict[str, Any]], path: str
) -> None:
    with pytest.raises(BadInputError) as caught:
        engagement({"sites[0].pay_changes": changes})
    assert caught.value.issues[0].path == path


def test_a_change_before_the_contract_is_pay_of_its_first_day() -> None:
    _, terms, _ = case([RAISE | {"since": "2026-07-01"}], 0.1)
    assert terms.rate.wage_per_hour == 5
    assert [dated.since for dated in terms.dated] == [date(2027, 1, 4)]
    assert terms.dated[0].rate.labour_per_hour == Decimal("6.25")
