"""Futures of demand: around the forecast, as far off as stated, the same for the same seed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from staffing.brief import VolumeHistory
from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term
from staffing.errors import BadInputError
from staffing.scenarios import (
    DemandSpread,
    Forecast,
    demand_scenarios,
    forecast_of,
    weekly_error,
)
from tests.builders.staffing import deferrable_service, staffing_brief, volume_brief

CERTAIN = DemandSpread(0.0, 0.0, 0.0, 0.0, (0.0,))
SEASON = np.array([1.0] * 9 + [1.3] * 3)


def forecast(growth=0.0, season=None, months=24):
    """Return the forecast of one service."""
    volume = volume_brief(growth_per_year=growth, seasonality=season)
    brief = staffing_brief(deferrable_service(volume=volume), term_months=months)
    calendar = ContractCalendar(brief.start, months)
    demand = demand_over_term(brief.services[0], calendar, brief.grid)
    return forecast_of(brief, {"claims": demand}, calendar)


def test_without_error_every_future_is_the_forecast():
    expected = forecast(growth=0.1, season=SEASON)
    paths = demand_scenarios(expected, CERTAIN, 3, seed=0)
    assert np.allclose(paths, expected.scale)


def test_the_trend_is_the_forecast_without_its_season():
    assert np.allclose(forecast(growth=0.1).trend, forecast(growth=0.1).scale)
    seasonal = forecast(season=SEASON)
    assert np.allclose(seasonal.trend, seasonal.trend[0, 0])
    assert seasonal.scale.max() > 1.15 * seasonal.trend[0, 0]


def test_each_error_moves_what_it_says():
    expected = forecast(season=SEASON)
    two = np.array([0.0, 0.1])
    one, none = np.ones(2), np.zeros(2)
    plan, higher = expected.paths(one + two, none, none)
    assert np.allclose(higher, 1.1 * plan)
    plan, growing = expected.paths(one, two, none)
    assert growing[0, 52] == pytest.approx(
        plan[0, 52] + 0.1 * 52.5 * 7 / 365.25 * expected.trend[0, 52]
    )
    plan, stronger = expected.paths(one, none, two)
    assert np.allclose(stronger - expected.trend[0], 1.1 * (plan - expected.trend[0]))


def test_a_decline_no_forecast_means_stops_at_nothing():
    assert forecast().paths(np.ones(1), np.array([-2.0]), np.zeros(1)).min() == 0


def test_spread_and_mean_are_those_stated():
    flat = Forecast(np.ones((1, 400)), np.ones((1, 400)))
    spread = DemandSpread(0.10, 0.05, 0.0, 0.0, (0.08,))
    paths = demand_scenarios(flat, spread, 2_000, seed=1)[:, 0]
    level = paths.mean(axis=1)
    assert level.mean() == pytest.approx(1 + 0.05**2, abs=0.002)
    assert level.std() == pytest.approx(np.hypot(0.10, 0.05), rel=0.03)
    assert (paths / level[:, None]).std() == pytest.approx(0.08, rel=0.02)


def test_every_slice_of_a_factor_is_met_once():
    spread = replace(CERTAIN, volume_cv=0.1)
    level = np.sort(demand_scenarios(forecast(), spread, 50, seed=4)[:, 0, 0])
    edges = np.sort(demand_scenarios(forecast(), spread, 50, seed=5)[:, 0, 0])
    # Two draws of the same slices: no value of one lies beyond the neighbours in the other.
    assert (level[1:-1] > edges[:-2]).all()
    assert (level[1:-1] < edges[2:]).all()


def test_a_seed_gives_the_same_futures_and_another_gives_others():
    spread = DemandSpread(0.1, 0.05, 0.03, 0.2, (0.05,))
    first, same, other = (demand_scenarios(forecast(), spread, 5, seed) for seed in (7, 7, 8))
    assert np.array_equal(first, same)
    assert not np.allclose(first, other)


@pytest.mark.parametrize("count", [0, 2_001])
def test_a_number_of_scenarios_out_of_range_is_refused(count):
    with pytest.raises(BadInputError, match=r"scenarios: from 1 to 2,000"):
        demand_scenarios(forecast(), CERTAIN, count, 0)


def history(weeks, cv=0.05, seed=0):
    """Return weekly volumes with a season and an error."""
    week = np.arange(weeks)
    season = 1 + 0.2 * np.sin(2 * np.pi * week / 52)
    noise = 1 + cv * np.random.default_rng(seed).standard_normal(weeks)
    return VolumeHistory(date(2020, 1, 1), "week", 1_000 * season * noise)


@pytest.mark.parametrize("years", [2, 3, 6])
def test_the_error_of_weeks_is_read_from_two_years_or_more(years):
    found = [weekly_error(history(52 * years, seed=seed)) or 0.0 for seed in range(20)]
    assert np.mean(found) == pytest.approx(0.05, rel=0.08)
    assert weekly_error(history(52 * years, cv=0.0)) == pytest.approx(0, abs=1e-12)
    assert weekly_error(history(103)) is None
    assert weekly_error(history(10)) is None


def test_weeks_without_precedent_do_not_move_the_error():
    usual = history(52 * 4)
    odd = usual.values.copy()
    odd[100:104] *= 8
    assert weekly_error(replace(usual, values=odd)) == pytest.approx(weekly_error(usual), rel=0.15)


def test_a_year_of_nothing_says_nothing():
    empty = replace(history(156), values=np.zeros(156))
    assert weekly_error(empty) is None
