"""Proposals over HTTP: made once, kept, the same bytes every time."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import HTML, PDF, XLSX, ApiError, Client
from api.settings import Settings
from api.store import quotes
from api.store.database import Database
from pricing.reading import read_engagement
from tests.builders.comparisons import FORBIDDEN, compared_engagement, compared_quote
from tests.builders.pricing import engagement_data
from tests.unit.pricing.client_comparison.test_leaks import numbers, texts, vendor_numbers

LOOPBACK = "http://127.0.0.1"
OWN = frozenset({"source", "pay_source", "name", "client", "vendor"})


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A quote as it was priced, and one beside an engagement it was not priced from."""
    database = tmp_path_factory.mktemp("store") / "quotes.sqlite"
    store = Database(database)
    with store.writing() as session:
        right = quotes.add(session, compared_engagement(), compared_quote())
        wrong = quotes.add(session, read_engagement(engagement_data()), compared_quote())
    store.close()
    return database, right.id, wrong.id


@pytest.fixture(scope="module")
def client(stored):
    with TestClient(create_app(Settings(database=stored[0])), base_url=LOOPBACK) as http:
        yield Client(LOOPBACK, http)


def test_a_proposal_is_kept_and_comes_in_every_form(client, stored) -> None:
    options = {"vendor": "Northgate Services", "issued": "2026-12-01"}
    made = client.create_proposal(stored[1], options)
    assert (made["issued"], made["valid_until"]) == ("2026-12-01", "2027-01-30")
    assert (made["number"], made["revision"]) == (f"Q-{datetime.now(UTC).year}-00001", 1)
    listed = client.list_proposals(stored[1])["data"]
    assert [one["id"] for one in listed] == [made["id"]]
    for kind, start in ((PDF, b"%PDF-"), (XLSX, b"PK"), (HTML, b"<!DOCTYPE")):
        first = client.proposal_file(stored[1], made["id"], kind)
        assert first.startswith(start)
    assert client.proposal_file(stored[1], made["id"], HTML) == first
    later = client.create_proposal(stored[1], {})
    assert [one["id"] for one in client.list_proposals(stored[1])["data"]] == [
        later["id"],
        made["id"],
    ]


def test_its_answer_holds_nothing_of_the_vendor_s_side(client, stored) -> None:
    made = client.create_proposal(stored[1], {"issued": "2026-12-01"})
    assert [text for text in texts(made, OWN) if FORBIDDEN.search(text)] == []
    visible = {round(number, 6) for number in numbers(made)}
    secrets = vendor_numbers(compared_quote())
    assert {name for name, value in secrets.items() if round(value, 6) in visible} == set()


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"issued": "1.12.2026"}, "bad-input", "/issued"),
        ({"vendor": ""}, "bad-input", "/vendor"),
        ({"margin": 1}, "bad-input", "/margin"),
        ({"peak": {"size": 0.6}}, "bad-input", "/peak/notice_h"),
        ({"peak": {"size": 0.6, "notice_h": 48, "site": "Omaha"}}, "bad-input", "/site"),
    ],
)
def test_a_body_that_means_nothing_is_refused_by_field(client, stored, options, code, words):
    with pytest.raises(ApiError) as refused:
        client.create_proposal(stored[1], options)
    assert refused.value.code == code
    assert any(words in issue.pointer for issue in refused.value.issues)


def test_a_quote_whose_engagement_is_another_one_is_refused(client, stored) -> None:
    with pytest.raises(ApiError) as refused:
        client.create_proposal(stored[2], {})
    assert refused.value.status == 422


def test_a_proposal_of_another_quote_is_not_found(client, stored) -> None:
    made = client.create_proposal(stored[1], {})
    with pytest.raises(ApiError) as refused:
        client.proposal_file(stored[2], made["id"])
    assert refused.value.status == 404
