"""Outcomes of a small quote: laws of both offers, bounds against exact solves, no second solve."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from pricing.planning import prepare
from pricing.risk.corrections import OfferTeams
from pricing.risk.model import _fold, coordinates
from pricing.risk.outcomes import Outcomes
from pricing.risk.people import absence_load, line_of, work_coordinates
from pricing.risk.solved import _guides, solve_cost
from pricing.risk.teams import RiskTeam, risk_teams
from staffing.optimize.warm import WarmProgram
from staffing.optimize.workforce.committed import CommittedProgram
from tests.builders.risk import DRAWS, risk_with, small_engagement, small_plan, small_risk

Array = NDArray[np.float64]
ORDERS = 2 * 24  # months of the term, twice: an order may be off by half a step either way


@cache
def one(factor: str, value: float) -> Outcomes:
    """One future in which a single factor is off."""
    return small_risk().solved.outcomes({factor: np.array([value])}, 1)


@cache
def planned() -> Outcomes:
    """The future in which all is as planned."""
    return small_risk().solved.outcomes({}, 1)


@cache
def small_teams() -> tuple[RiskTeam, ...]:
    """Its only team."""
    engagement = small_engagement()
    card, terms, brief = prepare(engagement)
    return risk_teams(engagement, card, terms, brief, small_plan().plan)


def total_cost() -> float:
    """Delivery cost of the plan."""
    return float(small_risk().solved.planned.sum())


def test_as_planned_both_offers_cost_and_deliver_the_plan() -> None:
    plan = small_plan().plan
    assert planned().cost_input.sum() == pytest.approx(total_cost())
    assert planned().cost_output.sum() == pytest.approx(total_cost())
    assert planned().units[0, 0] == pytest.approx(sum(plan.volumes[0].units_by_month))
    fte = [np.ceil(need - 1e-6) for need in plan.teams[0].needed_fte_by_month]
    assert planned().ordered[0, 0] == pytest.approx(sum(fte))


def test_without_uncertainty_every_future_is_the_plan() -> None:
    nothing = {"volume_cv": 0, "productivity_cv": 0, "factors": []}
    risk = risk_with(nothing, draws=50)
    outcomes = risk.outcomes(50, 0)
    assert risk.model.factors == ()
    assert outcomes.cost_output.sum(axis=1) == pytest.approx(np.full(50, total_cost()))
    assert outcomes.units == pytest.approx(np.tile(planned().units, (50, 1)))


def test_more_volume_is_more_of_everything() -> None:
    less, more = one("volume", 0.9), one("volume", 1.1)
    assert more.units == pytest.approx(1.1 * planned().units)
    for name in ("ordered", "cost_input", "cost_output"):
        assert getattr(less, name).sum() < getattr(planned(), name).sum()
        assert getattr(planned(), name).sum() < getattr(more, name).sum()


def test_harder_work_is_ordered_by_the_hour_and_not_paid_by_the_unit() -> None:
    hard = one("complexity", 1.1)
    assert hard.units == pytest.approx(planned().units)
    assert hard.ordered.sum() > planned().ordered.sum()
    assert hard.cost_output.sum() > planned().cost_output.sum()


@pytest.mark.parametrize("factor", ["attrition", "ramp", "absence"])
def test_people_s_risks_cost_the_vendor_and_order_nothing(factor: str) -> None:
    value = 1.2 if factor != "absence" else 1.15
    worse = one(factor, value)
    assert worse.ordered == pytest.approx(planned().ordered)
    assert worse.units == pytest.approx(planned().units)
    assert worse.cost_input.sum() > planned().cost_input.sum()
    assert worse.cost_output.sum() > planned().cost_output.sum()


def test_wages_are_put_on_the_quantities_there_are() -> None:
    # Pay and support of the second year cost a tenth more; nothing else moves.
    solved = small_risk().solved
    other, home, abroad = solved.planned[0], solved.planned[1:3], solved.planned[3:5]
    assert one("wage_inflation", 1.1).cost_output.sum() == pytest.approx(
        other + home @ [1, 1.1] + abroad @ [1, 1.1]
    )
    assert abroad.sum() > home.sum() > 0


def test_an_exchange_rate_moves_pay_in_foreign_money_only() -> None:
    abroad = small_risk().solved.planned[3:5].sum()
    for name in ("cost_input", "cost_output"):
        dearer = getattr(one("fx", 1.1), name).sum()
        assert dearer - total_cost() == pytest.approx(0.1 * abroad)


def test_nobody_is_paid_abroad_no_exchange_rate_is_drawn() -> None:
    assert "fx" in small_risk().model.distributions
    assert {factor.name for factor in small_risk().model.factors} >= {"volume", "trend", "absence"}


def test_orders_follow_the_work_only_after_their_notice() -> None:
    quantities = small_risk().solved.quantities
    assert quantities.fixed_months == 2
    assert risk_with({"order_notice_weeks": 0}, 1000).solved.quantities.fixed_months == 0
    fixed = risk_with({"order_notice_weeks": 1000}, 1000).outcomes(200, 0)
    assert fixed.ordered == pytest.approx(np.tile(planned().ordered, (200, 1)))


def test_hires_fixed_for_longer_cost_more_by_the_unit() -> None:
    free, fixed = (
        risk_with({"committed_weeks": weeks, "factors": []}, 2000).outcomes(2000, 0)
        for weeks in (0, 104)
    )
    assert fixed.cost_output.mean() > 1.005 * free.cost_output.mean()
    assert fixed.cost_input.mean() == pytest.approx(free.cost_input.mean(), rel=1e-6)


def test_the_same_draws_serve_both_offers_and_every_process() -> None:
    first, again = small_risk().outcomes(DRAWS, 1), small_risk().outcomes(DRAWS, 1)
    assert np.array_equal(first.cost_input, again.cost_input)
    assert np.array_equal(first.ordered, again.ordered)
    both = np.corrcoef(first.cost_input[:, 0], first.cost_output[:, 0])[0, 1]
    assert both > 0.95


def test_reading_off_solves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    risk = small_risk()

    def refuse(*_: object) -> None:
        raise AssertionError("solved again")

    monkeypatch.setattr(WarmProgram, "solve", refuse)
    assert risk.outcomes(1000, 7).draws == 1000


def test_draws_seen_when_solving_are_read_off_as_any_others() -> None:
    risk = small_risk()
    forgotten = {
        name: replace(getattr(risk.solved, name), located=None)
        for name in ("input_based", "output_based")
    }
    nothing_kept = replace(
        risk, solved=replace(risk.solved, **forgotten), drawn=replace(risk.drawn, draws=0)
    )
    for seed in (1, 2):
        kept, anew = risk.outcomes(DRAWS, seed), nothing_kept.outcomes(DRAWS, seed)
        assert np.array_equal(kept.cost_input, anew.cost_input)
        assert np.array_equal(kept.cost_output, anew.cost_output)


def test_what_a_future_costs_does_not_hang_on_those_it_is_costed_with() -> None:
    (team,) = small_teams()
    offer = OfferTeams((team,), (team.committed,), 0, np.eye(6), 0.1)
    programs = [CommittedProgram(team.committed)]
    futures = [
        offer.solve(programs, scale * team.people.planned[:, None], np.array([scale, 0.0, 0.0]))
        for scale in (0.8, 1.0, 1.3)
    ]
    together, alone = offer.money(futures), [offer.money([one])[0] for one in futures]
    assert np.array_equal(together, np.array(alone))
    assert (np.diff(together.sum(axis=1)) > 0).all()


def test_the_mean_is_within_its_stated_error_of_exact_solves() -> None:
    solved = small_risk().solved.output_based
    assert 0 < solved.error.below < 0.003 * total_cost()
    assert 0 < solved.error.estimated < 0.005 * total_cost()
    assert solved.error.above == 0


def test_the_proven_bounds_enclose_every_exact_solve() -> None:
    (team,) = small_teams()
    solved = small_risk().solved.output_based
    assert solved.axes == (0, 1)
    assert solved.function is not None
    draw = np.random.default_rng(5)
    points = np.stack([draw.uniform(0.8, 1.3, 40), draw.uniform(-0.05, 0.05, 40)], axis=1)
    bounds = solved.function.evaluate(points)
    program, line = CommittedProgram(team.committed), line_of((team.people,), 0)
    exact = np.array(
        [program.solve(line.at(np.append(point, 0.0))[0][:, 0]).cost for point in points]
    )
    assert bounds.inside.all()
    assert (bounds.lower <= exact * (1 + 1e-9)).all()
    assert (exact <= bounds.upper * (1 + 1e-9)).all()
    assert (bounds.upper - bounds.lower).max() < 0.02 * exact.mean()


def test_products_of_factors_stay_exact_in_the_coordinates() -> None:
    factors = {"volume": np.array([1.2]), "complexity": np.array([0.5]), "trend": np.array([1.1])}
    assert work_coordinates(factors, 1)[0] == pytest.approx([0.6, 0.06, 0.0])


def test_absence_leaves_fewer_on_site() -> None:
    assert absence_load(0.1, 2.0) == pytest.approx(0.9 / 0.8)
    assert absence_load(0.1, 1.0) == 1.0
    assert absence_load(0.5, 100.0) == pytest.approx(2.0)


def test_stated_factors_stand_instead_of_the_assumed_ones() -> None:
    stated = {
        "factors": [
            {"name": "attrition", "distribution": "triangular", "low": 0.5, "mode": 1, "high": 2}
        ]
    }
    names = [factor.name for factor in risk_with(stated, 500).model.factors]
    assert names == ["volume", "complexity", "attrition"]
    assert small_engagement(stated).commercial.uncertainty.factors is not None


def test_months_add_up_to_the_term_in_every_future() -> None:
    outcomes = small_risk().outcomes(DRAWS, 1)
    months = outcomes.months
    assert months is not None
    term = range(small_engagement().term_months)
    assert sum(months.orders(m).T for m in term) == pytest.approx(outcomes.ordered)
    assert sum(months.units(m).T for m in term) == pytest.approx(outcomes.units)
    few = outcomes.every(100)
    assert few.months is not None
    assert few.draws == few.months.draws == len(few.factors["volume"]) == DRAWS // 100
    assert few.months.orders(20) == pytest.approx(months.orders(20)[:, ::100])
    for month, planned in enumerate(small_plan().plan.volumes[0].units_by_month):
        as_planned = small_risk().solved.outcomes({}, 1).months
        assert as_planned is not None
        assert as_planned.units(month)[:, 0] == pytest.approx([planned])


def test_some_of_many_draws_say_where_to_solve_and_hold_the_rims() -> None:
    """A draw beyond the box of those that guide would be costed at the rim of the box."""
    points = np.random.default_rng(5).normal(size=(100_000, 3))
    chosen = _guides(points)
    assert len(chosen) <= 5_006
    assert np.array_equal(chosen.min(axis=0), points.min(axis=0))
    assert np.array_equal(chosen.max(axis=0), points.max(axis=0))
    assert np.array_equal(_guides(points[:5_000]), points[:5_000])


def test_what_one_offer_costs_does_not_hang_on_the_one_solved_beside_it() -> None:
    teams, drawn = small_teams(), small_risk().drawn
    _, _, loaded = coordinates(drawn.factors, DRAWS, small_risk().solved.out_of_office)
    fold = _fold(teams, small_risk().solved.services)
    committed = tuple(team.committed for team in teams)
    alone = OfferTeams(teams, committed, 0, fold, small_risk().solved.out_of_office)
    found = solve_cost(alone, loaded, drawn.factors, max_solves=60)
    beside = small_risk().solved.output_based
    assert np.array_equal(found.money, beside.money)
    assert found.error == beside.error
    assert found.solves == beside.solves
