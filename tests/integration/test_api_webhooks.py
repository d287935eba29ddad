"""Webhooks: written with the event, signed, tried again, never twice at a time."""

import json
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.store import events, webhooks
from api.store.database import Database
from api.store.events import Origin
from api.webhooks.delivering import deliver_due
from api.webhooks.signing import verified

SALES = Origin("u-1", "Sam Sales", "sales")


class Receiver:
    """An endpoint on loopback that keeps what it is sent and answers as it is told."""

    def __init__(self) -> None:
        self.seen: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kept = {name.lower(): value for name, value in self.headers.items()}
                receiver.seen.append((kept, body))
                self.send_response(receiver.status)
                if receiver.status == 302:
                    self.send_header("Location", receiver.url + "elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver():
    with closing(Receiver()) as made:
        yield made


@pytest.fixture
def http(tmp_path):
    settings = Settings(
        database=tmp_path / "quotes.sqlite",
        webhook_private_addresses=True,
        webhook_interval_s=0,
        expiry_interval_s=0,
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        client.store = client.app.state.store  # type: ignore[attr-defined] # for the tests below
        yield client


def sent_event(store, kind: str = "quote.sent"):
    with store.writing() as session:
        return events.append(session, kind, "q-1", SALES, after={"state": "sent"})


def add(http, url: str, types=()) -> dict[str, str]:
    made = http.post("/v1/webhooks", json={"url": url, "types": list(types)})
    assert made.status_code == 201, made.text
    answer: dict[str, str] = made.json()
    return answer


def test_an_event_is_told_signed_and_once(http, receiver) -> None:
    hook = add(http, receiver.url, ["quote.sent"])
    sent_event(http.store)
    sent_event(http.store, "quote.voided")
    assert deliver_due(http.store, private=True) == 1
    assert deliver_due(http.store, private=True) == 0
    ((headers, body),) = receiver.seen
    assert verified([hook["secret"]], headers, body, int(time.time()))
    told = json.loads(body)
    assert told["type"] == "quote.sent"
    assert told["data"] == {"subject": "quote", "id": "q-1", "after": {"state": "sent"}}
    (delivery,) = http.get(f"/v1/webhooks/{hook['id']}/deliveries").json()["data"]
    assert (delivery["state"], delivery["attempts"], delivery["status"]) == ("delivered", 1, 200)


def test_what_is_undone_is_not_told(http, receiver) -> None:
    add(http, receiver.url)

    def undone() -> None:
        with http.store.writing() as session:
            events.append(session, "quote.sent", "q-1", SALES)
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    assert deliver_due(http.store, private=True) == 0
    assert receiver.seen == []


@pytest.mark.parametrize("status", [302, 400, 500])
def test_another_answer_than_a_good_one_is_tried_again_with_the_same_id(http, receiver, status):
    hook = add(http, receiver.url)
    receiver.status = status
    sent_event(http.store)
    deliver_due(http.store, private=True)
    (delivery,) = http.get(f"/v1/webhooks/{hook['id']}/deliveries").json()["data"]
    assert (delivery["state"], delivery["status"]) == ("pending", status)
    assert delivery["problem"] == f"answered {status}"
    with http.store.writing() as session:
        later = datetime.now(UTC) + timedelta(seconds=6)
        assert [one.id for one in webhooks.take_due(session, later, 9)] == [delivery["id"]]
    assert len({headers["webhook-id"] for headers, _ in receiver.seen}) == 1
    assert all(headers["host"] in receiver.url for headers, _ in receiver.seen)


def test_after_the_last_attempt_it_is_given_up(http, receiver) -> None:
    hook = add(http, receiver.url)
    sent_event(http.store)
    moment = datetime.now(UTC)
    for _ in range(len(webhooks.BACK_OFF) + 1):
        moment += timedelta(days=1)
        with http.store.writing() as session:
            (due,) = webhooks.take_due(session, moment, 9)
            webhooks.settle(session, due.id, moment, 500, "answered 500")
    with http.store.writing() as session:
        assert webhooks.take_due(session, moment + timedelta(days=1), 9) == []
    (delivery,) = http.get(f"/v1/webhooks/{hook['id']}/deliveries").json()["data"]
    assert (delivery["state"], delivery["attempts"]) == ("failed", len(webhooks.BACK_OFF) + 1)
    again = http.post(f"/v1/webhooks/{hook['id']}/deliveries/{delivery['id']}/resend")
    assert again.status_code == 202
    assert deliver_due(http.store, private=True) == 1


def test_what_is_taken_is_taken_by_nobody_else(database_url) -> None:
    with closing(Database(database_url)) as store:
        with store.writing() as session:
            webhooks.add(session, "https://hooks.example.com/", [], "whsec_AAAA", "me")
        sent_event(store)
        now = datetime.now(UTC)
        with store.writing() as session:
            assert len(webhooks.take_due(session, now, 9)) == 1
        with store.writing() as session:
            assert webhooks.take_due(session, now, 9) == []
            assert len(webhooks.take_due(session, now + webhooks.LEASE, 9)) == 1


def test_a_new_secret_signs_beside_the_old_one(http, receiver) -> None:
    hook = add(http, receiver.url)
    new = http.post(f"/v1/webhooks/{hook['id']}/secret").json()
    assert new["secret"] != hook["secret"]
    http.post(f"/v1/webhooks/{hook['id']}/test")
    deliver_due(http.store, private=True)
    ((headers, body),) = receiver.seen
    for secret in (hook["secret"], new["secret"]):
        assert verified([secret], headers, body, int(time.time()))
    listed = http.get("/v1/webhooks").json()["data"]
    assert "secret" not in listed[0]


def test_an_endpoint_that_is_removed_is_told_nothing_more(http, receiver) -> None:
    hook = add(http, receiver.url)
    sent_event(http.store)
    assert http.delete(f"/v1/webhooks/{hook['id']}").status_code == 204
    assert deliver_due(http.store, private=True) == 0
    assert http.get(f"/v1/webhooks/{hook['id']}/deliveries").status_code == 404
    assert receiver.seen == []


def test_a_machine_of_this_network_is_refused_and_not_called(tmp_path, receiver) -> None:
    settings = Settings(database=tmp_path / "q.sqlite", webhook_interval_s=0, expiry_interval_s=0)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as http:
        refused = http.post("/v1/webhooks", json={"url": receiver.url})
        assert refused.status_code == 422
        assert "https" in refused.text
        store = http.app.state.store  # type: ignore[attr-defined] # FastAPI's own
        with store.writing() as session:  # as if it had been allowed once
            webhooks.add(session, receiver.url, [], "whsec_AAAA", "me")
        sent_event(store)
        deliver_due(store, private=False)
    assert receiver.seen == []


def test_messages_are_sent_while_the_server_runs(tmp_path, receiver) -> None:
    settings = Settings(
        database=tmp_path / "q.sqlite", webhook_private_addresses=True, webhook_interval_s=0.05
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as http:
        add(http, receiver.url)
        sent_event(http.app.state.store)  # type: ignore[attr-defined] # FastAPI's own
        until = time.monotonic() + 20
        while not receiver.seen and time.monotonic() < until:
            time.sleep(0.05)
    assert len(receiver.seen) == 1
