"""Forecasts over HTTP: the command line's answer, as table and page too, and refusals by field."""

import csv
import io

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, HTML, XLSX, ApiError, Client
from api.openapi import forecast_request
from api.settings import Settings
from pricing.forecast_study import forecast_report
from pricing.reading import read_engagement
from staffing.forecast.documents import ForecastRequest

pytestmark = pytest.mark.integration
LOOPBACK = "http://127.0.0.1"
CONTENT = forecast_request()["requestBody"]["content"]["application/json"]
((_, EXAMPLE),) = CONTENT["examples"].items()
ENGAGEMENT = EXAMPLE["value"]["engagement"]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    with TestClient(app, base_url=LOOPBACK) as http:
        yield Client(LOOPBACK, http)


def test_it_answers_what_the_command_line_prints(client):
    answer = client.study_forecast(ENGAGEMENT, {"method": "seasonal_naive", "weeks": 26})
    request = ForecastRequest(method="seasonal_naive", weeks=26)
    own = forecast_report(read_engagement(ENGAGEMENT), request)
    assert answer == own.model_dump(mode="json")
    assert answer["step"] == "month"
    assert len(answer["periods"]) == 7  # 26 weeks end on the first of July


def test_it_comes_as_a_table_and_as_a_page(client):
    answer = client.study_forecast(ENGAGEMENT)
    table = client.study_file("forecast", ENGAGEMENT, kind=CSV).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [float(row["p90"]) for row in rows] == [one["p90"] for one in answer["periods"]]
    assert answer["verdict"] in client.study_file("forecast", ENGAGEMENT, kind=HTML).decode()
    with pytest.raises(ApiError, match="Accept should be"):
        client.study_file("forecast", ENGAGEMENT, kind=XLSX)


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"service": "x"}, "/service"),
        ({"method": "guess"}, "/method"),
        ({"method": "stl_ets"}, "/method"),
        ({"weeks": 0}, "/weeks"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_place(client, options, pointer):
    with pytest.raises(ApiError) as refused:
        client.study_forecast(ENGAGEMENT, options)
    assert [issue.pointer for issue in refused.value.issues] == [pointer]


def test_a_field_of_the_engagement_is_named_by_its_place_in_the_body(client):
    services = [ENGAGEMENT["services"][0] | {"opening_hours": {"mon": "08:10-18:00"}}]
    with pytest.raises(ApiError) as refused:
        client.study_forecast(ENGAGEMENT | {"services": services})
    assert refused.value.issues[0].pointer.startswith("/engagement/services/0/opening_hours")
