"""The page that shows what a history foresees, and what the quote is made for."""

from tests.builders.forecast import forecast_document
from tests.builders.quotes import UNREACHABLE
from tests.builders.server import example_engagement
from tests.builders.studies import StudyClient


def metrics(at):
    return {metric.label: metric.value for metric in at.metric}


def forecast(open_page, client):
    at = open_page("demand", client)
    at.button(key="study_forecast").click().run()
    assert not at.exception
    return at


def test_it_asks_for_the_best_of_the_first_history_unless_told(open_page):
    client = StudyClient()
    forecast(open_page, client)
    assert client.asked == [
        (example_engagement(), {"service": None, "method": "best", "weeks": None})
    ]


def test_service_method_and_weeks_are_asked_for_as_entered(open_page):
    client = StudyClient()
    at = open_page("demand", client)
    at.selectbox(key="forecast_service").select_index(1)
    at.selectbox(key="forecast_method").set_value("level")
    at.number_input(key="forecast_weeks").set_value(26)
    at.button(key="study_forecast").click().run()
    ((_, asked),) = client.asked
    assert asked == {"service": "claims", "method": "level", "weeks": 26}


def test_nothing_is_shown_before_it_is_asked_for(open_page):
    at = open_page("demand", StudyClient())
    assert not at.get("vega_lite_chart")
    assert not at.get("download_button")


def test_forecast_methods_season_and_week_are_shown(open_page, shown):
    at, report = forecast(open_page, StudyClient()), forecast_document()
    best = next(one for one in report["methods"] if one["method"] == report["best"])
    figures = metrics(at)
    assert figures["Forecast by"] == best["title"]
    assert figures["MASE"] == f"{best['mase']:.2f}".rstrip("0").rstrip(".")
    assert figures["Volume cv, of the engagement"] == f"{100 * report['quoted']['volume_cv']:.1f} %"
    assert len(at.get("vega_lite_chart")) == 4
    months, methods, horizons = (frame.value for frame in at.dataframe)
    assert list(months.columns) == ["Month", "P10", "P50", "P90", "Quote"]
    assert len(methods) == 4
    assert len(horizons) == 3
    text = shown(at).replace("\\", "")
    assert report["verdict"] in text
    assert report["spread"] in text
    assert len(at.get("download_button")) == 3


def test_without_a_history_the_demand_is_shown_and_what_to_enter(open_page, shown):
    report = forecast_document("none")
    at = forecast(open_page, StudyClient(answer=report))
    assert at.info[0].value.startswith("There is no history")
    assert "Forecast by" not in metrics(at)
    assert len(at.get("vega_lite_chart")) == 2
    assert list(at.dataframe[0].value.columns) == ["Month", "Quote"]
    assert "How the methods" not in shown(at)


def test_a_history_too_short_to_test_has_no_errors_to_show(open_page, shown):
    at = forecast(open_page, StudyClient(answer=forecast_document("short")))
    assert "MASE" not in metrics(at)
    assert "too few for a backtest" in shown(at)
    assert len(at.get("vega_lite_chart")) == 3


def test_a_refusal_is_shown_and_nothing_else(open_page):
    client = StudyClient()
    at = open_page("demand", client)
    client.error = UNREACHABLE
    at.button(key="study_forecast").click().run()
    assert not at.exception
    assert len(at.error) == 1
    assert not at.get("vega_lite_chart")
