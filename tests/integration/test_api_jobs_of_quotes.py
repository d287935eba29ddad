"""Work on stored quotes as jobs: revisions, a client's peak, proposals with one; whose they are."""

import json
import re
import time
from threading import Event

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import Client
from api.identity.caller import Role
from api.jobs import peaks
from api.settings import Settings
from api.store import quotes
from pricing.reading import read_engagement
from pricing.surge_offer import client_offer
from pricing.surge_report import SurgeOffer
from staffing.errors import InfeasibleError
from tests.builders.comparisons import FORBIDDEN, compared_engagement, compared_quote
from tests.builders.identity import add_user, bearer, row_of, token_of
from tests.builders.lifecycle import send_quote
from tests.builders.staged import PATIENCE_S, StagedPricer
from tests.unit.pricing.test_surge_offer import DATA, report

LOOPBACK = "http://127.0.0.1"
NOW = {"Prefer": "respond-async"}
LONG = {"Prefer": f"wait={PATIENCE_S}"}
PEAK = {"size": 0.5, "notice_h": 48, "days": 14}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(
        Settings(
            database=tmp_path_factory.mktemp("store") / "quotes.sqlite",
            log="off",
            require_sign_in=True,
            requests_per_minute=0,
            address_requests_per_minute=0,
        )
    )


@pytest.fixture(scope="module")
def http(app):
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture(scope="module")
def headers(app):
    """Credentials of sales, of a client, and of another user of that client."""
    store, of = app.state.store, compared_quote().engagement.client
    clients = {name: add_user(store, "client", client=of) for name in ("client", "colleague")}
    tokens = {name: token_of(store, user) for name, user in clients.items()}
    tokens["sales"] = token_of(store, add_user(store, "sales"))
    return {name: bearer(token) for name, token in tokens.items()}


@pytest.fixture
def quote(app):
    """A fresh draft, with an engagement that holds a pool for peaks."""
    with app.state.store.writing() as session:
        return quotes.add(session, read_engagement(DATA), compared_quote())


@pytest.fixture
def sent(app, quote):
    with app.state.store.writing() as session:
        send_quote(session, quote.id)
    return quote


@pytest.fixture
def pricer(app):
    """A pricer that waits at its second step."""
    kept, app.state.pricer = app.state.pricer, StagedPricer(opened=False)
    yield app.state.pricer
    app.state.pricer.gate.set()
    app.state.pricer = kept


class StagedSurge:
    """Studies a peak, in words of the vendor's side, once a test lets it."""

    def __init__(self):
        self.gate, self.reached = Event(), Event()
        self.made = report()

    def __call__(self, engagement, peak, *, log, progress):
        progress("stand-ins of the house: what a strategy costs")
        self.reached.set()
        assert self.gate.wait(PATIENCE_S)
        progress("margin at Manila")
        return self.made


@pytest.fixture
def surge(monkeypatch):
    staged = StagedSurge()
    monkeypatch.setattr(peaks, "surge_report", staged)
    yield staged
    staged.gate.set()


def ended(http, answer, who):
    """The job of an answer once it has ended, and its result."""
    assert answer.status_code == 202, answer.text
    address = answer.headers["location"]
    job = http.get(address, headers=who | LONG).json()
    return job, http.get(f"{address}/result", headers=who)


def revise(http, quote, who, **more):
    body = compared_engagement().model_dump(mode="json")
    path = f"/v1/quotes/{quote.id}/revisions"
    return http.post(path, json=body, headers=who | NOW | {"If-Match": '"v1"'} | more)


def test_a_revision_that_takes_longer_is_a_job_done_once(http, headers, quote, pricer) -> None:
    key = {"Idempotency-Key": f"revise-{quote.id}"}
    answer = revise(http, quote, headers["sales"], **key)
    under_way = revise(http, quote, headers["sales"], **key)
    assert (under_way.status_code, under_way.json()["code"]) == (409, "key-in-use")
    pricer.gate.set()
    job, result = ended(http, answer, headers["sales"])
    assert (job["kind"], job["state"], job["result"]["status"]) == ("revision", "done", 201)
    made = result.json()
    assert made["lifecycle"]["number"] == quote.lifecycle.number
    assert made["lifecycle"]["revision"] == 2
    again = revise(http, quote, headers["sales"], **key)
    assert (again.status_code, again.json()["id"]) == (201, made["id"])
    assert again.headers["idempotency-replayed"] == "true"


def test_a_quote_that_moved_while_its_revision_was_priced_is_not_revised(
    http, headers, quote, pricer
) -> None:
    answer = revise(http, quote, headers["sales"])
    assert pricer.reached.wait(PATIENCE_S)
    path = f"/v1/quotes/{quote.id}/request-approval"
    moved = http.post(path, json={}, headers=headers["sales"] | {"If-Match": '"v1"'})
    assert moved.status_code == 200
    pricer.gate.set()
    job, result = ended(http, answer, headers["sales"])
    assert (job["state"], job["result"]["status"]) == ("failed", 412)
    assert result.json()["instance"] == f"/v1/quotes/{quote.id}/revisions"
    listed = http.get(
        f"/v1/quotes?number={quote.lifecycle.number}", headers=headers["sales"]
    ).json()
    assert len(listed["data"]) == 1


