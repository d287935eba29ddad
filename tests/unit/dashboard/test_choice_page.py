"""The page that prices the client's choice."""

from tests.builders.choice import study_json
from tests.builders.quotes import UNREACHABLE, WRONG_FIELD
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient


def study():
    return study_json(price_to_win={"price": "1.00"})


def client_of(**given):
    return StudyClient(answer=study(), **given)


def priced(open_page, client):
    at = open_page("choice", client)
    at.button(key="study_choice").click().run()
    assert not at.exception
    return at


def test_it_asks_as_the_command_line_does_unless_told(open_page):
    client = client_of()
    priced(open_page, client)
    asked = {
        "knowledge_volume": 0.6,
        "knowledge_complexity": 0.6,
        "chooses": "service",
        "point": "equal_premium",
        "risk_aversion": 0.0,
        "tail_margin": 0.0,
        "draws": 100_000,
        "seed": 0,
    }
    assert client.asked == [(example_engagement(), asked)]


def test_a_price_to_win_and_what_the_client_knows_are_asked_for_as_entered(open_page):
    client = client_of()
    at = open_page("choice", client)
    at.slider(key="choice_complexity").set_value(0.9)
    at.checkbox(key="choice_together").set_value(True)
    at.text_input(key="choice_price").set_value(" 3.05 ")
    at.text_input(key="choice_name").set_value("claims")
    at.button(key="study_choice").click().run()
    assert not at.exception
    ((_, asked),) = client.asked
    assert (asked["knowledge_complexity"], asked["chooses"]) == (0.9, "bundle")
    assert asked["price_to_win"] == {"offer": "output_based", "price": "3.05", "name": "claims"}


def test_prices_margins_and_the_verdict_are_shown(open_page, shown):
    at = priced(open_page, client_of())
    metrics = {metric.label: metric.value for metric in at.metric}
    assert metrics["Margin after the choice"] == f"{study()['total']['margin']:.1%}".replace(
        "%", " %"
    )
    text = shown(at)
    assert "does not hold the floor" in text
    assert "Third offer" in text
    assert at.selectbox(key="choice_lot").options == ["claims", "helpdesk"]
    at.selectbox(key="choice_lot").select("helpdesk").run()
    assert not at.exception


def test_a_refusal_is_told(open_page, shown):
    at = open_page("choice", client_of(refused=WRONG_FIELD))
    at.button(key="study_choice").click().run()
    assert "cannot be priced as written" in shown(at)


def test_a_server_that_does_not_answer_is_told(open_page, shown):
    assert "does not answer" in shown(open_page("choice", StudyClient(error=UNREACHABLE)))
