"""`Idempotency-Key`: a request sent twice is done once, and answered alike."""

import asyncio
import copy
import itertools
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.store.work_tables import IdempotencyRow
from tests.builders.server import example_engagement
from tests.builders.staged import StagedPricer

LOOPBACK = "http://127.0.0.1"
KEYS = (f"key-{number}" for number in itertools.count())


@pytest.fixture(scope="module")
def app(module_database_url):
    made = create_app(Settings(database=module_database_url, log="off"))
    made.state.pricer = StagedPricer()
    return made


@pytest.fixture(scope="module")
def http(app):
    with TestClient(app, base_url=LOOPBACK) as client:
        yield client


@pytest.fixture
def key():
    return next(KEYS)


def post(http, key, body=None, path="/v1/quotes"):
    return http.post(path, json=body or example_engagement(), headers={"Idempotency-Key": key})


def num_quotes(http):
    page = http.get("/v1/quotes?limit=100").json()
    assert not page["has_more"]
    return len(page["data"])


def test_a_retry_is_answered_alike_and_says_so(http, app, key) -> None:
    first = post(http, key)
    priced = app.state.pricer.priced
    again = post(http, key)
    assert again.content == first.content
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["content-type"] == "application/json"
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert app.state.pricer.priced == priced


def test_the_same_body_in_other_words_is_the_same_request(http, key) -> None:
    first = post(http, key)
    backwards = dict(reversed(example_engagement().items()))
    assert post(http, key, backwards).json()["id"] == first.json()["id"]


@pytest.mark.parametrize("part", ["body", "address"])
def test_a_key_of_another_request_is_refused(http, key, part) -> None:
    first = post(http, key)
    before = num_quotes(http)
    if part == "body":
        answer = post(http, key, {**copy.deepcopy(example_engagement()), "name": "another"})
    else:
        path = f"{first.headers['location']}/variants"
        answer = post(http, key, {"volume_factor": 1.2}, path)
    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")
    assert num_quotes(http) == before


def test_without_a_key_every_request_is_a_new_one(http) -> None:
    ids = {http.post("/v1/quotes", json=example_engagement()).json()["id"] for _ in range(2)}
    assert len(ids) == 2


def test_a_refused_body_leaves_its_key_free(http, key) -> None:
    assert post(http, key, {"name": "nothing else"}).status_code == 422
    assert post(http, key).status_code == 201


@pytest.mark.parametrize("bad", ["", "a b", "x" * 256, "tab\there"])
def test_a_malformed_key_is_refused(http, bad) -> None:
    answer = post(http, bad)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-parameter")
    assert answer.json()["errors"][0]["pointer"] == "/header/Idempotency-Key"


def test_a_key_of_255_characters_is_kept(http) -> None:
    assert post(http, "x" * 255).json() == post(http, "x" * 255).json()


def test_a_key_is_forgotten_after_24_hours_but_not_before(http, app, key) -> None:
    first = post(http, key).json()["id"]

    def aged(age):
        with app.state.store.writing() as session:
            moment = datetime.now(UTC) - age
            change = update(IdempotencyRow).where(IdempotencyRow.key == key)
            session.execute(change.values(created_at=moment))

    aged(timedelta(hours=23, minutes=59))
    assert post(http, key).json()["id"] == first
    aged(timedelta(hours=24, minutes=1))
    assert post(http, key).json()["id"] != first


def test_keys_of_two_callers_are_two_keys(app, http, key) -> None:
    first = post(http, key).json()["id"]
    with app.state.store.writing() as session:
        change = update(IdempotencyRow).where(IdempotencyRow.key == key)
        session.execute(change.values(caller_id="somebody else"))
    assert post(http, key).json()["id"] != first


async def _all_at_once(app, key, times):
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=LOOPBACK, timeout=300) as http:
        body, headers = example_engagement(), {"Idempotency-Key": key}
        calls = (http.post("/v1/quotes", json=body, headers=headers) for _ in range(times))
        return await asyncio.gather(*calls)


def test_a_thousand_at_once_to_two_servers_of_one_store_make_one_quote(app, http, key) -> None:
    before = num_quotes(http)
    other = create_app(app.state.settings)
    other.state.pricer = StagedPricer()
    answers = []

    def send(server):
        answers.extend(asyncio.run(_all_at_once(server, key, 500)))

    threads = [threading.Thread(target=send, args=(server,)) for server in (app, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.state.jobs.close()
    other.state.store.close()
    statuses = Counter(answer.status_code for answer in answers)
    made = {answer.content for answer in answers if answer.status_code == 201}
    assert statuses.total() == 1000
    assert set(statuses) <= {201, 409}
    assert len(made) == 1
    assert num_quotes(http) == before + 1
    assert {post(http, key).content} == made
