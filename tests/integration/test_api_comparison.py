"""`GET /v1/quotes/{id}/comparison`: the client's view of a stored quote, nothing solved."""

import json

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import XLSX, ApiError, Client
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from pricing.client_comparison import ClientComparison
from pricing.reading import read_engagement
from tests.builders.comparisons import FORBIDDEN, compared_quote
from tests.builders.pricing import engagement_data

LOOPBACK = "http://127.0.0.1"


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A quote in the store, as if it had been priced over HTTP."""
    database = tmp_path_factory.mktemp("store") / "quotes.sqlite"
    store = Database(database)
    with store.writing() as session:
        found = quotes.add(session, read_engagement(engagement_data()), compared_quote())
    store.close()
    return database, found.id


@pytest.fixture(scope="module")
def http(stored):
    with TestClient(create_app(Settings(database=stored[0])), base_url=LOOPBACK) as client:
        yield client


@pytest.fixture(scope="module")
def client(http):
    return Client(LOOPBACK, http)


def test_the_comparison_is_the_client_s_document(client, stored) -> None:
    answer = client.comparison(stored[1], volume=1.2, productivity=0.9, budget="400000")
    made = ClientComparison.model_validate_json(json.dumps(answer))
    assert (made.at.volume, made.at.productivity) == (1.2, 0.9)
    assert str(made.budget) == "400,000.00 USD"
    assert made.quote_hash == compared_quote().content_hash


def test_nothing_of_the_vendor_s_side_is_answered(http, stored) -> None:
    path = f"/v1/quotes/{stored[1]}/comparison"
    text = http.get(path).text.replace("Labor cost management", "")
    assert FORBIDDEN.findall(text) == []
    document = http.get("/openapi.json").json()
    operation = document["paths"]["/v1/quotes/{quote_id}/comparison"]["get"]
    assert FORBIDDEN.findall(json.dumps(operation)) == []


def test_it_comes_as_a_page_and_as_a_workbook(client, stored) -> None:
    page = client.comparison_file(stored[1]).decode()
    assert page.startswith("<!DOCTYPE html>")
    assert page.count('class="chart"') == 4
    assert client.comparison_file(stored[1], XLSX).startswith(b"PK")


@pytest.mark.parametrize("query", ["volume=0", "productivity=9", "budget=-1", "margin=1"])
def test_a_wrong_question_is_refused(http, stored, query) -> None:
    answer = http.get(f"/v1/quotes/{stored[1]}/comparison?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_such_quote(client) -> None:
    with pytest.raises(ApiError) as caught:
        client.comparison("00000000-0000-4000-8000-000000000000")
    assert caught.value.status == 404
