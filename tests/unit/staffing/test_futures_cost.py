"""Cost of many futures: factors of the forecast, and 200 exact costs inside their bounds."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.futures_cost import DemandFactors, certified_cost
from staffing.hiring.factors import standard_draws
from staffing.optimize.workforce.value.certify import Branch, certify
from staffing.optimize.workforce.value.recourse_cost import RecourseCost
from staffing.scenarios import DemandSpread, Forecast
from tests.builders.two_stage import problem

WEEKS = 20
SPREAD = DemandSpread(0.10, 0.05, 0.03, 0.2, (0.05,))
TREND = np.ones((1, WEEKS))
FORECAST = Forecast(TREND + 0.3 * (np.arange(WEEKS) > 12), TREND)
ASKED = problem(scenarios=1, weeks=WEEKS, surge_heads=20.0)
STAFF = np.full((WEEKS, 1), 95.0)


def needed(volumes):
    """Return people for volumes, fewer for each unit where there are many."""
    return 100 * np.transpose(volumes, (0, 2, 1)) ** 0.9


FACTORS = DemandFactors(FORECAST, SPREAD, needed)


def test_a_factor_moves_people_by_the_slope_of_the_curve():
    space = FACTORS.space(STAFF)
    assert FACTORS.names == ("level", "growth", "season")
    assert space.demand == pytest.approx(needed(FORECAST.scale[None])[0])
    # d/dl 100 (l v)^0.9 = 90 v^0.9 at l = 1.
    assert space.demand_moves[0] == pytest.approx(0.9 * space.demand, rel=2e-3)
    assert space.demand_moves[1, :, 0] == pytest.approx(
        90 * FORECAST.scale[0] ** -0.1 * FORECAST.years, rel=2e-3
    )
    assert not space.demand_moves[2, :13].any()
    assert not space.staff_moves.any()


def test_what_has_no_spread_or_no_season_is_no_factor():
    assert DemandFactors(FORECAST, replace(SPREAD, growth_sd=0.0), needed).names == (
        *("level", "season"),
    )
    flat = Forecast(TREND, TREND)
    assert DemandFactors(flat, SPREAD, needed).names == ("level", "growth")
    none = DemandSpread(0.0, 0.0, 0.0, 0.0, (0.0,))
    assert DemandFactors(FORECAST, none, needed).names == ()


def test_the_level_is_drawn_as_in_the_scenarios():
    normal = standard_draws(1_000, 3, seed=0)
    points = FACTORS.points(normal)
    assert points[:, 0] + 1 == pytest.approx(SPREAD.level(normal[:, 0]))
    assert points[:, 1] == pytest.approx(0.03 * normal[:, 1])


def test_two_hundred_futures_solved_exactly_lie_inside_their_bounds():
    space = FACTORS.space(STAFF)
    solve, points = RecourseCost(ASKED, space), FACTORS.points(standard_draws(20_000, 3, seed=2))
    value = certify([Branch(solve, points)], max_solves=3_000)
    sample = np.random.default_rng(0).choice(len(points), 200, replace=False)
    truth = np.array([solve(point)[0] for point in points[sample]])
    assert value.certified
    assert (value.lower[sample] <= truth + 1e-6).all()
    assert (truth <= value.upper[sample] + 1e-6).all()


def test_the_cost_of_the_plan_is_in_every_figure_and_percentiles_rise():
    costs = [certified_cost(ASKED, (plan, STAFF), FACTORS, 2_000, seed=1) for plan in (0.0, 50.0)]
    assert costs[0]
    assert costs[1]
    for name in ("lower", "upper"):
        cheap, dear = ([getattr(p, name) for p in cost.percentiles] for cost in costs if cost)
        assert np.array(dear) - cheap == pytest.approx(50.0)
        assert cheap == sorted(cheap)
    own = costs[0].certified
    p10 = next(one for one in own.statistics if one.name == "P10")
    tenth = costs[0].percentiles[9]
    assert (tenth.share, tenth.lower, tenth.upper) == (0.1, p10.lower, p10.upper)
    assert own.certified
    assert own.futures == 2_000


def test_wide_spreads_are_cut_off_earlier_or_not_priced():
    space = FACTORS.space(STAFF)
    assert FACTORS.truncation(space) == 3.5
    wide = DemandFactors(FORECAST, replace(SPREAD, season_cv=0.0, growth_sd=0.9), needed)
    assert wide.truncation(wide.space(STAFF)) in {2.0, 2.5, 3.0}
    wild = DemandFactors(FORECAST, replace(SPREAD, growth_sd=3.0), needed)
    assert wild.truncation(wild.space(STAFF)) is None
    assert certified_cost(ASKED, (0.0, STAFF), wild, 2_000, seed=0) is None
