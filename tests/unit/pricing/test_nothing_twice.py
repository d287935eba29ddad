"""Nothing is counted twice: a test for each pair of places a cost could be in.

Where a plan exists, labour, training, ramp, leave and seats are those of the plan. Each test moves
one side of a pair and says which cost lines may follow; the other side stays.
"""

from decimal import Decimal
from typing import Any

import pytest

from pricing.cost import plan_cost
from pricing.ratecard import RateCard
from pricing.reconciliation import BEYOND_FORMULA, formula_parts, reconcile
from tests.builders.pricing import (
    SITE,
    engagement,
    staffing_plan,
    team_plan,
    terms_of,
    year_quantities,
)

SUPPORT = [
    {"role": "team_leader", "span": 15, "cost_per_year": 36_525},
    {"role": "trainer", "span": 60, "cost_per_year": 36_525},
]
QUANTITIES: dict[str, Any] = {
    "payroll_weeks": 500.0,
    "trainee_weeks": 20.0,
    "ramp_loss_weeks": 10.0,
    "idle_weeks": 5.0,
    "overtime_weeks": 4.0,
    "surge_weeks": 6.0,
    "started_hires": 10.0,
    "seats": 12.0,
    "support_weeks": {"team_leader": 33.0, "trainer": 8.0},
    "scheduled_hours_by_class": {"ordinary": 15_000.0, "night": 3000.0, "sunday": 500.0},
}
TRANSITION = {"cost": 12_000, "amortisation_months": 12}


def lines(
    changes: dict[str, Any] | None = None, quantities: dict[str, Any] | None = None
) -> dict[str, Decimal]:
    """Cost lines of one team in one year."""
    stated = {
        "sites[0].support": SUPPORT,
        "sites[0].holidays": {},
        "sites[0].labour.sunday_premium": 0.3,
        "commercial.transition": TRANSITION,
    } | (changes or {})
    document = engagement(stated, term_months=12)
    year = year_quantities(**QUANTITIES | (quantities or {}))
    plan = staffing_plan(
        (team_plan("claims", "Manila", (year,), (10.0,) * 12),), {"claims": (100.0,) * 12}
    )
    return {x.name: x.amount for x in plan_cost(document, terms_of(document), plan)}


def moved(
    changes: dict[str, Any] | None = None, quantities: dict[str, Any] | None = None
) -> set[str]:
    """Names of lines that a change moves, contingency apart."""
    before, after = lines(), lines(changes, quantities)
    names = {*before, *after} - {"contingency"}
    return {name for name in names if before.get(name) != after.get(name)}


def labour(costs: dict[str, Decimal]) -> float:
    """All payroll lines."""
    return float(sum(amount for name, amount in costs.items() if name.startswith("labour_")))


def test_leave_is_in_the_people_of_the_plan_and_in_no_rate() -> None:
    """Out-of-office shrinkage made the plan larger; the same plan costs the same."""
    assert moved({"shrinkage.out_of_office": 0.3}) == set()


def test_leave_is_in_the_hours_of_the_formula_and_not_in_its_labour() -> None:
    low, high = (
        terms_of(engagement({"shrinkage.out_of_office": share}))[0] for share in (0.1, 0.3)
    )
    assert formula_parts(low, Decimal(0)) == formula_parts(high, Decimal(0))


def test_leave_is_in_no_on_cost_of_the_tables() -> None:
    """No item of employers' costs is for days off."""
    document = engagement(sites=[{k: v for k, v in SITE.items() if k != "on_cost"}])
    card = RateCard(document)
    card.role_rate(document.sites[0], "claims_processor")
    items = [path.split(".")[-1] for path in card.assumptions if path.startswith("employer_costs")]
    assert len(items) > 3
    assert not [item for item in items if "leave" in item or "holiday" in item]


@pytest.mark.parametrize("part", ["trainee_weeks", "ramp_loss_weeks", "idle_weeks"])
def test_training_ramp_and_idle_time_are_parts_of_the_payroll_and_not_on_top(part: str) -> None:
    more = {part: QUANTITIES[part] + 7}
    assert labour(lines(None, more)) == pytest.approx(labour(lines()))
    assert len(moved(None, more)) == 2  # from productive weeks to that line


def test_a_hire_brings_recruiting_and_its_early_loss_but_no_ramp_or_training_of_the_formula() -> (
    None
):
    """Ramp and training are in the weeks of the plan; the ramp of the service prices nothing."""
    assert moved(None, {"started_hires": 11.0}) == {"recruiting", "labour_training"}
    assert moved({"services[0].ramp": [0.2, 0.4, 0.6]}) == set()


