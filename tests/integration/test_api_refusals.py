"""Bad input over HTTP: a problem each time, never a 500, nothing stored."""

import copy
import json
import re
import sqlite3
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.builders.server import example_engagement

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def changed(path, value):
    """The example with one field changed; `path` is a list of keys and indices."""
    document = copy.deepcopy(example_engagement())
    here = document
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return json.dumps(document)


BODIES = {
    "not JSON": ("{", 400, "not-json"),
    "empty": ("", 400, "not-json"),
    "NaN": ('{"name": NaN}', 400, "not-json"),
    "a key twice": ('{"name": "a", "name": "b"}', 400, "not-json"),
    "not UTF-8": (b'{"name": "\xff"}', 400, "not-json"),
    "deep nesting": ("[" * 100_000 + "]" * 100_000, 400, "not-json"),
    "deeper than any engagement": ("[" * 60 + "]" * 60, 400, "not-json"),
    "deep object": ('{"a":' * 5_000 + "1" + "}" * 5_000, 400, "not-json"),
    "10 MB": (json.dumps({"name": "x" * 10_000_000}), 413, "too-large"),
    "a list": ("[]", 422, "bad-input"),
    "null": ("null", 422, "bad-input"),
    "an empty object": ("{}", 422, "bad-input"),
    "unknown field": (changed(["colour"], "red"), 422, "bad-input"),
    "wrong type": (changed(["term_months"], "long"), 422, "bad-input"),
    "huge term": (changed(["term_months"], 10**30), 422, "bad-input"),
    "huge number": (changed(["commercial", "sga"], 10**400), 422, "bad-input"),
    "far date": (changed(["start"], "9999-12-31"), 422, "bad-input"),
    "early date": (changed(["start"], "0001-01-01"), None, None),
    "control characters": (changed(["name"], "a\u0000b"), 422, "bad-input"),
    "a path as volume source": (
        changed(["services", 0, "volume", "profile"], {"csv": "../../etc/passwd", "column": "x"}),
        422,
        "bad-input",
    ),
    "zero volume": (changed(["services", 0, "volume", "units_per_year"], 0), 422, "bad-input"),
    "no such zone": (changed(["sites", 0, "time_zone"], "Mars/Base"), 422, "bad-input"),
    "zone path": (changed(["sites", 0, "time_zone"], "../../etc/passwd"), 422, "bad-input"),
    "shares of 1": (changed(["commercial", "target_margin"], 0.95), 422, "bad-input"),
}


@pytest.mark.parametrize("address", ["/v1/quotes", "/v1/engagements/validate"])
@pytest.mark.parametrize("name", BODIES)
def test_bad_bodies_are_refused_with_problem_details(http, address, name) -> None:
    body, status, code = BODIES[name]
    answer = http.post(address, content=body, headers=JSON)
    problem = answer.json()
    if status is not None:
        assert answer.status_code == status, problem
        assert problem["code"] == code
    if answer.is_error:
        assert answer.status_code < 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "instance"} <= set(problem)
        assert http.get("/v1/quotes").json()["data"] == []


def test_pointers_lead_to_the_wrong_field(http) -> None:
    body = changed(["services", 0, "turnaround_h"], -1)
    problem = http.post("/v1/quotes", content=body, headers=JSON).json()
    assert problem["errors"][0]["pointer"] == "/services/0/turnaround_h"
    assert problem["errors"][0]["value"] == "-1"


def test_a_file_reference_is_refused_by_name(http) -> None:
    body, _, _ = BODIES["a path as volume source"]
    problem = http.post("/v1/quotes", content=body, headers=JSON).json()
    assert problem["errors"][0]["pointer"] == "/services/0/volume/profile"
    assert "files cannot be named over HTTP" in problem["errors"][0]["detail"]


def test_only_json_is_read(http) -> None:
    answer = http.post("/v1/quotes", content="a: b", headers={"content-type": "text/yaml"})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


