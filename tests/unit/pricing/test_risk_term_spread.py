"""Spread of bill and margin of both offers under the same draws."""

from typing import Any

import numpy as np
import pytest

from pricing.comparison import team_curves
from pricing.cost import plan_cost
from pricing.offers import build_offers
from pricing.quote import Offers, Risk, Spread
from pricing.risk.term_spread import assess_risk, lognormal_factor, needed_factor
from tests.builders.pricing import (
    curve_points,
    engagement,
    staffing_plan,
    team_curve,
    team_plan,
    terms_of,
    year_quantities,
)


def risk_of(
    volume_cv: float, productivity_cv: float, changes: dict[str, Any] | None = None
) -> tuple[Risk, Offers]:
    """Risk of a one-team plan with this much uncertainty."""
    uncertainty = {"volume_cv": volume_cv, "productivity_cv": productivity_cv}
    document = engagement(
        {"commercial.uncertainty": uncertainty, **(changes or {})}, term_months=12
    )
    terms = terms_of(document)
    curve = curve_points((0.0, 0.5, 1.0, 1.5, 2.0), (80.0, 220.0, 360.0, 520.0, 700.0))
    year = year_quantities(payroll_weeks=520.0, seats=8, started_hires=4)
    team = team_plan("claims", "Manila", (year,), (9.6,) * 12, curve)
    plan = staffing_plan((team,), {"claims": (50_000.0,) * 12})
    lines = plan_cost(document, terms, plan)
    offers, prices = build_offers(document, terms, plan, lines)
    return assess_risk(document, team_curves(plan, prices), offers, lines), offers


def by_method(risk: Risk) -> tuple[Spread, Spread]:
    """Spread of the input-based and of the output-based offer."""
    spreads = {spread.method: spread for spread in risk.spreads}
    return spreads["input_based"], spreads["output_based"]


def test_percentiles_are_in_order() -> None:
    for spread in risk_of(0.2, 0.1)[0].spreads:
        assert spread.bill_p10.amount < spread.bill_p50.amount < spread.bill_p90.amount
        assert spread.margin_p10 <= spread.margin_p50 <= spread.margin_p90


def test_without_variance_every_percentile_is_the_plan_s_own_figure() -> None:
    risk, offers = risk_of(0, 0)
    for spread in risk.spreads:
        term = getattr(offers, spread.method).term
        bills = {spread.bill_p10.amount, spread.bill_p50.amount, spread.bill_p90.amount}
        assert bills == {round(term.expected_bill.amount)}
        margins = (spread.margin_p10, spread.margin_p50, spread.margin_p90)
        assert margins == pytest.approx([term.margin] * 3, abs=1e-4)
        assert spread.probability_of_loss == 0


def test_the_same_case_gives_the_same_draws() -> None:
    assert risk_of(0.2, 0.1)[0] == risk_of(0.2, 0.1)[0]


def test_slow_or_fast_work_moves_the_margin_of_the_output_offer_more() -> None:
    people, units = by_method(risk_of(0, 0.1)[0])
    assert units.margin_p90 - units.margin_p10 > 5 * (people.margin_p90 - people.margin_p10)


def test_slow_or_fast_work_moves_the_bill_of_the_input_offer_only() -> None:
    people, units = by_method(risk_of(0, 0.1)[0])
    assert people.bill_p90.amount > people.bill_p10.amount
    assert units.bill_p90.amount == units.bill_p10.amount


def test_more_uncertainty_widens_the_spread() -> None:
    narrow, wide = by_method(risk_of(0.1, 0.05)[0]), by_method(risk_of(0.2, 0.1)[0])
    for one, other in zip(narrow, wide, strict=True):
        assert other.bill_p90.amount - other.bill_p10.amount > (
            one.bill_p90.amount - one.bill_p10.amount
        )


def test_probabilities_are_shares_and_a_loss_is_rarer_than_a_miss_of_the_floor() -> None:
    for cv in (0.0, 0.1, 0.3, 0.6):
        for spread in risk_of(cv, cv, {"commercial.floor_margin": 0.15})[0].spreads:
            assert 0 <= spread.probability_of_loss <= spread.probability_below_floor <= 1


def test_a_higher_floor_is_missed_more_often() -> None:
    missed = [
        by_method(risk_of(0.2, 0.1, {"commercial.floor_margin": floor})[0])[1]
        for floor in (0.05, 0.10, 0.18)
    ]
    shares = [spread.probability_below_floor for spread in missed]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_the_factor_has_mean_one_and_the_variation_asked_for() -> None:
    factor = lognormal_factor(np.random.default_rng(1), 0.3, 200_000)
    assert factor.min() > 0
    assert factor.mean() == pytest.approx(1, abs=0.005)
    assert factor.std() / factor.mean() == pytest.approx(0.3, abs=0.005)


def test_people_follow_the_staffing_curve() -> None:
    curve = team_curve((0.0, 1.0, 2.0), (2.0, 4.0, 8.0), 1.0)
    factors = needed_factor(curve, np.array([0.0, 0.5, 1.0, 1.5, 2.0, 4.0]))
    assert factors == pytest.approx([0.5, 0.75, 1.0, 1.5, 2.0, 4.0])