def test_seats_are_those_of_the_plan_and_not_of_shifts_per_seat() -> None:
    """Shifts share a seat in the plan's peak already; the ratio is for the formula alone."""
    assert moved({"sites[0].shifts_per_seat": 3}) == set()
    assert moved(None, {"seats": 13.0}) == {"seats"}


def test_trainers_are_a_span_and_no_part_of_training() -> None:
    without = {"sites[0].support": SUPPORT[:1]}
    assert moved(without) == {"support_trainer"}
    assert "support_trainer" not in moved(None, {"trainee_weeks": 40.0})


def test_support_is_paid_as_loaded_cost_and_carries_no_on_cost_again() -> None:
    assert not {"support_team_leader", "support_trainer"} & moved({"sites[0].on_cost": 0.5})


def test_contingency_does_not_rise_with_what_is_simulated() -> None:
    uncertain = {"commercial.uncertainty": {"volume_cv": 0.4, "productivity_cv": 0.3}}
    assert lines(uncertain) == lines()


def test_the_risk_premium_is_in_no_cost() -> None:
    assert lines({"commercial.risk_premium": {"volume": 0.2}}) == lines()


def test_the_transition_carries_the_people_of_the_go_live_and_recruiting_those_hired_later() -> (
    None
):
    nobody = {"started_hires": 0.0}
    assert lines(None, nobody)["recruiting"] == 0
    assert lines(None, nobody)["transition"] == 12_000
    assert moved({"commercial.transition": TRANSITION | {"cost": 24_000}}) == {"transition"}


def test_a_surge_hour_pays_its_premium_in_its_line_and_its_class_with_all_others() -> None:
    """Scheduled hours hold the hours of surge people; calling more does not raise them."""
    assert moved(None, {"surge_weeks": 9.0}) == {"surge", "it"}
    assert moved({"sites[0].surge.premium": 0.9}) == {"surge"}


def test_an_overtime_hour_pays_its_premium_in_its_line_and_its_class_with_all_others() -> None:
    assert moved(None, {"overtime_weeks": 9.0}) == {"overtime"}
    assert moved({"sites[0].labour.overtime_premium": 0.9}) == {"overtime"}


def test_a_public_holiday_pays_a_premium_and_no_second_wage() -> None:
    """Base pay of the day is in the payroll; an hour at 200 % has 100 % of it here."""
    closed = lines({"sites[0].holidays": {"worked": False}})
    worked = lines()
    payroll = [name for name in worked if name.startswith("labour_")]
    assert [worked[name] for name in payroll] == [closed[name] for name in payroll]
    raised = lines({"sites[0].labour.sunday_premium": 0.5})
    assert raised["premium_regular_holiday"] == worked["premium_regular_holiday"]


def test_the_thirteenth_month_is_an_on_cost_on_base_pay_and_not_on_variable_pay() -> None:
    bare = {k: v for k, v in SITE.items() if k != "on_cost"}
    on_cost = []
    for share in (0.0, 0.2):
        document = engagement({"sites[0].variable_pay": share}, sites=[bare])
        card = RateCard(document)
        rate = card.role_rate(document.sites[0], "claims_processor")
        assert rate.labour_per_hour == rate.wage_per_hour * (
            1 + Decimal(repr(share)) + rate.on_cost
        )
        on_cost.append(rate.on_cost)
        assert "employer_costs[PH].thirteenth_month" in card.assumptions
    assert on_cost[0] == on_cost[1]


def test_a_mark_up_between_companies_is_on_the_cost_of_the_site_only() -> None:
    """Not on the transition, which the selling entity bears, and contingency is on all."""
    marked = {"sites[0].intercompany_markup": 0.1}
    assert moved(marked) == {"intercompany_markup"}
    costs = lines(marked)
    own = sum(v for k, v in costs.items() if k not in {*BEYOND_FORMULA, "transition"})
    assert costs["intercompany_markup"] == own / 10
    contingency = costs.pop("contingency")
    assert contingency == Decimal("0.05") * sum(costs.values())


def test_what_comes_on_top_is_in_no_part_of_the_reconciliation() -> None:
    """Contingency and mark-up are neither the plan's nor the formula's difference."""
    figures = []
    for changes in ({}, {"sites[0].intercompany_markup": 0.1, "commercial.contingency": 0.2}):
        document = engagement(changes, term_months=12)
        year = year_quantities(payroll_weeks=500.0)
        plan = staffing_plan(
            (team_plan("claims", "Manila", (year,), (10.0,) * 12),), {"claims": (100.0,) * 12}
        )
        terms = terms_of(document)
        figures.append(reconcile(document, terms, plan, plan_cost(document, terms, plan)))
    assert figures[0] == figures[1]