def test_a_version_that_is_not_the_one_there_is_is_refused_at_once(http, headers, quote) -> None:
    stale = revise(http, quote, headers["sales"], **{"If-Match": '"v7"'})
    assert stale.status_code == 412
    missing = revise(http, quote, headers["sales"], **{"If-Match": ""})
    assert missing.status_code == 428


def ask(http, quote, who, prefer=NOW):
    path = f"/v1/client/quotes/{quote.id}/surge-offer"
    return http.post(path, json=PEAK, headers=who | prefer)


def words(http, address, who):
    return http.get(address, headers=who).json()["progress"]["words"]


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def test_a_client_follows_its_own_peak_in_words_that_tell_nothing(
    http, headers, sent, surge
) -> None:
    own, other = headers["client"], headers["colleague"]
    answer = ask(http, sent, own)
    assert surge.reached.wait(PATIENCE_S)
    address = answer.headers["location"]
    wait_until(lambda: words(http, address, own) == "working out who can help")
    surge.gate.set()
    job, result = ended(http, answer, own)
    told = http.get(f"{address}/events", headers=own).text
    for text in (json.dumps(job), told, result.text):
        assert not re.search(r"stand-ins|strateg|margin", text)
        assert FORBIDDEN.findall(text) == []
    assert SurgeOffer.model_validate_json(result.text) == client_offer(surge.made)
    for part in ("", "/result", "/request", "/events"):
        assert http.get(address + part, headers=other).status_code == 404
    assert http.delete(address, headers=other).status_code == 404
    assert http.delete(address, headers=own).status_code == 409


def test_a_client_cancels_its_own_peak(http, headers, sent, surge) -> None:
    answer = ask(http, sent, headers["client"])
    assert surge.reached.wait(PATIENCE_S)
    path = f"{answer.headers['location']}/cancel"
    assert http.post(path, headers=headers["client"]).json()["state"] == "cancelled"


def test_what_is_refused_in_a_job_has_no_reasons_either(http, headers, sent, monkeypatch) -> None:
    def refused(*_, **__):
        raise InfeasibleError("surge_work", "stand-ins cost too much")

    monkeypatch.setattr(peaks, "surge_report", refused)
    job, result = ended(http, ask(http, sent, headers["client"]), headers["client"])
    assert (job["state"], result.status_code, result.json()["code"]) == ("failed", 409, "no-offer")
    assert "stand-ins" not in result.text


def test_of_a_user_that_became_a_client_the_vendor_s_work_is_out_of_reach(app, http) -> None:
    store = app.state.store
    user = add_user(store, "planner", email="was.planner@example.org")
    who = bearer(token_of(store, user))
    body = {"engagement": DATA}
    answer = http.post("/v1/requirement", json=body, headers=who | NOW)
    assert ended(http, answer, who)[1].status_code == 200
    with store.writing() as session:
        row = row_of(session, "was.planner@example.org")
        row.role, row.client = Role.CLIENT.value, "Somebody"
    for part in ("", "/result", "/request", "/events"):
        assert http.get(answer.headers["location"] + part, headers=who).status_code == 404


def test_a_proposal_with_a_peak_is_a_job_and_one_without_is_there_at_once(
    app, http, headers
) -> None:
    with app.state.store.writing() as session:
        own = quotes.add(session, compared_engagement(), compared_quote())
    path = f"/v1/quotes/{own.id}/proposals"
    at_once = http.post(path, json={"issued": "2026-12-01"}, headers=headers["sales"] | NOW)
    assert at_once.status_code == 201
    with_peak = {"issued": "2026-12-01", "peak": PEAK}
    job, result = ended(
        http, http.post(path, json=with_peak, headers=headers["sales"] | NOW), headers["sales"]
    )
    assert (job["kind"], job["result"]["status"]) == ("proposal", 201)
    made = result.json()
    assert result.headers["location"] == f"{path}/{made['id']}"
    client = Client(LOOPBACK, http, token=headers["sales"]["Authorization"].split()[1])
    assert [one["id"] for one in client.list_proposals(own.id)["data"]] == [
        made["id"],
        at_once.json()["id"],
    ]


def test_a_wrong_field_of_a_proposal_s_peak_is_named_by_its_place(http, headers, quote) -> None:
    path = f"/v1/quotes/{quote.id}/proposals"
    body = {"peak": {**PEAK, "site": "Omaha"}}
    answer = http.post(path, json=body, headers=headers["sales"] | LONG)
    assert answer.status_code == 422, answer.text
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/peak/site"]
