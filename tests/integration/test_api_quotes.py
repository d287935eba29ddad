"""The HTTP API as a caller sees it: quotes priced, stored, listed, varied, compared."""

import copy
import sqlite3
from contextlib import closing
from decimal import Decimal

import httpx2
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import CSV, ApiError, Client
from api.settings import Settings
from pricing.quote import Quote
from pricing.quoting import quote_hash
from tests.builders.server import example_engagement

LOOPBACK = "http://127.0.0.1"


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture(scope="module")
def client(http):
    return Client(LOOPBACK, http)


@pytest.fixture(scope="module")
def stored(client):
    return client.create_quote(example_engagement())


@pytest.fixture(scope="module")
def variant(client, stored):
    return client.create_variant(stored["id"], {"volume_factor": 1.2})


def test_a_quote_comes_back_with_both_offers_and_an_id(stored) -> None:
    assert set(stored["offers"]) == {"input_based", "output_based"}
    assert stored["offers"]["output_based"]["prices"][0]["price"]["currency"] == "USD"
    assert isinstance(stored["offers"]["output_based"]["prices"][0]["price"]["amount"], str)
    assert len(stored["id"]) == 36


def test_the_stored_quote_is_the_one_that_was_answered(client, stored) -> None:
    assert client.get_quote(stored["id"]) == stored


def test_the_stored_quote_is_whole_by_its_own_hash(stored) -> None:
    own = {"id", "created_at", "variant_of", "lifecycle"}
    quote = Quote.model_validate({k: v for k, v in stored.items() if k not in own})
    assert quote_hash(quote) == stored["content_hash"]


def test_created_answers_201_and_times_are_utc(http) -> None:
    answer = http.post("/v1/quotes", json=example_engagement())
    assert answer.status_code == 201
    assert http.get(answer.headers["location"]).json() == answer.json()
    assert answer.json()["created_at"].endswith("Z")


def test_the_engagement_of_a_quote_can_be_priced_again_to_the_same_hash(client, stored) -> None:
    again = client.create_quote(client.get_engagement(stored["id"]))
    assert again["content_hash"] == stored["content_hash"]
    assert again["id"] != stored["id"]


def test_the_list_is_newest_first_and_pages_do_not_overlap(client, stored, variant) -> None:
    everything = client.list_quotes(limit=100)["data"]
    first = client.list_quotes(limit=1)
    rest = client.list_quotes(limit=100, starting_after=first["data"][0]["id"])
    assert first["has_more"] is True
    assert first["data"] + rest["data"] == everything
    assert everything[0]["created_at"] >= everything[-1]["created_at"]
    listed = next(row for row in everything if row["id"] == stored["id"])
    assert (
        listed["input_bill"] == stored["offers"]["input_based"]["term"]["expected_bill"]["amount"]
    )


def test_a_variant_knows_its_base_and_moves_both_bills(stored, variant) -> None:
    assert variant["variant_of"] == stored["id"]
    for method in ("input_based", "output_based"):
        before = float(stored["offers"][method]["term"]["expected_bill"]["amount"])
        after = float(variant["offers"][method]["term"]["expected_bill"]["amount"])
        assert after > before


def test_the_difference_names_what_was_moved_and_adds_up(client, stored, variant) -> None:
    difference = client.difference(stored["id"], variant["id"])
    volume = next(m for m in difference["assumptions"] if m["name"] == "claims: units per week")
    assert volume["change_share"] == pytest.approx(0.2, abs=1e-6)
    bill = next(m for m in difference["figures"] if m["name"] == "output-based: bill over the term")
    assert bill["before"] == stored["offers"]["output_based"]["term"]["expected_bill"]["amount"]
    assert float(bill["after"]) - float(bill["before"]) == pytest.approx(float(bill["change"]))


def test_a_quote_of_an_earlier_version_is_read_but_not_compared(tmp_path) -> None:
    file = tmp_path / "quotes.sqlite"
    with TestClient(create_app(Settings(database=file)), base_url=LOOPBACK) as http:
        quote_id = http.post("/v1/quotes", json=example_engagement()).json()["id"]
        with closing(sqlite3.connect(file)) as store, store:
            store.execute("UPDATE quotes SET quote = json_remove(quote, '$.staffing.teams')")
        assert "teams" not in http.get(f"/v1/quotes/{quote_id}").json()["staffing"]
        answer = http.get(f"/v1/quotes/{quote_id}/difference/{quote_id}")
    assert (answer.status_code, answer.json()["code"]) == (409, "outdated")
    assert quote_id in answer.json()["detail"]


