"""The page that shows what may come."""

import pytest

from tests.builders.quotes import UNREACHABLE, WRONG_FIELD
from tests.builders.risk import small_study
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient

pytestmark = pytest.mark.slow


def drawn(open_page, client):
    at = open_page("risk", client)
    at.button(key="study_risk").click().run()
    assert not at.exception
    return at


def test_it_asks_as_the_command_line_does_unless_told(open_page):
    client = StudyClient()
    drawn(open_page, client)
    assert client.asked == [(example_engagement(), {"draws": 100_000, "seed": 0})]


def test_a_budget_is_asked_for_as_text(open_page):
    client = StudyClient()
    at = open_page("risk", client)
    at.number_input(key="risk_budget").set_value(500_000.0)
    at.number_input(key="risk_draws").set_value(5_000)
    at.button(key="study_risk").click().run()
    ((_, asked),) = client.asked
    assert asked == {"draws": 5_000, "seed": 0, "budget": "500000"}


def test_both_offers_the_premium_and_the_factors_are_shown(open_page, shown):
    at = drawn(open_page, StudyClient())
    values = {metric.label.replace("\\", ""): metric.value for metric in at.metric}
    expected = small_study()["offers"][0]["margin"]["mean"]
    assert values["Input-based: margin expected"].startswith(f"{100 * expected:.1f}")
    text = shown(at).replace("\\", "")
    assert "on parity" in text
    assert "covers what is not drawn" in text
    assert len(at.get("vega_lite_chart")) == 4
    assert "Margin, P10" in list(at.dataframe[0].value["Figure"])


def test_an_error_is_shown(open_page, shown):
    assert "does not answer" in shown(open_page("risk", StudyClient(error=UNREACHABLE)))
    at = drawn(open_page, StudyClient(refused=WRONG_FIELD))
    assert "cannot be priced as written" in shown(at)
    assert not at.metric
