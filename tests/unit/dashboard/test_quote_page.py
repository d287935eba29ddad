"""The page that prices an engagement and shows both offers."""

import json

import pytest

from tests.builders.quotes import (
    BASE_ID,
    UNREACHABLE,
    WRONG_FIELD,
    FakeClient,
    base_quote,
)
from tests.builders.server import example_engagement


def metrics(at):
    return {metric.label.replace("\\", ""): metric.value for metric in at.metric}


def upload(at, name, content):
    at.button_group(key="source").set_value("Upload a file").run()
    at.file_uploader(key="upload").upload(name, content).run()
    assert not at.exception


def test_empty_it_offers_the_example_and_an_upload(open_page, shown):
    at = open_page("quote", FakeClient())
    assert "two offers" in shown(at)
    assert at.button(key="price_example").label == "Price the example"
    assert not at.metric


def test_the_example_is_priced_and_put_into_the_address(open_page):
    client = FakeClient()
    at = open_page("quote", client)
    at.button(key="price_example").click().run()
    assert not at.exception
    assert client.priced == [example_engagement()]
    assert at.query_params["quote"] == BASE_ID
    assert metrics(at)


def test_normal_it_shows_both_prices_bills_and_margins(open_page, shown):
    document = base_quote()
    at = open_page("quote", FakeClient(document), quote=BASE_ID)
    offers = document["offers"]
    fte, unit = (offers[method]["prices"][0]["price"]["amount"] for method in offers)
    found = metrics(at)
    assert found["claims @ Manila, per FTE-month, USD"].replace(",", "") == fte
    assert found["claims, per claim, USD"] == unit
    assert len(at.get("vega_lite_chart")) == 4
    assert "not for clients" in shown(at)


def test_a_reload_asks_for_the_same_quote(open_page):
    client = FakeClient(base_quote())
    first, again = (open_page("quote", client, quote=BASE_ID) for _ in range(2))
    assert metrics(first) == metrics(again)


def test_warnings_and_an_unreproducible_plan_are_shown(open_page, shown):
    document = base_quote() | {"warnings": ["share of [night] work"], "reproducible": False}
    text = shown(open_page("quote", FakeClient(document), quote=BASE_ID))
    assert r"share of \[night\] work" in text
    assert "The clock stopped a search" in text


def test_text_of_an_engagement_is_never_taken_as_markdown(open_page):
    document = base_quote()
    document["engagement"]["name"] = "# <b>Claims</b> $x$"
    at = open_page("quote", FakeClient(document), quote=BASE_ID)
    assert at.title[0].value == r"\# \<b\>Claims\</b\> \$x\$"


@pytest.mark.parametrize("name", ["own.json", "own.yaml"])
def test_an_uploaded_file_is_priced(open_page, name):
    client = FakeClient()
    at = open_page("quote", client)
    upload(at, name, json.dumps(example_engagement()).encode())
    at.button(key="price_upload").click().run()
    assert not at.exception
    assert client.priced == [example_engagement()]


def test_a_file_that_cannot_be_read_is_not_sent(open_page, shown):
    client = FakeClient()
    at = open_page("quote", client)
    upload(at, "own.json", b"{")
    assert "Not JSON" in shown(at)
    assert client.priced == []


def test_a_file_that_names_csv_files_gets_a_hint(open_page, shown):
    at = open_page("quote", FakeClient())
    upload(at, "own.yaml", b"name: x\nvolume: {csv: v.csv, column: n}")
    assert "Write the numbers into the engagement itself" in shown(at)


def test_a_refusal_names_the_field_and_what_is_accepted(open_page, shown):
    client = FakeClient()
    at = open_page("quote", client)
    client.error = WRONG_FIELD
    at.button(key="price_example").click().run()
    assert not at.exception
    assert "cannot be priced as written.** 1 field\\(s\\) are wrong" in shown(at)
    (table,) = at.table
    assert list(table.value["Field"]) == ["services, item 1\\: turnaround\\_h"]
    assert list(table.value["Accepted"]) == ["a number above 0"]


def test_without_an_api_the_page_says_where_it_looked(open_page, shown, monkeypatch):
    monkeypatch.setenv("CREWQUOTE_API_URL", "http://127.0.0.1:9")
    at = open_page("quote", FakeClient(error=UNREACHABLE), quote=BASE_ID)
    assert "127\\.0\\.0\\.1\\:9" in shown(at)
    assert "crewquote serve" in shown(at)


def test_an_unknown_quote_can_be_put_away(open_page, shown):
    at = open_page("quote", FakeClient(), quote=BASE_ID)
    assert "Not found" in shown(at)
    at.button(key="close_quote").click().run()
    assert not at.exception
    assert "quote" not in at.query_params
    assert at.button(key="price_example")


def test_prices_that_differ_by_year_are_listed_beneath_their_mean(open_page, shown):
    document = base_quote()
    price = document["offers"]["input_based"]["prices"][0]
    price["by_year"] = [
        {"amount": "1600.10", "currency": "USD"},
        {"amount": "1700.20", "currency": "USD"},
    ]
    text = shown(open_page("quote", FakeClient(document), quote=BASE_ID)).replace("\\", "")
    assert "invoiced: year 1 1,600.10, year 2 1,700.20" in text
    assert "invoiced:" not in shown(open_page("quote", FakeClient(base_quote()), quote=BASE_ID))


def test_a_quote_without_money_over_the_term_shows_the_rest(open_page, shown):
    document = base_quote()
    document["term"] = None
    at = open_page("quote", FakeClient(document), quote=BASE_ID)
    assert "Money over the term" not in shown(at)
    assert len(at.get("vega_lite_chart")) == 3


def test_pay_in_another_currency_is_told_under_the_cost(open_page, shown):
    document = base_quote()
    assert "Pay in PHP is" in shown(open_page("quote", FakeClient(document), quote=BASE_ID))
    for team in document["workings"]["teams"]:
        team["pay_currency"] = document["engagement"]["currency"]
    assert "Pay in" not in shown(open_page("quote", FakeClient(document), quote=BASE_ID))