@pytest.mark.parametrize("limit", ["0", "101", "many"])
def test_wrong_parameters_are_refused(http, limit) -> None:
    answer = http.get(f"/v1/quotes?limit={limit}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/query/limit"


@pytest.mark.parametrize(
    "body", ["{}", '{"volume_factor": 0}', '{"volume": 2}', '{"target_margin": 1}']
)
def test_a_variation_that_moves_nothing_or_too_much_is_refused(http, body) -> None:
    path = "/v1/quotes/00000000-0000-0000-0000-000000000000/variants"
    assert http.post(path, content=body, headers=JSON).status_code == 422


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.7", "127.0.0.1.evil.example"])
def test_requests_addressed_to_another_host_are_refused(http, host) -> None:
    answer = http.get("/healthz", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (403, "not-loopback")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.org", "::"])
def test_the_server_binds_to_loopback_only(host) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Settings(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_every_loopback_name_is_accepted(host) -> None:
    assert Settings(host=host).host == host


NOBODY = "00000000-0000-0000-0000-000000000000"
REFUSED = {
    "unknown path": ("GET", "/nowhere", None, 404),
    "unknown file of the documentation": ("GET", "/docs/assets/nothing.js", None, 404),
    "unknown quote": ("GET", f"/v1/quotes/{NOBODY}", None, 404),
    "unknown page": ("GET", f"/v1/quotes?starting_after={NOBODY}", None, 404),
    "unknown quote of a variant": (
        *("POST", f"/v1/quotes/{NOBODY}/variants", '{"volume_factor": 1.2}', 404),
    ),
    "wrong method": ("DELETE", "/v1/quotes", None, 405),
    "wrong method of the documentation": ("POST", "/docs", "{}", 405),
    "options": ("OPTIONS", "/healthz", None, 405),
    "no JSON": ("POST", "/v1/quotes", "{", 400),
    "too large": ("POST", "/v1/quotes", " " * 6_000_000, 413),
    "bad field": ("POST", "/v1/quotes", changed(["term_months"], 0), 422),
    "a key with dots": (
        *("POST", "/v1/quotes", changed(["sites", 0, "wages"], {"a.b[3]/~": {"value": -1}}), 422),
    ),
    "an unknown key with a quote": ("POST", "/v1/quotes", changed(['a"].b'], 1), 422),
    "a key with dots that names a file": (
        *("POST", "/v1/quotes", changed(["fx"], {"a.b": {"csv": "x.csv"}}), 422),
    ),
    "bad limit": ("GET", "/v1/quotes?limit=abc", None, 422),
    "negative limit": ("GET", "/v1/quotes?limit=-1", None, 422),
    "misspelt parameter": ("GET", "/v1/quotes?limt=3", None, 422),
    "bad id": ("GET", "/v1/quotes/abc", None, 422),
    "too few seats": ("POST", "/v1/quotes", changed(["sites", 0, "seats"], 1), 422),
}
POINTER = re.compile(r"(/([^~/]|~0|~1)*)*")  # RFC 6901, section 3


@pytest.fixture(scope="module")
def refusals(http):
    """What the server says to each of `REFUSED`."""
    return {
        name: http.request(method, address, content=body, headers=JSON)
        for name, (method, address, body, _) in REFUSED.items()
    }


@pytest.mark.parametrize("name", REFUSED)
def test_every_refusal_is_a_problem_document(refusals, name) -> None:
    answer, status = refusals[name], REFUSED[name][3]
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == problem["status"] == status
    assert problem["type"] == f"urn:crewquote:problem:{problem['code']}"
    assert problem["detail"] not in ("", problem["title"])
    for issue in problem["errors"]:
        assert POINTER.fullmatch(issue["pointer"])
        assert not re.search("Input should|String should|Value error", issue["detail"])


def test_the_title_of_a_problem_type_never_varies(refusals) -> None:
    problems = [answer.json() for answer in refusals.values()]
    titles = {(problem["type"], problem["title"]) for problem in problems}
    assert len(titles) == len({kind for kind, _ in titles}) == 7


def resolved(document, pointer):
    """What a JSON pointer leads to (RFC 6901, section 4)."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        document = document[int(key) if isinstance(document, list) else key]
    return document


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("bad field", 0),
        ("a key with dots", -1),
        ("an unknown key with a quote", 1),
        ("a key with dots that names a file", {"csv": "x.csv"}),
    ],
)
def test_pointers_resolve_in_the_body_that_was_sent(refusals, name, found) -> None:
    sent = json.loads(REFUSED[name][2])
    pointers = [issue["pointer"] for issue in refusals[name].json()["errors"]]
    assert found in [resolved(sent, pointer) for pointer in pointers if pointer[-4:] != "/per"]


def test_of_very_many_wrong_fields_the_first_hundred_are_listed(http) -> None:
    body = changed(["services", 0, "volume", "profile"], [-1] * 336)
    problem = http.post("/v1/quotes", content=body, headers=JSON).json()
    assert problem["detail"] == "336 fields are wrong; the first 100 are listed"
    assert len(problem["errors"]) == 100


def test_every_refusal_is_documented_as_a_problem_and_nothing_else(http) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    refused = [
        (status, set(response["content"]))
        for path in paths.values()
        for operation in path.values()
        for status, response in operation["responses"].items()
        if status >= "400"
    ]
    assert len(refused) > 30
    assert {frozenset(content) for _, content in refused} == {
        frozenset({"application/problem+json"})
    }


def test_a_wrong_method_names_those_that_are_answered(refusals) -> None:
    assert refusals["wrong method"].headers["allow"] == "GET, HEAD, POST"
    assert refusals["wrong method of the documentation"].headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("address", ["/healthz", "/v1/quotes", "/docs", "/openapi.json"])
def test_head_is_answered_like_get_without_a_body(http, address) -> None:
    head, get = http.head(address), http.get(address)
    assert (head.status_code, head.content) == (200, b"")
    for header in ("content-type", "content-length"):
        assert head.headers[header] == get.headers[header]


def test_a_database_that_fails_is_said_to_and_is_no_defect(tmp_path) -> None:
    file = tmp_path / "quotes.sqlite"
    app = create_app(Settings(database=file))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TABLE quotes")
        answer = client.get("/v1/quotes")
    assert (answer.status_code, answer.json()["code"]) == (503, "store")
    assert "no such table" in answer.json()["detail"]