def test_a_quote_against_itself_moves_nothing(client, stored) -> None:
    difference = client.difference(stored["id"], stored["id"])
    assert difference["assumptions"] == []
    assert all(float(moved["change"]) == 0 for moved in difference["figures"])


def test_less_productivity_costs_more_and_a_margin_moves_prices_only(client, stored) -> None:
    slower = client.create_variant(stored["id"], {"productivity_factor": 0.9})
    dearer = client.create_variant(stored["id"], {"target_margin": "0.25"})
    assert float(slower["cost"]["total"]["amount"]) > float(stored["cost"]["total"]["amount"])
    assert dearer["cost"]["total"] == stored["cost"]["total"]
    assert dearer["offers"]["input_based"]["term"]["margin"] == pytest.approx(0.25, abs=1e-4)


def test_validate_lists_what_lacks_a_source_and_stores_nothing(client) -> None:
    before = client.list_quotes(limit=100)
    answer = client.validate(example_engagement())
    assert answer["valid"] is True
    assert "commercial.sga" in answer["unsourced"]
    assert "utilisation" not in answer["unsourced"]
    assert client.list_quotes(limit=100) == before


def test_the_example_the_documentation_shows_is_valid(client) -> None:
    assert client.example_engagement() == example_engagement()


def test_a_planned_month_is_billed_as_the_quote_expects(client, stored) -> None:
    term = stored["engagement"]["term_months"]
    for at, method in enumerate(("input_based", "output_based")):
        bills = [
            client.create_invoices(stored["id"], {"month": month})["invoices"][at]["total"]
            for month in range(1, term + 1)
        ]
        expected = stored["offers"][method]["term"]["expected_bill"]["amount"]
        assert sum(Decimal(bill["amount"]) for bill in bills) == Decimal(expected)


def test_an_invoice_comes_as_table_and_workbook(client, stored) -> None:
    assert client.invoices_file(stored["id"], {"month": 2}, CSV).startswith(b"offer,line,charge")
    assert client.invoices_file(stored["id"]).startswith(b"PK")


def test_one_offer_can_be_billed_alone(client, stored) -> None:
    made = client.create_invoices(stored["id"], {"offer": "output_based"})
    assert [invoice["method"] for invoice in made["invoices"]] == ["output_based"]


@pytest.mark.parametrize(
    ("actuals", "pointer"),
    [
        ({"month": 121}, "/month"),
        ({"services": {"audits": {}}}, "/services/audits"),
        ({"savings": 1.5}, "/savings"),
        ({"offer": "hourly"}, "/offer"),
    ],
)
def test_actuals_that_cannot_be_billed_are_refused_by_pointer(
    client, stored, actuals, pointer
) -> None:
    with pytest.raises(ApiError) as refusal:
        client.create_invoices(stored["id"], actuals)
    assert (refusal.value.status, refusal.value.code) == (422, "bad-input")
    assert [issue.pointer for issue in refusal.value.issues] == [pointer]


def test_an_infeasible_engagement_says_which_rule_and_stores_nothing(client) -> None:
    engagement = copy.deepcopy(example_engagement())
    engagement["sites"][0]["seats"] = 1
    before = client.list_quotes(limit=100)
    with pytest.raises(ApiError) as refusal:
        client.create_quote(engagement)
    assert (refusal.value.status, refusal.value.code) == (422, "infeasible")
    assert "seats" in refusal.value.detail
    assert client.list_quotes(limit=100) == before


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/quotes/00000000-0000-0000-0000-000000000000"),
        ("GET", "/v1/quotes/00000000-0000-0000-0000-000000000000/engagement"),
        ("GET", "/v1/quotes?starting_after=00000000-0000-0000-0000-000000000000"),
        ("GET", "/nowhere"),
    ],
)
def test_what_does_not_exist_is_a_404_problem(http, method, path) -> None:
    answer = http.request(method, path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_method_an_address_lacks_is_refused_with_those_it_has(http) -> None:
    answer = http.delete("/v1/quotes")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_documentation_is_served_from_this_server_only(http) -> None:
    page = http.get("/docs").text
    assert "https://" not in page.replace("https://github.com", "")
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert http.get(f"/docs/assets/{asset}").status_code == 200


def test_the_client_says_when_the_server_cannot_be_reached() -> None:
    with Client("http://127.0.0.1:9", httpx2.Client(base_url="http://127.0.0.1:9")) as client:
        assert client.healthy() is False
        with pytest.raises(ApiError) as refusal:
            client.list_quotes()
    assert refusal.value.status == 0
