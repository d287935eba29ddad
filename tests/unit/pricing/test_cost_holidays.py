"""Premiums on the real calendar of a term, by hand: wage 4 an hour, a roster of four people.

The contract runs over the year 2027 from Monday 4 January; the team works 08:00-16:00 every day,
and from 22:00 to 06:00 on Mondays and Tuesdays. In the plan that is 100 hours a week of each kind.
"""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from pricing.cost import monthly_cost, plan_cost, yearly_lines
from pricing.cost.hours import scheduled_hours
from pricing.cost.weekly import weekly_drivers
from pricing.engagement import Engagement
from pricing.ratecard import RateCard
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


def roster_heads() -> tuple[int, ...]:
    """People on duty by hour of the standard week."""
    heads = np.zeros(168, dtype=int)
    for day in range(7):
        heads[24 * day + 8 : 24 * day + 16] = 4
    for start in (22, 46):
        heads[start : start + 8] = 4
    return tuple(int(number) for number in heads)


def case(
    holidays: dict[str, Any], hours: dict[str, float], term: int = 12, sunday: float = 0
) -> tuple[Engagement, StaffingPlan]:
    """Engagement with these holiday terms, and a plan with these hours a year by class."""
    changes = {"sites[0].holidays": holidays, "sites[0].labour.sunday_premium": sunday}
    document = engagement(changes, term_months=term)
    years = tuple(
        year_quantities(year + 1, payroll_weeks=1, scheduled_hours_by_class=hours)
        for year in range(-(-term // 12))
    )
    team = team_plan("claims", "Manila", years, (1.0,) * term)
    roster = team.roster.model_copy(update={"on_duty": roster_heads()})
    team = team.model_copy(update={"roster": roster})
    return document, staffing_plan((team,), {"claims": (100.0,) * term})


def premiums(document: Engagement, plan: StaffingPlan) -> dict[str, float]:
    """Premium lines that are not zero."""
    lines = plan_cost(document, terms_of(document), plan)
    return {x.name: float(x.amount) for x in lines if x.name.startswith("premium") and x.amount}


def test_hours_of_a_holiday_leave_their_class_and_are_paid_by_its_kind() -> None:
    """Of 261 days from Monday to Friday, 7 are regular holidays and 5 special ones.

    Regular: 9, 25 and 26 March, 9 April, 30 August, 30 November, 30 December. Special: 1 and 2
    November, 8, 24 and 31 December. An hour pays 4 x 100 % or 4 x 30 % on top; 10 hours a day.
    """
    document, plan = case({}, {"ordinary": 2610.0})
    assert premiums(document, plan) == pytest.approx(
        {
            "premium_regular_holiday": 7 * 10 * 4 * 1.0,
            "premium_special_holiday": 5 * 10 * 4 * 0.3,
        }
    )


def test_night_hours_are_those_of_their_own_day() -> None:
    """A night has 2 hours on Monday, 8 on Tuesday (6 early, 2 late) and 6 on Wednesday.

    53 Mondays and 52 Tuesdays and Wednesdays: 834 hours of one person. Regular holidays on two
    Tuesdays and a Monday (9 March, 30 November, 30 August) take 18 of them; special ones on a
    Monday, a Tuesday and a Wednesday (1 and 2 November, 8 December) take 16. Pay: 1.1, 2 x 1.1 and
    1.3 x 1.1.
    """
    document, plan = case({}, {"night": 834.0})
    assert premiums(document, plan) == pytest.approx(
        {
            "premium_night": 800 * 4 * 0.1,
            "premium_night_regular_holiday": 18 * 4 * 1.2,
            "premium_night_special_holiday": 16 * 4 * 0.43,
        }
    )


def test_a_holiday_on_the_rest_day_is_paid_at_its_own_rate() -> None:
    """Of 52 Sundays one is a regular holiday (16 May 2027): 260 %, where others are paid 130 %."""
    document, plan = case({}, {"sunday": 520.0}, sunday=0.3)
    assert premiums(document, plan) == pytest.approx(
        {"premium_sunday": 510 * 4 * 0.3, "premium_regular_holiday": 10 * 4 * 1.6}
    )


def test_a_site_that_does_not_work_on_holidays_pays_no_premium() -> None:
    document, plan = case({"worked": False}, {"ordinary": 2610.0})
    assert premiums(document, plan) == {}


def test_a_stated_premium_is_due_on_every_public_holiday_and_stated_day() -> None:
    """12 days of the calendar and Monday 18 January, 50 % on top."""
    terms = {"premium": 0.5, "more": ["2027-01-18"]}
    document, plan = case(terms, {"ordinary": 2610.0})
    assert sum(premiums(document, plan).values()) == pytest.approx(13 * 10 * 4 * 0.5)


def test_a_day_stated_twice_is_paid_once() -> None:
    document, plan = case({"more": ["2027-12-30"]}, {"ordinary": 2610.0})
    listed, plain = premiums(document, plan), premiums(*case({}, {"ordinary": 2610.0}))
    assert listed == plain


def test_the_hours_of_a_year_stay_those_of_the_plan() -> None:
    hours = {"ordinary": 2610.0, "night": 834.1, "saturday": 99.999999, "night_sunday": 7.0}
    document, plan = case({}, hours, term=18)
    terms, team = terms_of(document)[0], plan.teams[0]
    drivers = weekly_drivers(terms, team, plan)
    cells = scheduled_hours(terms, team, plan, ContractCalendar(document.start, 18), drivers)
    for year in (1, 2):
        for name, planned in hours.items():
            found = sum(c.hours for c in cells if (c.year, c.weekly_class) == (year, name))
            assert found == Decimal(repr(planned))


def test_a_premium_falls_in_the_months_of_its_holidays() -> None:
    """Contract months begin on the 4th: 9, 25 and 26 March are in the third."""
    document, plan = case({}, {"ordinary": 2610.0})
    terms = terms_of(document)
    lines = plan_cost(document, terms, plan)
    months = monthly_cost(document, terms, plan, lines)
    regular = [float(x.amount) for x in months if x.name == "premium_regular_holiday"]
    assert regular == pytest.approx([0, 0, 120, 40, 0, 0, 0, 40, 0, 0, 40, 40])
    assert yearly_lines(months) == lines


def test_overtime_is_paid_at_the_rate_of_the_days_it_is_worked_on() -> None:
    """Half the hours ordinary, half at night: 25 % on 1 and on 1.1; of holidays, see above.

    A week of 40 hours costs 40 x (5 + 4 x mean premium).
    """
    document, plan = case({"worked": False}, {"ordinary": 1000.0, "night": 1000.0})
    team = plan.teams[0]
    year = team.years[0].model_copy(update={"overtime_weeks": 1.0})
    plan = plan.model_copy(update={"teams": (team.model_copy(update={"years": (year,)}),)})
    lines = {x.name: float(x.amount) for x in plan_cost(document, terms_of(document), plan)}
    assert lines["overtime"] == pytest.approx(40 * (5 + 4 * 0.25 * 1.05))


def test_premiums_that_change_by_law_change_on_their_day() -> None:
    """Colombia pays Sundays 90 % more until 30 June 2027 and 100 % from 1 July.

    Of the 52 Sundays of the year from 4 January 2027, 25 are before July; none is a holiday.
    """
    document = engagement(
        {"sites[0].country": "CO", "sites[0].time_zone": "America/Bogota"}, term_months=12
    )
    site = document.sites[0].model_copy(
        update={
            "labour": document.sites[0].labour.model_copy(update={"sunday_premium": None}),
            "holidays": None,
        }
    )
    document = document.model_copy(update={"sites": (site,)})
    _, plan = case({}, {"sunday": 520.0})
    card = RateCard(document)
    assert [str(pay.since) for pay in card.site_rates(site).pay] == ["2027-01-04", "2027-07-01"]
    assert sum(premiums(document, plan).values()) == pytest.approx(
        (25 * 10 * 0.9 + 27 * 10 * 1.0) * 4
    )


def test_an_unknown_part_of_a_country_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadInputError) as caught:
        engagement({"sites[0].country": "DE", "sites[0].holidays": {"subdivision": "XX"}})
    issue = caught.value.issues[0]
    assert issue.path == "sites[0].holidays.subdivision"
    assert "BY" in issue.accepted
