"""Drafts over HTTP: each its owner's alone, versioned, bounded, and gone when it is time."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.routes.drafts import MOST_BYTES
from api.settings import Settings
from api.store import drafts
from api.store.draft_tables import DraftRow
from api.store.erasure import erase_client
from tests.builders.identity import add_user, token_of
from tests.builders.lifecycle import SALES

LOOPBACK = "http://127.0.0.1"
NOBODY = "00000000-0000-0000-0000-000000000000"
BEGUN = {"name": "Claims", "client": "Acme", "sites": [{"whatever": None}]}


@pytest.fixture(scope="module")
def app(module_database_url):
    made = create_app(Settings(database=module_database_url, require_sign_in=True, log="off"))
    yield made
    made.state.store.close()


@pytest.fixture(scope="module")
def http(app):
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture
def sales(app, http):
    """A sales person who has no draft yet."""
    return Client(
        LOOPBACK, http, token=token_of(app.state.store, add_user(app.state.store, "sales"))
    )


def test_what_is_written_comes_back_as_it_was_and_as_it_is_now(sales) -> None:
    made = sales.create_draft(BEGUN, None)
    assert (made["version"], made["engagement"], made["revises"]) == (1, BEGUN, None)
    now = sales.write_draft(made["id"], BEGUN | {"name": "Coding"}, NOBODY, made["etag"])
    assert sales.get_draft(made["id"]) == now
    assert (now["version"], now["revises"]) == (2, NOBODY)
    (listed,) = sales.list_drafts()["data"]
    assert (listed["id"], listed["name"], listed["client"]) == (made["id"], "Coding", "Acme")


def test_another_tab_is_refused_and_overwrites_nothing(sales) -> None:
    made = sales.create_draft(BEGUN, None)
    sales.write_draft(made["id"], BEGUN | {"name": "First"}, None, made["etag"])
    with pytest.raises(ApiError, match="was changed at") as refused:
        sales.write_draft(made["id"], BEGUN | {"name": "Second"}, None, made["etag"])
    assert refused.value.status == 412
    assert sales.get_draft(made["id"])["engagement"]["name"] == "First"


def test_nobody_else_reads_writes_or_throws_it_away(app, http, sales) -> None:
    made = sales.create_draft(BEGUN, None)
    other = Client(
        LOOPBACK, http, token=token_of(app.state.store, add_user(app.state.store, "sales"))
    )
    for step in (
        lambda: other.get_draft(made["id"]),
        lambda: other.write_draft(made["id"], {}, None, made["etag"]),
        lambda: other.delete_draft(made["id"]),
    ):
        with pytest.raises(ApiError, match="no draft of yours"):
            step()
    assert other.list_drafts()["data"] == []
    sales.delete_draft(made["id"])
    assert sales.list_drafts()["data"] == []


@pytest.mark.parametrize(
    "body", [{"engagement": []}, {"engagment": {}}, {"engagement": {}, "revises": "x"}]
)
def test_what_is_no_draft_is_refused(sales, http, body) -> None:
    headers = sales._headers("application/json")
    assert http.post("/v1/drafts", json=body, headers=headers).status_code == 422


@pytest.mark.parametrize("value", [b'"\\ud800"', b"1e999"])
def test_what_no_answer_could_hold_is_refused(sales, http, value) -> None:
    headers = sales._headers("application/json") | {"Content-Type": "application/json"}
    body = b'{"engagement": {"name": ' + value + b"}}"
    answer = http.post("/v1/drafts", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")


def test_a_draft_has_a_largest_size(sales) -> None:
    with pytest.raises(ApiError) as refused:
        sales.create_draft({"name": "x" * MOST_BYTES}, None)
    assert refused.value.status == 413


@pytest.mark.parametrize("client", ["\x00", "a" * 121, "", 5, None, {"name": "Acme"}])
def test_whatever_stands_for_a_client_is_kept_as_it_is_written(sales, client) -> None:
    made = sales.create_draft({"client": client, "name": "\x00"}, None)
    assert sales.get_draft(made["id"])["engagement"]["client"] == client
    assert {one["id"]: one["client"] for one in sales.list_drafts()["data"]}[made["id"]] is None


def test_without_a_version_nothing_is_written(sales, http) -> None:
    made = sales.create_draft(BEGUN, None)
    headers = sales._headers("application/json")
    answer = http.put(f"/v1/drafts/{made['id']}", json={"engagement": {}}, headers=headers)
    assert answer.status_code == 428


def test_the_oldest_go_beyond_fifty_and_what_is_long_unchanged(app) -> None:
    now = datetime.now(UTC)
    with app.state.store.writing() as session:
        drafts.add(session, "other", {"engagement": {}}, now - drafts.KEPT - timedelta(days=1))
        for number in range(drafts.MOST_OF_ONE + 2):
            at = now + timedelta(seconds=number)
            drafts.add(session, "many", {"engagement": {"name": str(number)}}, at)
        kept = [json.loads(row.document) for row in drafts.of_owner(session, "many")]
        assert len(kept) == drafts.MOST_OF_ONE
        assert kept[-1]["engagement"]["name"] == "2"
        assert drafts.of_owner(session, "other") == []


def test_a_client_that_is_erased_is_in_no_draft(app) -> None:
    now = datetime.now(UTC)
    with app.state.store.writing() as session:
        for name in ("Gone", "Stays"):
            drafts.add(session, "one", {"engagement": {"client": name}}, now)
        erase_client(session, "Gone", SALES, now)
        clients = {row.client for row in session.query(DraftRow).filter_by(owner_id="one")}
        assert clients == {"Stays"}
