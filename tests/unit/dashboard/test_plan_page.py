"""The page that shows the plan of all teams together."""

import copy

import pytest

from dashboard.whole_plan import WholePlan
from pricing.reading import read_engagement
from staffing.charts import plan_weeks
from tests.builders.quotes import BASE_ID, UNREACHABLE, WRONG_FIELD, base_quote
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient, surge_study
from tests.builders.whole_plans import three_teams


def resolved():
    """The example's engagement as the store has it, with the second site of `three_teams`."""
    found = read_engagement(example_engagement()).model_dump(mode="json")
    other = copy.deepcopy(found["sites"][0]) | {"name": "Cebu", "time_zone": "Asia/Tokyo"}
    found["sites"].append(other)
    return found


class PlanClient(StudyClient):
    """Has the engagement of its quotes, and lists them as the API does."""

    def get_engagement(self, quote_id):
        self.get_quote(quote_id)
        return resolved()

    def plan_file(self, *_):
        raise AssertionError("a file is made only when it is asked for")


def opened(open_page, document=None, **client):
    return open_page("plan", PlanClient(document or three_teams(), **client), quote=BASE_ID)


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def frame(at, column):
    return next(one.value for one in at.dataframe if column in one.value)


def test_without_a_quote_in_hand_the_newest_are_there_to_choose(open_page, shown):
    at = open_page("plan", PlanClient(three_teams()))
    assert "Which quote's plan?" in shown(at)
    assert not at.metric
    at.button(key=f"plan_of_{BASE_ID}").click().run()
    assert not at.exception
    assert metrics(at)["In the week of"]
    assert at.query_params["quote"] == BASE_ID
    at.button(key="another_quote").click().run()
    assert "Which quote's plan?" in shown(at)


def test_empty_it_says_who_makes_quotes(open_page, shown):
    assert "No quote is stored yet" in shown(open_page("plan", PlanClient()))


def test_normal_the_peak_is_that_of_all_teams_together(open_page):
    document = three_teams()
    at = opened(open_page, document)
    weeks = [team["workforce"]["needed"] for team in document["staffing"]["teams"]]
    needed = [sum(parts) for parts in zip(*weeks, strict=True)]
    assert metrics(at)["Needed at the peak, FTE"] == f"{max(needed):,.1f}"
    rows = plan_weeks(document["staffing"], WholePlan(document, resolved()).terms)
    assert metrics(at)["In the week of"] == rows[needed.index(max(needed))]["day"]
    assert at.success[0].value.startswith("Nobody is short")
    assert len(at.get("vega_lite_chart")) == 12
    seats = frame(at, "Seats there are")
    assert list(seats["Site"]) == ["Manila", "Cebu"]
    assert list(seats["Seats there are"]) == ["60", "–"]


def test_a_site_without_room_for_its_busiest_week_is_told(open_page, shown):
    document = three_teams()
    document["staffing"]["sites"][0]["seats"] = 3
    text = shown(opened(open_page, document)).replace("\\", "")
    assert "Manila has 3 seats, and its busiest week could take" in text


def test_what_is_short_is_told_with_team_hours_and_price(open_page, shown):
    document = three_teams()
    roster = document["staffing"]["teams"][1]["roster"]
    busy = next(at for at, heads in enumerate(roster["at_work"]) if heads >= 2)
    roster["at_work"][busy] -= 2
    missing = roster["required_heads"][busy] - roster["at_work"][busy]
    roster["shortfall_cost"] = 90.0
    at = opened(open_page, document)
    text = shown(at).replace("\\", "")
    assert "head-hours are short a standard week, priced at 90 USD." in text
    assert not at.success
    rows = frame(at, "Short a week, h")
    assert list(rows["Team"]) == ["indexing @ Manila"]
    assert float(rows["Short a week, h"][0]) == pytest.approx(missing, abs=0.01)
    assert list(rows["Price, USD"]) == ["90"]


def test_weeks_of_other_clocks_are_told_with_what_moving_shifts_leaves(open_page, shown):
    document = three_teams()
    weeks = {"num_weeks": 33, "short_head_hours": 12.0, "worst_short_heads": 2.5}
    document["staffing"]["teams"][2]["clock_weeks"] = [
        weeks | {"short_head_hours_if_moved": 0.0},
        weeks | {"num_weeks": 1, "short_head_hours": 0.0, "short_head_hours_if_moved": 0.0},
    ]
    at = opened(open_page, document)
    text = shown(at).replace("\\", "")
    assert "up to 2.5 people are short unless shifts move along; then nobody is." in text
    assert "Nobody is short in the standard week." in text
    rows = frame(at, "Weeks, other clocks")
    assert list(rows["Team"]) == ["claims @ Cebu"]
    assert list(rows["Weeks, other clocks"]) == ["33"]
    assert list(rows["People at once"]) == ["2.5"]
    assert list(rows["Left if shifts move, h"]) == ["0"]


