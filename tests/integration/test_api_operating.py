"""What an operator sees: request ids, limits, one log line per request, metrics."""

import json
import logging
import re
import sqlite3
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.operating.logs import JsonLines
from api.settings import Settings
from tests.builders.server import example_engagement

LOOPBACK = "http://127.0.0.1"
TOKEN = "Bearer of-nobody-s-business"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(Settings(database=tmp_path_factory.mktemp("store") / "q.sqlite"))


@pytest.fixture(scope="module")
def http(app):
    with TestClient(app, base_url=LOOPBACK, raise_server_exceptions=False) as client:
        yield client


def logged(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_well_formed_request_id_is_kept_and_answered(http, capsys) -> None:
    answer = http.get("/healthz", headers={"X-Request-Id": "order-4711.2_b"})
    assert answer.headers["x-request-id"] == "order-4711.2_b"
    assert logged(capsys)[-1]["request_id"] == "order-4711.2_b"


@pytest.mark.parametrize("bad", ["", "short", "x" * 65, "a b c d e f", "-leading", 'a"b{c}d:e'])
def test_a_malformed_request_id_is_replaced_not_repeated(http, bad) -> None:
    answer = http.get("/healthz", headers={"X-Request-Id": bad})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


def test_every_problem_names_its_request(http) -> None:
    for address in ("/nowhere", "/v1/quotes/abc", "/v1/quotes?limit=0"):
        answer = http.get(address)
        assert answer.json()["request_id"] == answer.headers["x-request-id"] != ""


def test_a_defect_names_its_request_and_is_logged_without_its_words(http, app, capsys) -> None:
    class Broken:
        def price(self, *_, **__):
            raise RuntimeError("the price was 4711.50")

    kept, app.state.pricer = app.state.pricer, Broken()
    try:
        answer = http.post("/v1/quotes", json=example_engagement())
    finally:
        app.state.pricer = kept
    assert answer.status_code == 500
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    lines = logged(capsys)
    failed = next(line for line in lines if line["event"] == "a job failed")
    assert (failed["level"], failed["exception"]) == ("error", "RuntimeError")
    assert any("quoting.py" in place for place in failed["places"])
    assert {line["request_id"] for line in lines} == {answer.headers["x-request-id"]}
    assert [line["status"] for line in lines if line["event"] == "request"] == [500]
    assert "4711.50" not in json.dumps(lines)


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/v1/quotes?limit=3", 200),
        ("POST", "/v1/engagements/validate", 200),
        ("POST", "/v1/quotes", 422),
        ("GET", "/v1/quotes/00000000-0000-0000-0000-000000000000", 404),
    ],
)
def test_a_line_holds_the_route_and_nothing_of_what_was_said(
    http, capsys, method, address, status
) -> None:
    body = example_engagement() if status == 200 else {"name": "Secret Project"}
    sent = {"json": body} if method == "POST" else {}
    answer = http.request(method, address, headers={"Cookie": TOKEN}, **sent)
    (line,) = [line for line in logged(capsys) if line["event"] == "request"]
    assert (line["method"], line["status"], answer.status_code) == (method, status, status)
    assert line["route"] in {
        "/v1/quotes",
        "/v1/engagements/validate",
        "/v1/quotes/{quote_id}",
    }
    assert set(line) == {
        *("event", "level", "at", "method", "route", "status", "seconds", "caller", "request_id"),
    }
    text = json.dumps(line)
    for secret in (TOKEN, "Secret", body["name"], "00000000-0000", "limit=3", "amount"):
        assert secret not in text


def test_a_token_is_not_logged_with_its_refusal(http, capsys) -> None:
    assert http.get("/v1/quotes", headers={"Authorization": TOKEN}).status_code == 401
    assert "business" not in json.dumps(logged(capsys))


def test_head_is_logged_under_its_route(http, capsys) -> None:
    http.head("/healthz")
    assert [(line["method"], line["route"]) for line in logged(capsys)] == [("HEAD", "/healthz")]


def test_nothing_is_logged_when_it_is_off(tmp_path, capsys) -> None:
    app = create_app(Settings(database=tmp_path / "q.sqlite", log="off"))
    with TestClient(app, base_url=LOOPBACK) as quiet:
        assert quiet.get("/healthz").status_code == 200
    assert capsys.readouterr().err == ""


def test_what_the_http_server_says_keeps_class_and_place_only() -> None:
    with pytest.raises(ValueError, match="margin") as raised:
        int("margin 0.31")
    found = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord(
        "uvicorn.error", logging.ERROR, "x.py", 1, "Exception in it\n", None, found
    )
    line = json.loads(JsonLines().format(record))
    assert (line["event"], line["exception"]) == ("Exception in it", "ValueError")
    assert "0.31" not in json.dumps(line)


@pytest.mark.parametrize(
    ("address", "headers", "status", "code"),
    [
        ("/" + "x" * 8_000, {}, 414, "url-too-long"),
        ("/healthz?" + "x" * 8_000, {}, 414, "url-too-long"),
        ("/healthz", {"X-Much": "x" * 32_000}, 431, "headers-too-large"),
    ],
)
def test_what_is_too_long_is_refused(http, address, headers, status, code) -> None:
    answer = http.get(address, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["x-request-id"]


def test_what_is_long_enough_for_anyone_is_answered(http) -> None:
    assert http.get("/healthz", headers={"X-Much": "x" * 31_000}).status_code == 200
    assert http.get("/" + "x" * 7_900).status_code == 404


def metric(text, name, **labels):
    """Value of one line of the Prometheus format."""
    wanted = "{" + ",".join(f'{key}="{value}"' for key, value in sorted(labels.items())) + "}"
    for line in text.splitlines():
        if line.startswith(f"{name}{wanted if labels else ' '}"):
            return float(line.rpartition(" ")[2])
    return 0.0


def test_metrics_count_by_route_never_by_address(http) -> None:
    asked = {"method": "GET", "route": "/v1/quotes/{quote_id}", "status": 404}
    name = "crewquote_http_requests_total"
    before = metric(http.get("/metrics").text, name, **asked)
    for digit in range(3):
        http.get(f"/v1/quotes/00000000-0000-0000-0000-00000000000{digit}")
    http.get("/made/up/by/a/scanner")
    answer = http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert metric(answer.text, name, **asked) == before + 3
    assert "00000000-0000" not in answer.text
    assert "scanner" not in answer.text
    seconds = "crewquote_http_request_seconds_count"
    assert metric(answer.text, seconds, method="GET", route="(no route)") >= 1


def test_two_applications_count_apart(tmp_path, http) -> None:
    http.get("/v1/quotes")
    app = create_app(Settings(database=tmp_path / "q.sqlite", log="off"))
    with TestClient(app, base_url=LOOPBACK) as other:
        assert 'route="/v1/quotes"' not in other.get("/metrics").text


def test_a_store_that_fails_is_logged_with_its_status(tmp_path, capsys) -> None:
    file = tmp_path / "q.sqlite"
    with TestClient(create_app(Settings(database=file)), base_url=LOOPBACK) as http:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TABLE quotes")
        assert http.get("/v1/quotes").status_code == 503
    assert [line["status"] for line in logged(capsys)] == [503]
