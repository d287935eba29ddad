"""Volumes by week of the term and by interval of the week."""

from datetime import date, timedelta

import numpy as np
import pytest

from staffing.brief import VolumeHistory
from staffing.calendar import WEEKS_PER_YEAR, ContractCalendar
from staffing.demand import (
    demand_over_term,
    spread_profile,
    week_shape,
    weekly_volumes,
)
from staffing.errors import BadInputError
from staffing.forecast.level import weekly_level
from staffing.forecast.series import week_of_year, weekly_totals
from staffing.grid import WeekGrid
from tests.builders.staffing import ALWAYS, HOURLY, OFFICE, START, live_service, volume_brief

YEAR = ContractCalendar(START, 12)
MONDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 4)


def history(values, step="week", starts_on=MONDAY):
    return VolumeHistory(starts_on, step, np.asarray(values, dtype=float))


def from_history(series, **changes):
    return volume_brief(units_per_year=None, history=series, **changes)


def test_a_yearly_level_is_spread_evenly_over_the_weeks_of_the_first_year():
    weekly = weekly_volumes(volume_brief(units_per_year=366_000.0), YEAR)
    assert weekly == pytest.approx(np.full(53, 7000.0))


@pytest.mark.parametrize("growth", [-0.3, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("term_months", [1, 12, 36])
def test_the_first_twelve_months_add_up_to_units_per_year(growth, term_months):
    """Whatever season, growth and term: a short term is the beginning of that year."""
    season = np.array([3.0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 2])
    volume = volume_brief(seasonality=season, growth_per_year=growth)
    weekly = weekly_volumes(volume, ContractCalendar(START, term_months))
    year = weekly_volumes(volume, YEAR)
    assert year @ YEAR.week_weights == pytest.approx(50_000)
    both = min(len(weekly), len(year))
    assert weekly[:both] == pytest.approx(year[:both])


def test_growth_is_compounded_by_the_middle_of_each_week():
    weekly = weekly_volumes(volume_brief(growth_per_year=0.1), YEAR)
    assert weekly[52] / weekly[0] == pytest.approx(1.1 ** (52 / WEEKS_PER_YEAR))


def test_a_calendar_month_gives_its_factor_to_the_weeks_whose_middle_it_holds():
    """The week of Monday 29 March 2027 has its middle on 1 April."""
    season = np.ones(12)
    season[3] = 2.0
    weekly = weekly_volumes(volume_brief(seasonality=season), ContractCalendar(START, 2))
    assert weekly / weekly[0] == pytest.approx([1, 1, 1, 1, 2, 2, 2, 2, 2])


def test_scale_multiplies_every_week():
    plain, scaled = (weekly_volumes(volume_brief(scale=s), YEAR) for s in (1.0, 2.5))
    assert scaled == pytest.approx(2.5 * plain)


@pytest.mark.parametrize(
    ("series", "totals"),
    [
        (history([7, 8, 9]), [7, 8, 9]),
        (history(range(15), "day"), [21, 70]),  # 0..6 and 7..13; the lone 15th day is dropped
        (history([1.0] * 400, "hour"), [168, 168]),
        (history([3100, 2800], "month", date(2027, 1, 1)), [700] * 8),
    ],
    ids=["week", "day", "hour", "month"],
)
def test_any_step_adds_up_to_weeks_from_its_first_day(series, totals):
    starts, found = weekly_totals(series)
    assert found == pytest.approx(totals)
    assert starts[1] - starts[0] == timedelta(weeks=1)
    assert starts[0] == series.starts_on


@pytest.mark.parametrize("step", ["day", "hour"])
def test_less_than_a_week_of_history_is_an_error_that_names_it(step):
    service = live_service(volume=from_history(history([1.0] * 6, step)), path="services[1]")
    wanted = r"services\[1\]\.volume\.history\.values: a full week.*found length 6"
    with pytest.raises(BadInputError, match=wanted):
        demand_over_term(service, YEAR, HOURLY)


def test_the_level_is_the_mean_of_the_last_52_weeks():
    level, _ = weekly_level(history([5.0] * 10 + [20.0] * 52))
    assert level == 20


def test_less_than_a_year_has_a_level_and_no_season():
    level, index = weekly_level(history([10.0, 30.0]))
    assert level == 20
    assert (index == 1).all()


def test_the_seasonal_index_has_mean_one_and_the_shape_of_the_years():
    """Two years, the second twice as large, peak in the same week: only the peak is seasonal."""
    shape = np.ones(52)
    shape[20] = 3.0
    _, index = weekly_level(history(np.concatenate([shape * 10, shape * 20]), starts_on=START))
    assert index.mean() == pytest.approx(1)
    peak = week_of_year(START + timedelta(weeks=20, days=3))
    assert index.argmax() == peak
    others = np.delete(index, peak)
    assert index[peak] / np.median(others) == pytest.approx(3, rel=0.05)


def test_a_flat_history_gives_its_level_to_every_week_of_the_term():
    weekly = weekly_volumes(from_history(history([250.0] * 104)), YEAR)
    assert weekly == pytest.approx(np.full(53, 250.0))


def test_the_last_day_of_the_year_joins_the_last_week():
    assert week_of_year(date(2027, 1, 1)) == 0
    assert week_of_year(date(2027, 1, 8)) == 1
    assert week_of_year(date(2027, 12, 31)) == 51
    assert week_of_year(date(2028, 12, 31)) == 51


def test_a_history_that_starts_on_a_wednesday_is_turned_to_monday():
    values = np.zeros(168)
    values[0] = 1.0  # Wednesday 00:00
    series = from_history(history(values, "hour", WEDNESDAY))
    shape = week_shape(live_service(volume=series), HOURLY)
    assert np.flatnonzero(shape).tolist() == [2 * 24]


def test_daily_history_fills_the_opening_hours_of_its_day():
    series = from_history(history([0, 0, 0, 0, 0, 0, 5], "day", MONDAY))
    shape = week_shape(live_service(volume=series, open_mask=ALWAYS), HOURLY)
    assert np.flatnonzero(shape).tolist() == list(range(6 * 24, 168))
    friday = from_history(history([0, 0, 5, 0, 0, 0, 0], "day", WEDNESDAY))
    shape = week_shape(live_service(volume=friday), HOURLY)
    assert np.flatnonzero(shape).tolist() == list(range(4 * 24 + 8, 4 * 24 + 18))


def test_without_a_profile_work_arrives_evenly_while_open():
    shape = week_shape(live_service(), HOURLY)
    assert shape[OFFICE] == pytest.approx(1 / 50)
    assert not shape[~OFFICE].any()


def test_a_profile_is_taken_as_weights():
    profile = np.arange(168.0)
    shape = week_shape(live_service(volume=volume_brief(profile=profile)), HOURLY)
    assert shape == pytest.approx(profile / profile.sum())


@pytest.mark.parametrize("minutes", [15, 30, 60])
@pytest.mark.parametrize("count", [7, 168, 336, 672])
def test_spreading_a_profile_keeps_the_total_of_every_day(minutes, count):
    grid = WeekGrid(minutes)
    weights = np.random.default_rng(count).random(count)
    open_mask = grid.window_mask(9 * 60, 17 * 60)
    spread = spread_profile(weights, grid, open_mask)
    assert spread.shape == (grid.size,)
    by_day = weights.reshape(7, -1).sum(axis=1)
    assert spread.reshape(7, -1).sum(axis=1) == pytest.approx(by_day)


def test_hours_keep_their_totals_on_quarter_hours_and_back():
    weights = np.arange(168.0)
    fine = spread_profile(weights, WeekGrid(15), np.ones(672, bool))
    assert fine[4:8] == pytest.approx([0.25] * 4)
    assert spread_profile(fine, HOURLY, ALWAYS) == pytest.approx(weights)


def test_daily_weights_of_a_closed_day_are_spread_over_the_day():
    spread = spread_profile(np.arange(7.0), HOURLY, OFFICE)
    assert spread[6 * 24 :] == pytest.approx(np.full(24, 0.25))


@pytest.mark.parametrize("count", [0, 1, 5, 100, 169, 500])
def test_weights_that_do_not_fit_the_grid_are_refused(count):
    if count == 1:  # one weight divides the week: flat
        assert spread_profile(np.ones(1), HOURLY, ALWAYS).sum() == pytest.approx(1)
        return
    with pytest.raises(ValueError, match=f"{count} weights do not fit"):
        spread_profile(np.ones(count), HOURLY, ALWAYS)


def test_the_base_week_is_the_mean_of_the_term_with_its_partial_week():
    demand = demand_over_term(live_service(volume=volume_brief(growth_per_year=0.5)), YEAR, HOURLY)
    weights = YEAR.week_weights
    assert demand.base_week == pytest.approx(np.average(demand.weekly, weights=weights))
    assert np.average(demand.weekly_scale, weights=weights) == pytest.approx(1)
    assert demand.week_shape.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "volume",
    [volume_brief(units_per_year=0.0), from_history(history([0.0] * 60))],
    ids=["level", "history"],
)
def test_no_volume_over_the_term_is_an_error_that_names_the_service(volume):
    with pytest.raises(BadInputError, match=r"services\[helpdesk\]\.volume: .*volume above 0"):
        demand_over_term(live_service(volume=volume), YEAR, HOURLY)
