"""The page that shows how a peak is met."""

from datetime import date

import pytest

from tests.builders.quotes import BASE_ID, UNREACHABLE, WRONG_FIELD, base_quote
from tests.builders.server import example_engagement
from tests.builders.studies import INFEASIBLE, StudyClient, surge_study


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def studied(open_page, client, **address):
    at = open_page("surge", client, **address)
    at.button(key="study_surge").click().run()
    assert not at.exception
    return at


def test_it_asks_first_and_shows_nothing(open_page):
    client = StudyClient()
    at = open_page("surge", client)
    assert not client.asked
    assert not at.metric
    assert at.number_input(key="surge_size").value == 60


def test_a_peak_is_asked_for_as_entered(open_page):
    client = StudyClient()
    at = open_page("surge", client)
    at.number_input(key="surge_size").set_value(110.0)
    at.number_input(key="surge_notice").set_value(72.0)
    at.number_input(key="surge_weeks").set_value(2)
    at.selectbox(key="surge_day").set_value("Wed")
    at.number_input(key="surge_price").set_value(12.0)
    at.button(key="study_surge").click().run()
    assert not at.exception
    assert client.asked == [
        (
            example_engagement(),
            {
                "service": "claims",
                "site": "Manila",
                "size": 1.1,
                "notice_h": 72.0,
                "days": 14,
                "start": "Wed",
                "all_in_time": False,
                "shortfall_price": 12.0,
            },
        )
    ]


def test_people_stand_before_the_size(open_page):
    client = StudyClient()
    at = open_page("surge", client)
    at.number_input(key="surge_people").set_value(100.0)
    at.button(key="study_surge").click().run()
    ((_, asked),) = client.asked
    assert asked["people"] == 100
    assert "size" not in asked


def test_a_day_of_the_term_stands_before_the_weekday(open_page):
    client = StudyClient()
    at = open_page("surge", client)
    at.date_input(key="surge_date").set_value(date(2027, 3, 1))
    at.checkbox(key="surge_all").check()
    at.button(key="study_surge").click().run()
    ((_, asked),) = client.asked
    assert (asked["start"], asked["all_in_time"]) == ("2027-03-01", True)
    assert "shortfall_price" not in asked


def test_the_promise_people_sources_strategies_and_prices_are_shown(open_page, shown):
    at = studied(open_page, StudyClient())
    plan = surge_study()["study"]["plan"]
    assert at.success[0].value.startswith("**")
    assert metrics(at)["People there after 48 h"] == f"{plan['promise']['there']:,.0f}"
    assert metrics(at)["Done in time"] == "100.0 %"
    assert len(at.get("vega_lite_chart")) == 4
    sources, limits, rates, bill, by_notice = (frame.value for frame in at.dataframe)
    assert list(sources["Source"]) == [source["name"] for source in plan["sources"]]
    assert len(limits) == len(plan["limits"])
    assert list(rates["Price of extra work"]) == ["Input-based", "Output-based"]
    assert list(bill["Charge"])[-1] == "bill"
    assert len(by_notice) == len(surge_study()["prices"]["by_notice"])
    assert "Nothing: all extra work is done in its time." in shown(at)


def test_work_that_is_late_is_told_with_its_days_and_price(open_page, shown):
    report = surge_study()
    plan = report["study"]["plan"]
    plan["uncovered_h"][3], plan["total_uncovered_h"] = 10.0, 10.0
    plan["shortfall_price"], plan["cost"]["shortfall"] = 18.0, 180.0
    plan["promise"]["kept"] = False
    at = studied(open_page, StudyClient(answer=report))
    assert not at.success
    assert "priced at 180 USD" in shown(at).replace("\\", "")
    late = next(frame.value for frame in at.dataframe if "Hours of work late" in frame.value)
    assert list(late["Price, USD"]) == ["180"]
    assert list(late["Day"]) == [f"4 ({plan['day_names'][3]})"]


def test_without_a_frontier_there_are_no_strategies(open_page):
    report = surge_study()
    report["study"]["frontier"] = None
    assert len(studied(open_page, StudyClient(answer=report)).get("vega_lite_chart")) == 2


def test_the_quote_in_hand_is_where_it_starts(open_page, shown):
    client = StudyClient(base_quote())
    at = studied(open_page, client, quote=BASE_ID)
    ((engagement, _),) = client.asked
    assert engagement["name"] == "As quoted"
    assert "As quoted, for Lakeshore Health Plan" in shown(at).replace("\\", "")
    at.button(key="other").click().run()
    assert at.query_params.get("quote") is None
    assert not at.metric  # of another engagement


def test_a_peak_nobody_can_meet_is_told_with_days_and_remedies(open_page, shown):
    at = studied(open_page, StudyClient(refused=INFEASIBLE))
    text = shown(at).replace("\\", "")
    assert "day 3 (Mon): 6.9 ramped people short" in text.replace("Day", "day")
    assert "- To relax it:\n    - No notice under 168 h." in text
    assert "6.9 heads short" in at.table[0].value.to_string().replace("\\", "")
    assert not at.metric


@pytest.mark.parametrize(
    ("client", "said"),
    [
        (StudyClient(error=UNREACHABLE), "does not answer"),
        (StudyClient(refused=WRONG_FIELD), "cannot be priced as written"),
    ],
)
def test_an_error_is_shown_in_place_of_a_study(open_page, shown, client, said):
    at = open_page("surge", client)
    if not client.error:
        at.button(key="study_surge").click().run()
    assert said in shown(at)
    assert not at.metric


def test_a_refused_peak_leaves_no_earlier_study_beside_it(open_page):
    client = StudyClient()
    at = studied(open_page, client)
    client.refused = WRONG_FIELD
    at.button(key="study_surge").click().run()
    assert not at.metric
    at.run()
    assert not at.metric
    client.refused = None
    at.button(key="study_surge").click().run()
    assert at.metric


def test_an_engagement_without_teams_leaves_the_refusal_to_the_api(open_page):
    client = StudyClient(refused=WRONG_FIELD)
    odd = {"name": "x", "services": "none", "sites": 3}
    setattr(client, "example_engagement", lambda: odd)  # noqa: B010 (a method is no attribute to set)
    studied(open_page, client)
    ((_, asked),) = client.asked
    assert (asked["service"], asked["site"]) == (None, None)
