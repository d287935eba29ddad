"""The difference between plan and steady-state formula is explained line by line."""

from decimal import Decimal

import pytest

from pricing.cost import plan_cost
from pricing.reconciliation import PARTS, part_of, rate_card_case, reconcile
from tests.builders.pricing import engagement, staffing_plan, team_plan, terms_of, year_quantities


def test_plan_is_formula_plus_the_differences_by_line() -> None:
    document = engagement(
        {"commercial.transition": {"cost": 9000, "amortisation_months": 12}}, term_months=12
    )
    terms = terms_of(document)
    year = year_quantities(payroll_weeks=520.0, trainee_weeks=20.0, seats=7, started_hires=4)
    plan = staffing_plan(
        (team_plan("claims", "Manila", (year,), (9.6,) * 12),), {"claims": (5000.0,) * 12}
    )
    lines = plan_cost(document, terms, plan)
    (row,) = reconcile(document, terms, plan, lines)
    differences = sum((money.amount for money in row.by_line.values()), Decimal(0))
    assert row.difference.amount == differences
    assert row.plan.amount == row.formula.amount + differences
    per_fte = sum(x.amount for x in lines if x.name != "contingency") / Decimal("9.6")
    assert float(row.plan.amount) == pytest.approx(float(per_fte), abs=0.05)
    assert row.by_line["transition"].amount == 0


def test_every_line_belongs_to_a_part_of_the_formula() -> None:
    parts = {
        "labour_productive": "labour",
        "labour_idle": "labour",
        "premium_night": "labour",
        "overtime": "labour",
        "surge": "labour",
        "labour_training": "backfill",
        "labour_ramp": "backfill",
        "recruiting": "backfill",
        "support_quality": "support",
        "seats": "seats",
        "it": "it",
        "transition": "transition",
    }
    assert {line: part_of(line) for line in parts} == parts
    assert set(parts.values()) == set(PARTS)


def test_a_team_s_terms_are_the_inputs_of_the_formula() -> None:
    document = engagement({"services[0].ramp": [0.5, 0.75], "sites[0].shifts_per_seat": 2})
    case = rate_card_case(terms_of(document)[0])
    assert case.wage == 4
    assert case.ramp_loss_weeks == Decimal("0.75")
    assert case.seat == 1000
    assert float(case.paid_hours) == pytest.approx(40 * 365.25 / 7)
