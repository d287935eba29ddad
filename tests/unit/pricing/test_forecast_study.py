"""A forecast of an engagement: which service, its names, and the field in the document."""

import pytest

from pricing.forecast_study import ForecastReport, forecast_report
from staffing.errors import BadInputError
from staffing.forecast.documents import ForecastRequest
from tests.builders.forecast import forecast_document, with_history, yearly
from tests.builders.pricing import LIVE, engagement

SHORT = with_history([100.0] * 12)


def test_the_report_survives_json():
    document = forecast_document()
    assert ForecastReport.model_validate(document).model_dump(mode="json") == document


def test_without_a_name_the_first_service_with_a_history_is_forecast():
    changes = {"services[1].volume": SHORT["services[0].volume"]}
    one = engagement()
    two = engagement(changes, services=[one.services[0].model_dump(mode="json"), LIVE])
    assert forecast_report(two, ForecastRequest()).service == "helpdesk"
    assert forecast_report(two, ForecastRequest(service="claims")).method is None


def test_an_unknown_service_is_refused_with_those_there_are():
    with pytest.raises(BadInputError, match=r"service: the name of a service: claims"):
        forecast_report(engagement(SHORT), ForecastRequest(service="x"))


def test_documents_that_do_not_name_a_method_are_as_they_were():
    one = engagement(SHORT)
    assert one.services[0].volume.forecast == "level"
    assert "forecast" not in one.model_dump(mode="json")["services"][0]["volume"]
    named = engagement(with_history([100.0] * 12, forecast="seasonal_naive"))
    assert named.model_dump(mode="json")["services"][0]["volume"]["forecast"] == "seasonal_naive"


def test_a_method_needs_a_history():
    with pytest.raises(BadInputError, match=r"volume\.forecast: none beside units_per_year"):
        engagement({"services[0].volume.forecast": "ets"})


def test_the_quote_beside_it_is_that_of_the_method_it_names():
    values = yearly(110, 0.1)
    reports = [
        forecast_report(
            engagement(with_history(values, forecast=name)), ForecastRequest(method=name)
        )
        for name in ("level", "seasonal_naive")
    ]
    for report in reports:
        quoted = [(one.p50, one.quote) for one in report.periods if one.quote is not None]
        assert all(p50 == pytest.approx(quote) for p50, quote in quoted)
        assert report.quoted.method == report.method
    assert reports[0].quoted.units_over_term != reports[1].quoted.units_over_term