def charts(at):
    return {spec["title"]: spec for spec in map(_spec, at.get("vega_lite_chart"))}


def _spec(element):
    import json  # noqa: PLC0415

    return json.loads(element.proto.spec)


def test_edited_a_site_and_a_clock_show_their_own_week(open_page):
    at = opened(open_page)
    at.segmented_control(key="term_site").set_value("Cebu")
    at.selectbox(key="week_site").set_value("Cebu")
    at.selectbox(key="week_clock").set_value("UTC").run()
    assert not at.exception
    shown = charts(at)
    assert "People over the term: Cebu" in shown
    week = shown["Heads over the week: claims @ Cebu"]
    assert week["encoding"]["x"]["title"].endswith(", UTC")
    at.selectbox(key="week_site").set_value("Manila").run()
    at.selectbox(key="shifts_team").set_value("All teams of the site").run()
    assert "Shifts of the standard week: indexing @ Manila" in charts(at)
    assert "Shifts of the standard week: claims @ Manila" in charts(at)
    at.selectbox(key="shifts_day").set_value("Tue").run()
    assert "Shifts of Tue, standard week: claims @ Manila" in charts(at)


def test_a_reload_shows_the_site_and_clock_that_were_chosen(open_page):
    address = {"week_site": "Cebu", "week_clock": "UTC", "term_site": "Cebu"}
    at = open_page("plan", PlanClient(three_teams()), quote=BASE_ID, **address)
    shown = charts(at)
    assert "People over the term: Cebu" in shown
    week = shown["Heads over the week: claims @ Cebu"]
    assert week["encoding"]["x"]["title"].endswith(", UTC")
    elsewhere = open_page("plan", PlanClient(three_teams()), quote=BASE_ID, week_site="Nowhere")
    assert "Heads over the week: all teams @ Manila" in charts(elsewhere)


def test_sites_are_compared_on_the_client_s_clock(open_page):
    at = opened(open_page)
    rows = frame(at, "Ahead of client, h")
    assert list(rows["Ahead of client, h"]) == ["+14", "+15"]  # of Chicago, in winter
    client_clock = at.segmented_control(key="sites_clock").options[1]
    assert "America/Chicago" in client_clock
    at.segmented_control(key="sites_clock").set_value(client_clock).run()
    assert not at.exception
    assert any("America/Chicago" in title for title in charts(at))


def test_the_cost_of_a_productive_hour_is_the_site_s_cost_over_its_hours(open_page):
    document = base_quote()
    rows = frame(opened(open_page, document), "Productive hour, USD")
    (team,) = document["workings"]["teams"]
    hours = sum(float(line["hours"]) for line in document["workings"]["hours"])
    expected = float(team["cost"]) / (hours * (1 - float(team["rates"]["in_office"])))
    assert float(rows["Productive hour, USD"][0]) == pytest.approx(expected, abs=0.005)


def test_a_peak_is_tried_on_the_page_itself(open_page, shown):
    client = PlanClient(three_teams())
    at = open_page("plan", client, quote=BASE_ID)
    at.number_input(key="surge_people").set_value(100.0)
    at.number_input(key="surge_notice").set_value(72.0)
    at.button(key="study_surge").click().run()
    assert not at.exception
    ((engagement, asked),) = client.asked
    assert engagement == resolved()
    assert (asked["people"], asked["notice_h"]) == (100, 72)
    plan = surge_study()["study"]["plan"]
    assert metrics(at)["People there after 48 h"] == f"{plan['promise']['there']:,.0f}"
    sources = frame(at, "There after, h")
    assert list(sources["Source"]) == [source["name"] for source in plan["sources"]]
    assert "Nothing: all extra work is done in its time." in shown(at)
    assert metrics(at)["Needed at the peak, FTE"]  # the plan is still there


def test_a_peak_that_is_refused_leaves_the_plan(open_page, shown):
    at = opened(open_page, refused=WRONG_FIELD)
    at.button(key="study_surge").click().run()
    assert "cannot be priced as written" in shown(at)
    assert metrics(at)["Needed at the peak, FTE"]


def test_a_quote_of_an_earlier_version_asks_to_be_priced_again(open_page, shown):
    document = three_teams()
    del document["workings"]
    at = opened(open_page, document)
    assert "Price its engagement again" in shown(at)
    assert not at.metric


def test_an_error_is_shown(open_page, shown):
    for address in ({"quote": BASE_ID}, {}):
        at = open_page("plan", PlanClient(error=UNREACHABLE), **address)
        assert "does not answer" in shown(at)
        assert not at.metric
