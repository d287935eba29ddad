"""The page that shows whom to hire before demand is known."""

from tests.builders.quotes import UNREACHABLE, WRONG_FIELD
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient, futures_study


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def planned(open_page, client):
    at = open_page("futures", client)
    at.button(key="study_futures").click().run()
    assert not at.exception
    return at


def test_it_asks_as_the_command_line_does_unless_told(open_page):
    client = StudyClient()
    planned(open_page, client)
    asked = {
        "scenarios": 200,
        "risk_aversion": 0.5,
        "tail": 0.95,
        "draws": 100_000,
        "seed": 0,
    }
    assert client.asked == [(example_engagement(), asked)]


def test_futures_risk_and_a_table_are_asked_for_as_entered(open_page):
    client = StudyClient()
    at = open_page("futures", client)
    at.number_input(key="futures_scenarios").set_value(50)
    at.number_input(key="futures_risk").set_value(0.0)
    at.number_input(key="futures_draws").set_value(0)
    table = "date,low,high\n2027-01-04,1,2\n"
    at.file_uploader(key="futures_demand").upload("futures.csv", table.encode(), "text/csv")
    at.button(key="study_futures").click().run()
    assert not at.exception
    ((_, asked),) = client.asked
    assert (asked["scenarios"], asked["risk_aversion"], asked["draws"]) == (50, 0, 0)
    assert asked["demand"] == table


def test_a_table_that_is_no_text_is_refused_here(open_page, shown):
    client = StudyClient()
    at = open_page("futures", client)
    at.file_uploader(key="futures_demand").upload("futures.csv", b"\xff\xfe", "text/csv")
    at.button(key="study_futures").click().run()
    assert "not text in UTF-8" in shown(at)
    assert not client.asked


def test_cost_people_and_values_are_shown(open_page, shown):
    at = planned(open_page, StudyClient())
    plan = futures_study()["plan"]
    assert metrics(at)["Expected cost, USD"] == f"{plan['cost']['expected']:,.0f}"
    worth = metrics(at)["Worth of planning for many futures"]
    assert worth == f"{plan['value']['stochastic_solution']:,.0f}"
    assert len(at.get("vega_lite_chart")) == 4
    people, cost, steps, spikes = (frame.value for frame in at.dataframe)
    assert list(people["Team"]) == list(steps.iloc[:, 0]) == ["claims @ Manila"]
    assert len(cost) == 6
    assert len(spikes) == 1
    text = shown(at).replace("\\", "")
    assert "10 futures drawn around the forecast" in text
    assert "1,000 further futures" in text


def test_an_error_is_shown(open_page, shown):
    assert "does not answer" in shown(open_page("futures", StudyClient(error=UNREACHABLE)))
    at = planned(open_page, StudyClient(refused=WRONG_FIELD))
    assert "cannot be priced as written" in shown(at)
    assert not at.metric
