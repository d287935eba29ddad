"""The page that shows rates at the margin."""

import pytest

from tests.builders.quotes import UNREACHABLE, WRONG_FIELD
from tests.builders.rate_reports import report
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient

pytestmark = pytest.mark.slow


def resolved(open_page, client):
    at = open_page("rates", client)
    at.button(key="study_rates").click().run()
    assert not at.exception
    return at


def test_it_asks_as_the_command_line_does_unless_told(open_page):
    client = StudyClient()
    resolved(open_page, client)
    asked = {"steps": [0.05, 0.1, 0.2], "band": 0.1, "surge": True}
    assert client.asked == [(example_engagement(), asked)]


def test_steps_are_asked_for_as_entered(open_page):
    client = StudyClient()
    at = open_page("rates", client)
    at.number_input(key="rates_middle").set_value(15.0)
    at.number_input(key="rates_most").set_value(15.0)
    at.checkbox(key="rates_surge").uncheck()
    at.button(key="study_rates").click().run()
    ((_, asked),) = client.asked
    assert asked == {"steps": [0.05, 0.15], "band": 0.15, "surge": False}


def test_rates_steps_and_the_contract_are_shown(open_page, shown):
    at = resolved(open_page, StudyClient())
    calls, claims = report().services
    assert {metric.label: metric.value for metric in at.metric}["RRC"] == str(calls.rrc.amount)
    at.selectbox(key="rates_service").select("claims").run()
    assert {metric.label: metric.value for metric in at.metric}["RRC"] == str(claims.rrc.amount)
    proposed, steps, contract, bands, _ = (frame.value for frame in at.dataframe)
    assert list(proposed["Service"]) == ["helpdesk", "claims"]
    assert list(steps["Volume"]) == ["-25%", "-10%", "-5%", "+5%", "+10%", "+25%"]
    assert list(contract["Rate"]) == ["ARC", "RRC"]
    assert "plan" in list(bands["From"])
    assert "10% more costs" in shown(at).replace("\\", "")


def test_an_error_is_shown(open_page, shown):
    assert "does not answer" in shown(open_page("rates", StudyClient(error=UNREACHABLE)))
    at = resolved(open_page, StudyClient(refused=WRONG_FIELD))
    assert "cannot be priced as written" in shown(at)
    assert not at.metric
