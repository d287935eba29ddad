"""How each method continues a series, and what it refuses."""

from dataclasses import replace

import numpy as np
import pytest

from staffing.forecast import methods
from staffing.forecast.level import weekly_level
from staffing.forecast.methods import METHODS, MethodName
from staffing.forecast.smoothing import ets_path
from tests.builders.forecast import SMOOTHING, history, series, yearly

OWN: tuple[MethodName, ...] = ("seasonal_naive", "level")
YEARS = yearly(140, 0.1)


@pytest.mark.parametrize("method", METHODS)
def test_units_do_not_matter(method):
    """History x c gives forecast x c."""
    path = METHODS[method].path
    once = path(series(YEARS), 60)
    for unit in (0.001, 3.7, 1e6):
        assert path(series(YEARS * unit), 60) == pytest.approx(unit * once, rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_the_same_history_gives_the_same_forecast_whatever_was_forecast_before(method):
    path = METHODS[method].path
    first = path(series(YEARS), 20)
    path(series(YEARS[::-1]), 20)
    assert (path(series(YEARS), 20) == first).all()
    assert path(series(YEARS), 30)[:20] == pytest.approx(first)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "values",
    [np.full(140, 7.0), np.zeros(140), np.r_[np.zeros(139), 5.0], 1e9 * YEARS, YEARS - YEARS.min()],
    ids=["constant", "nothing", "one", "large", "a zero"],
)
def test_any_history_is_continued_by_finite_volumes_of_zero_or_more(method, values):
    path = METHODS[method].path(series(values), 104)
    assert np.isfinite(path).all()
    assert (path >= 0).all()


def test_seasonal_naive_repeats_the_last_year_or_the_last_value():
    assert METHODS["seasonal_naive"].path(series(YEARS), 53) == pytest.approx(
        np.r_[YEARS[-52:], YEARS[-52]]
    )
    assert METHODS["seasonal_naive"].path(series([3, 5, 9]), 2) == pytest.approx([9, 9])


def test_level_is_the_mean_of_a_year_times_the_index_that_quotes_use():
    past = history(YEARS)
    level, index = weekly_level(past)
    one = series(YEARS)
    path = METHODS["level"].path(one, 30)
    assert path == pytest.approx(level * index[one.positions(140, 170)])


def test_a_pure_season_is_continued_by_every_method():
    """Without noise all of them know what comes."""
    known, future = yearly(208)[:156], yearly(208)[156:]
    for name in ("seasonal_naive", "stl_ets", "ets"):
        assert METHODS[name].path(series(known), 52) == pytest.approx(future, rel=0.02), name


def test_a_trend_is_damped_and_held_within_twice_what_was_seen():
    growing = series(100 * 1.02 ** np.arange(60))
    path = ets_path(growing, 300)
    assert (np.diff(path[:60]) > 0).all()
    assert path[20] < 100 * 1.02**80
    assert path.max() <= 2 * growing.rates.max()


@pytest.mark.parametrize(
    ("name", "count", "wanted"),
    [("stl_ets", 129, "2.5 years"), ("stl_ets", 90, "2.5 years"), ("ets", 129, "2.5 years")],
)
def test_a_short_history_is_refused_with_what_is_needed(name, count, wanted):
    assert wanted in (METHODS[name].refusal(series(yearly(count))) or "")
    assert METHODS[name].refusal(series(yearly(130))) is None


def test_without_the_extra_only_smoothing_is_refused_and_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(methods, "installed", lambda: False)
    one = series(YEARS)
    assert {name for name in METHODS if METHODS[name].refusal(one)} == set(SMOOTHING)
    assert "pip install 'crewquote[forecast]'" in (METHODS["ets"].refusal(one) or "")


def test_months_have_seasons_of_twelve():
    season = np.tile(np.arange(1.0, 13.0), 4)
    one = replace(series(np.ones(48), "month"), rates=season)
    for name in OWN:
        assert METHODS[name].path(one, 12) == pytest.approx(season[:12]), name
