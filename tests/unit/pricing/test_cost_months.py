"""Yearly lines in months: exact sums, and each line where its people are.

One team over twelve months, 52 full weeks: the payroll is 10 in the first 26 weeks and 20 after,
hires start in week 1 (4) and week 27 (12), half the hours of the year fall in each half.
"""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.cost import by_site, monthly_cost, plan_cost, yearly_lines
from pricing.cost.split import spread
from pricing.cost.weekly import weekly_drivers
from pricing.engagement import Engagement
from staffing.calendar import ContractCalendar
from staffing.plan import StaffingPlan, WorkforceWeeks
from tests.builders.pricing import (
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

SUPPORT = [{"role": "team_leader", "span": 10, "cost_per_year": 36_525, "min_on_duty": 0}]
WEEKS = 53  # 365 days are 52 weeks and a day


def stepped(low: float, high: float) -> tuple[float, ...]:
    """Weekly figures that step up in the middle of the year."""
    return (low,) * 26 + (high,) * (WEEKS - 26)


def case(term: int = 12) -> tuple[Engagement, StaffingPlan]:
    """Engagement and plan of the module's docstring; a second year repeats the first."""
    document = engagement(
        {
            "sites[0].support": SUPPORT,
            "commercial.transition": {"cost": 1200, "amortisation_months": 4},
        },
        term_months=term,
    )
    hires = [0.0] * WEEKS
    hires[0], hires[26] = 4.0, 12.0
    weeks = WorkforceWeeks(
        needed=stepped(9, 18),
        productive=stepped(9.5, 19),
        payroll=stepped(10, 20),
        hires=tuple(hires),
        overtime=(0.0,) * 50 + (1.0,) * (WEEKS - 50),
        surge_starts=(0.0,) * WEEKS,
        surge=(0.0,) * WEEKS,
        stop_reason="optimal",
    )
    quantities = year_quantities(
        payroll_weeks=783,
        trainee_weeks=32,
        ramp_loss_weeks=10,
        idle_weeks=20,
        overtime_weeks=2,
        started_hires=17.8,
        seats=20,
        support_weeks={"team_leader": 78.3},
        scheduled_hours_by_class={"ordinary": 20_000.0, "night": 5_000.0},
    )
    team = team_plan("claims", "Manila", (quantities,), (10.0,) * 12)
    team = team.model_copy(update={"workforce": weeks})
    return document, staffing_plan((team,), {"claims": (100.0,) * 12})


def months_of(name: str) -> list[float]:
    """One line of the case by month."""
    document, plan = case()
    teams = terms_of(document)
    lines = monthly_cost(document, teams, plan, plan_cost(document, teams, plan))
    return [float(line.amount) for line in lines if line.name == name]


def test_months_sum_to_the_yearly_lines_exactly() -> None:
    document, plan = case()
    teams = terms_of(document)
    lines = plan_cost(document, teams, plan)
    assert yearly_lines(monthly_cost(document, teams, plan, lines)) == lines


def test_a_month_that_is_changed_breaks_the_sum() -> None:
    document, plan = case()
    teams = terms_of(document)
    lines = plan_cost(document, teams, plan)
    first, *rest = monthly_cost(document, teams, plan, lines)
    changed = replace(first, amount=first.amount + Decimal("1e-12"))
    assert yearly_lines((changed, *rest)) != lines


def test_recruiting_falls_when_people_start() -> None:
    recruiting = months_of("recruiting")
    assert [month for month, amount in enumerate(recruiting) if amount] == [0, 6]
    assert recruiting[6] == pytest.approx(3 * recruiting[0])


def test_support_and_licences_follow_the_people_of_the_month() -> None:
    for name in ("it", "support_team_leader"):
        first, last = months_of(name)[0], months_of(name)[-1]
        assert last == pytest.approx(2 * first, rel=0.01), name  # January and December: 31 days


def test_the_transition_ends_with_its_last_instalment() -> None:
    assert months_of("transition") == [300.0] * 4 + [0.0] * 8


def test_seats_are_rented_for_the_peak_of_the_year() -> None:
    assert months_of("seats") == pytest.approx([20 * 2000 / 12] * 12)


def test_contingency_is_its_share_of_every_month() -> None:
    document, plan = case()
    teams = terms_of(document)
    months = monthly_cost(document, teams, plan, plan_cost(document, teams, plan))
    for month in range(1, 13):
        amounts = {line.name: line.amount for line in months if line.month == month}
        contingency = float(amounts.pop("contingency"))
        assert contingency == pytest.approx(0.05 * float(sum(amounts.values())))


def test_a_plan_without_weeks_is_even_over_the_year() -> None:
    document = engagement(term_months=12)
    team = team_plan("claims", "Manila", (year_quantities(payroll_weeks=52),), (1.0,) * 12)
    plan = staffing_plan((team,), {"claims": (1.0,) * 12})
    teams = terms_of(document)
    lines = monthly_cost(document, teams, plan, plan_cost(document, teams, plan))
    payroll = [line.amount for line in lines if line.name == "labour_productive"]
    assert len(payroll) == 12
    assert float(max(payroll) - min(payroll)) == pytest.approx(0, abs=1e-9)


def test_weekly_drivers_are_the_weeks_of_the_yearly_quantities() -> None:
    """4 and 12 hires in training for two weeks each; an early loss of 10 % trains on top."""
    document, plan = case()
    drivers = weekly_drivers(terms_of(document)[0], plan.teams[0], plan)
    weights = ContractCalendar(document.start, 12).week_weights
    assert float(weights @ drivers.payroll) == pytest.approx(10 * 26 + 20 * (26 + 1 / 7))
    assert float(drivers.training.sum()) == pytest.approx(2 * 16 + 2 * 16 * 0.1 / 0.9)
    assert drivers.idle[:26] == pytest.approx(np.full(26, 0.5))


def test_lines_add_up_by_site() -> None:
    document, plan = case()
    lines = plan_cost(document, terms_of(document), plan)
    table = by_site(lines, plan)
    assert list(table) == ["Manila"]
    assert sum(table["Manila"].values()) == sum(line.amount for line in lines)


@given(
    st.decimals("-1e9", "1e9", places=7),
    st.lists(st.floats(0, 1e6), min_size=1, max_size=12),
)
def test_parts_always_sum_to_the_amount(amount: Decimal, weights: list[float]) -> None:
    assert sum(spread(amount, np.array(weights))) == amount


def test_a_part_without_weight_gets_nothing() -> None:
    assert spread(Decimal("1.00"), np.array([1.0, 2.0, 0.0])) == (
        Decimal("0.333333333333"),
        Decimal("0.666666666667"),
        Decimal(0),
    )
