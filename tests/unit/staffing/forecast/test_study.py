"""The study of a service: forecast, bounds, months, and the quote's own demand beside it."""

from datetime import date, timedelta

import numpy as np
import pytest

from staffing.calendar import ContractCalendar
from staffing.demand import demand_over_term, weekly_volumes
from staffing.errors import BadInputError
from staffing.forecast import methods
from staffing.forecast.documents import ForecastRequest
from staffing.forecast.study import NO_HISTORY, StatedSpread, forecast_study, spread_in_words
from tests.builders.forecast import history, yearly
from tests.builders.staffing import ALWAYS, HOURLY, live_service, volume_brief

START = date(2027, 1, 4)
TERM = ContractCalendar(START, 12)
STATED = StatedSpread(0.05, assumed=False)


def ending_at_start(values, step="week"):
    starts = START - timedelta(weeks=len(values)) if step == "week" else date(2025, 1, 4)
    return history(values, step, starts)


def study_of(volume, **request):
    asked = ForecastRequest(**request)
    return forecast_study(service(volume), TERM, HOURLY, asked, STATED)


def service(volume):
    return live_service(volume=volume, open_mask=ALWAYS)


def from_history(values, step="week", **changes):
    changes = {"units_per_year": None, "history": ending_at_start(values, step), **changes}
    return volume_brief(**changes)


@pytest.fixture(autouse=True, scope="module")
def _only_own_methods():
    """Fits take seconds; what is tested here is the same without them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(methods, "installed", lambda: False)
        yield


@pytest.fixture(scope="module")
def two_years():
    return study_of(from_history(yearly(110, 0.1), scale=2.0))


def test_level_forecasts_what_the_quote_is_made_for():
    """The history ends where the term begins and nothing grows: one path."""
    made = study_of(from_history(yearly(60, 0.1), scale=3.0), method="level", weeks=52)
    assert [one.p50 for one in made.periods] == pytest.approx([one.quote for one in made.periods])


def test_the_best_is_shown_unless_another_is_asked_for(two_years):
    assert two_years.method == two_years.best
    other = study_of(from_history(yearly(110, 0.1)), method="seasonal_naive")
    assert (other.method, other.best) == ("seasonal_naive", two_years.best)


def test_bounds_hold_the_forecast_and_months_add_up_to_it(two_years):
    for one in two_years.periods:
        assert one.p10 <= one.p50 <= one.p90
    for key in ("p10", "p50", "p90"):
        steps, months = (
            sum(getattr(one, key) for one in part) for part in (two_years.periods, two_years.months)
        )
        assert months == pytest.approx(steps, rel=1e-6)
    assert sum(month.days for month in two_years.months) == 7 * len(two_years.periods)


def test_the_quote_stands_beside_what_is_in_the_term_only(two_years):
    periods = two_years.periods
    quoted = [one for one in periods if one.quote is not None]
    middles = [one.start + (one.end - one.start) / 2 for one in periods]
    inside = [START <= day < TERM.end for day in middles]
    assert quoted == [one for one, within in zip(periods, inside, strict=True) if within]
    assert quoted[0].quote == pytest.approx(
        weekly_volumes(from_history(yearly(110, 0.1), scale=2.0), TERM)[0], rel=1e-6
    )


def test_a_history_that_is_too_short_has_a_forecast_without_bounds():
    made = study_of(from_history([5.0] * 9))
    assert (made.method, made.best, made.origins) == ("level", None, ())
    assert {(one.p10, one.p50, one.p90) for one in made.periods} == {(None, 5.0, None)}
    assert made.verdict == "The history is too short to test any method."
    assert any("too few for a backtest" in note for note in made.notes)


def test_without_a_history_the_demand_is_told_and_what_to_enter():
    made = study_of(volume_brief(units_per_year=52_000.0))
    assert made.notes == (NO_HISTORY,)
    assert sum(one.quote for one in made.periods) == pytest.approx(52_000, rel=1e-6)
    assert {one.p50 for one in made.periods} == {None}


def test_months_stay_months():
    made = study_of(from_history(100 + 10.0 * np.arange(24) % 30, "month"), method="level")
    assert (made.step, len(made.season)) == ("month", 12)
    assert made.periods[0].start == date(2027, 1, 4)
    assert made.periods[0].end == date(2027, 2, 4)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.r_[yearly(55), [900.0], yearly(4)], "1 weeks are three times off"),
        (np.random.default_rng(3).poisson(0.7, 40), "of 40 weeks are empty"),
        (yearly(60), "a season cannot be told from chance"),
    ],
    ids=["shock", "empty weeks", "short"],
)
def test_what_to_know_of_a_history_is_said(values, words):
    notes = study_of(from_history(values), method="level").notes
    assert any(words in note for note in notes), notes


def test_an_old_history_is_said_to_be_old():
    old = history(yearly(60), starts_on=START - timedelta(weeks=60 + 104))
    notes = study_of(volume_brief(units_per_year=None, history=old), method="level").notes
    assert any("ends 2.0 years before the term" in note for note in notes)


def test_the_history_says_how_far_off_a_year_may_be(two_years):
    assert two_years.quoted.history_cv == two_years.methods[1].year_cv < 0.05
    assert spread_in_words(two_years).endswith("the engagement states 5 %.")
    wild = study_of(from_history(yearly(103, 0.5)))
    assert wild.quoted.history_cv > 0.05
    assert "too little: see commercial.uncertainty.volume_cv" in spread_in_words(wild)
    short = study_of(from_history(yearly(30)))
    assert short.quoted.history_cv is None
    assert spread_in_words(short).startswith("The history cannot say")


def test_the_same_question_gives_the_same_study(two_years):
    assert study_of(from_history(yearly(110, 0.1), scale=2.0)) == two_years


@pytest.mark.parametrize("method", ["stl_ets", "ets"])
def test_a_method_that_cannot_be_had_is_refused_in_study_and_quote(method):
    volume = from_history(yearly(140))
    with pytest.raises(BadInputError, match=r"method: the extra forecast, which is not installed"):
        study_of(volume, method=method)
    asked = from_history(yearly(140), forecast=method)
    with pytest.raises(BadInputError, match=r"volume\.forecast: the extra forecast"):
        demand_over_term(service(asked), TERM, HOURLY)


def test_a_quote_may_be_made_for_another_method():
    """Last year again, grown from the start of the term, at the service's scale."""
    values = yearly(60, 0.1)
    volume = from_history(values, forecast="seasonal_naive", growth_per_year=0.1, scale=2.0)
    demand = demand_over_term(service(volume), TERM, HOURLY)
    # Without two years there is no season: the last week again.
    assert demand.weekly[0] == pytest.approx(2 * values[-1] * 1.1 ** (0.5 * 7 / 365.25))
    longer = yearly(104, 0.1)
    weekly = weekly_volumes(from_history(longer, forecast="seasonal_naive"), TERM)
    assert weekly[:52] == pytest.approx(longer[-52:])


def test_weeks_of_the_term_that_the_history_knows_are_as_it_has_them():
    known = history(yearly(104, 0.1), starts_on=START - timedelta(weeks=94))
    volume = volume_brief(units_per_year=None, history=known, forecast="seasonal_naive")
    assert weekly_volumes(volume, TERM)[:10] == pytest.approx(known.values[94:])


def test_a_history_after_the_term_began_cannot_be_continued():
    late = history(yearly(60), starts_on=START + timedelta(weeks=5))
    volume = volume_brief(units_per_year=None, history=late, forecast="seasonal_naive")
    with pytest.raises(BadInputError, match=r"volume\.forecast: level"):
        demand_over_term(service(volume), TERM, HOURLY)
