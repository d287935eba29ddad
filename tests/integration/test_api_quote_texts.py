"""A quote that was read before is sent from memory, with what the store knows of it now."""

from contextlib import closing

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.quote_texts import QuoteTexts
from api.settings import Settings
from api.store import erasure, quotes
from api.store.database import Database
from tests.builders.lifecycle import MONDAY, SALES, add_quote, send_quote

LOOPBACK = "http://127.0.0.1"


@pytest.fixture
def quote_id(database_url):
    with closing(Database(database_url)) as store, store.writing() as session:
        return add_quote(session).id


@pytest.fixture
def http(database_url, quote_id):
    app = create_app(Settings(database=database_url, log="off"))
    with TestClient(app, base_url=LOOPBACK) as http:
        yield http


def test_the_document_is_read_once_and_where_it_stands_each_time(
    http, quote_id, monkeypatch
) -> None:
    address, store = f"/v1/quotes/{quote_id}", http.app.state.store
    first = http.get(address)
    monkeypatch.setattr(quotes, "text", None)
    again = http.get(address)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert first.json()["offers"] == "by hand"
    with store.writing() as session:
        send_quote(session, quote_id)
    sent = http.get(address)
    assert sent.headers["etag"] != first.headers["etag"]
    assert (sent.json()["lifecycle"]["state"], sent.json()["offers"]) == ("sent", "by hand")


def test_what_was_erased_is_not_sent_from_memory(http, quote_id) -> None:
    address = f"/v1/quotes/{quote_id}"
    assert http.get(address).status_code == 200
    with http.app.state.store.writing() as session:
        erasure.erase_client(session, "Acme", SALES, MONDAY)
    assert http.get(address).status_code == 404


def test_what_was_asked_for_longest_ago_is_let_go() -> None:
    texts = QuoteTexts(most_bytes=10)
    for name in "ab":
        texts.keep((name, "hash"), b"12345")
    assert texts.get(("a", "hash")) == b"12345"
    texts.keep(("c", "hash"), b"1234")
    kept = [texts.get((name, "hash")) is not None for name in "abc"]
    assert kept == [True, False, True]
    texts.keep(("c", "hash"), b"12345")  # the same anew takes no further place
    assert texts.get(("a", "hash")) is not None
    texts.keep(("d", "hash"), b"12345678901")
    assert texts.get(("d", "hash")) is None
    assert texts.get(("c", "other")) is None
