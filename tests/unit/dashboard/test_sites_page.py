"""The page that shows where to deliver."""

import pytest

from tests.builders.quotes import UNREACHABLE, WRONG_FIELD
from tests.builders.server import example_engagement
from tests.builders.site_studies import study
from tests.builders.studies import StudyClient

pytestmark = pytest.mark.slow


def chosen(open_page, client):
    at = open_page("sites", client)
    at.button(key="study_sites").click().run()
    assert not at.exception
    return at


def test_it_asks_as_the_command_line_does_unless_told(open_page):
    client = StudyClient()
    chosen(open_page, client)
    assert client.asked == [(example_engagement(), {"min_share": 0.05})]


def test_rules_are_asked_for_as_entered(open_page):
    client = StudyClient()
    at = open_page("sites", client)
    at.number_input(key="sites_max").set_value(3)
    at.number_input(key="sites_min").set_value(2)
    at.number_input(key="sites_share").set_value(60.0)
    at.button(key="study_sites").click().run()
    ((_, asked),) = client.asked
    assert asked == {"min_share": 0.05, "max_sites": 3, "min_sites": 2, "max_share": 0.6}


def test_the_choice_its_plan_and_the_other_ways_are_shown(open_page, shown):
    at = chosen(open_page, StudyClient())
    values = {metric.label: metric.value for metric in at.metric}
    assert values["Cost of the best, USD"] == f"{study().choice.cost:,.0f}"
    text = shown(at).replace("\\", "")
    assert "proven best" in text
    assert "Planned for real it costs" in text
    assert "All at Manila cannot be had: claims: data_residency" in text
    options, nights = (frame.value for frame in at.dataframe)
    assert "best split" in list(options["Way to deliver"])
    assert "follow the sun, days only" in list(nights["Open at night by"])
    assert len(at.get("vega_lite_chart")) == 4


def test_an_error_is_shown(open_page, shown):
    assert "does not answer" in shown(open_page("sites", StudyClient(error=UNREACHABLE)))
    at = chosen(open_page, StudyClient(refused=WRONG_FIELD))
    assert "cannot be priced as written" in shown(at)
    assert not at.metric
