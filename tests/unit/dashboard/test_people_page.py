"""The page that shows the staffing plan."""

import copy
from math import ceil

from tests.builders.plans import touring_team
from tests.builders.quotes import BASE_ID, UNREACHABLE, FakeClient, base_quote


def whole_brief():
    document = base_quote()
    (team,) = document["staffing"]["teams"]
    other = copy.deepcopy(team) | {"site": "Cebu", "units_per_week": 1234.0}
    document["staffing"]["teams"] = [team, other]
    return document


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def test_empty_it_says_where_a_quote_comes_from(open_page, shown):
    assert "No quote in hand" in shown(open_page("people", FakeClient()))


def test_normal_it_shows_week_term_shifts_and_seats(open_page):
    at = open_page("people", FakeClient(base_quote()), quote=BASE_ID)
    (team,) = base_quote()["staffing"]["teams"]
    assert metrics(at)["Most people on duty"] == str(team["roster"]["peak_heads"])
    assert not {"People on tours", "Break hours per week"} & metrics(at).keys()
    assert len(at.get("vega_lite_chart")) == 6
    assert [tab.label for tab in at.tabs] == ["Heads over the week", "Heat maps", "Shifts"]
    shifts, years, sites = (frame.value for frame in at.dataframe)
    assert list(shifts["Starts"]) == sorted({s["start"] for s in team["roster"]["shifts"]})
    assert list(years["Year"]) == ["1"]
    assert list(sites["Site"]) == ["Manila"]
    assert int(years["Seats"][0]) == ceil(team["years"][0]["seats"])


def test_it_says_whether_anybody_is_short(open_page, shown):
    document = base_quote()
    assert "Nobody is short" in shown(open_page("people", FakeClient(document), quote=BASE_ID))
    document["staffing"]["teams"][0]["roster"]["at_work"][30] -= 2
    text = shown(open_page("people", FakeClient(document), quote=BASE_ID))
    assert "Short in 1 of 168 intervals" in text


def test_a_quote_of_an_earlier_version_asks_to_be_priced_again(open_page, shown):
    document = base_quote()
    del document["staffing"]["teams"][0]["roster"]["at_work"]
    text = shown(open_page("people", FakeClient(document), quote=BASE_ID))
    assert "Price its engagement again" in text


def test_tours_and_breaks_are_shown_where_there_are_any(open_page):
    document = base_quote()
    document["staffing"]["teams"][0]["roster"] |= touring_team()["roster"]
    at = open_page("people", FakeClient(document), quote=BASE_ID)
    assert metrics(at)["People on tours"] == "3"
    assert metrics(at)["Break hours per week"] == "5"
    assert [tab.label for tab in at.tabs][-1] == "Tours"
    assert len(at.get("vega_lite_chart")) == 7
    tours = next(frame.value for frame in at.dataframe if "Tour" in frame.value)
    assert list(tours["Tour"]) == ["two days", "one day"]
    assert list(tours["Days"]) == ["Mon Sun", "Mon"]
    assert list(tours["People"]) == ["2", "1"]


def test_a_priced_shortfall_is_told_with_its_price(open_page, shown):
    document = base_quote()
    document["staffing"]["teams"][0]["roster"] |= touring_team()["roster"]
    text = shown(open_page("people", FakeClient(document), quote=BASE_ID))
    assert "Short in 1 of 168 intervals" in text
    assert r"0\.5 head\-hours a week, which at their price of 8 USD" in text


def test_edited_another_team_shows_its_own_figures(open_page):
    at = open_page("people", FakeClient(whole_brief()), quote=BASE_ID)
    before = metrics(at)["Units per week"]
    at.selectbox(key="team").select_index(1).run()
    assert not at.exception
    assert metrics(at)["Units per week"] == "1,234" != before


def test_an_error_is_shown(open_page, shown):
    at = open_page("people", FakeClient(error=UNREACHABLE), quote=BASE_ID)
    assert "does not answer" in shown(at)
    assert not at.metric
