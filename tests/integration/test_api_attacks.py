"""Attacks that every server meets: refused or harmless, never a fault, on both stores."""

import json

import pytest
from pwdlib import PasswordHash
from starlette.testclient import TestClient

from api.app import create_app
from api.identity import passwords
from api.settings import Settings
from tests.builders.identity import QUICK, add_user, bearer, token_of

LOOPBACK = "http://127.0.0.1"
SECRET = "a long secret of hers"
NOBODY = "00000000-0000-4000-8000-000000000000"
USER = {"email": "kim@c.example", "name": "Kim", "role": "client", "client": "Lakeshore"}
HOSTILE = {
    "SQL": "x' OR '1'='1",
    "SQL, stacked": "x'); DROP TABLE users; --",
    "LIKE": "%",
    "NUL": "a\x00b",
    "new line": "a\r\nSet-Cookie: admin=1",
    "surrogate": "a\ud800b",
    "right to left": "a\u202egpj.exe",
    "template": "{{7*7}}${7*7}%{7*7}",
    "format": "%s%n{0.__class__}",
    "markup": "<script>alert(1)</script>",
    "path": "../../../../etc/passwd",
    "shell": "$(touch pwned)`id`",
    "formula": "=HYPERLINK(0)",
    "long": "x" * 100_000,
    "astral": "\U0001f600" * 50,
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def http(request, new_database):
    quick = PasswordHash((QUICK,))
    settings = Settings(
        database=new_database(request.param),
        require_sign_in=True,
        requests_per_minute=0,
        address_requests_per_minute=0,
        failed_sign_ins=1_000,
    )
    app = create_app(settings)
    add_user(app.state.store, "client", client="Lakeshore", email=USER["email"])
    with (
        pytest.MonkeyPatch.context() as patch,
        TestClient(app, base_url=LOOPBACK, raise_server_exceptions=False) as running,
    ):
        patch.setattr(passwords, "_hasher", quick)
        passwords._nobody.cache_clear()
        yield running
    passwords._nobody.cache_clear()


@pytest.fixture(scope="module")
def admin(http):
    store = http.app.state.store
    return bearer(token_of(store, add_user(store, "admin")))


BODIES: dict[str, dict[str, object]] = {
    "POST /v1/sessions": {"email": "kim@c.example", "password": SECRET},
    "POST /v1/users": {**USER, "password": "short"},  # nothing is added
    f"PATCH /v1/users/{NOBODY}": {"name": "Kim", "role": "client", "client": "Lakeshore"},
    f"PUT /v1/users/{NOBODY}/password": {"password": SECRET},
    "POST /v1/keys": {"name": "intake", "permissions": ["profile"], "user_id": NOBODY},
    f"POST /v1/client/quotes/{NOBODY}/comparison": {
        "budget": "100000",
        "in_house": {"country": "DE", "staff": [{"service": "claims", "role": "clerk"}]},
    },
    f"POST /v1/client/quotes/{NOBODY}/surge-offer": {
        "size": 0.5,
        "notice_h": 48,
        "service": "claims",
        "start": "Mon",
    },
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_string_of_a_body_is_a_fault(http, admin, kind) -> None:
    for operation, body in BODIES.items():
        method, path = operation.split()
        for name in body:
            changed = {**body, name: HOSTILE[kind]}
            text = json.dumps(changed)  # which writes a lone surrogate as JSON can hold it
            headers = {**admin, "content-type": "application/json"}
            answer = http.request(method, path, content=text, headers=headers)
            assert 400 <= answer.status_code < 500, (operation, name, answer.text)
            assert answer.headers["content-type"] == "application/problem+json"
            assert "set-cookie" not in answer.headers


READ = ["/v1/quotes", "/v1/users", "/v1/client/quotes"]
PARAMETERS = ["limit", "starting_after", "after", "unknown"]


@pytest.mark.parametrize("kind", [one for one in HOSTILE if one not in {"surrogate", "long"}])
def test_no_parameter_is_a_fault(http, admin, kind) -> None:
    for path in READ:
        for name in PARAMETERS:
            answer = http.get(path, params={name: HOSTILE[kind]}, headers=admin)
            assert 400 <= answer.status_code < 500, (path, name, answer.text)


@pytest.mark.parametrize("role", ["admin", "client"])
@pytest.mark.parametrize(
    "wanted",
    ["%27%20OR%201=1", "%00", "..%2F..%2Fetc%2Fpasswd", "%FF%FE", "%F0%9F%98%80", "a" * 5_000],
)
def test_no_id_is_a_fault(http, role, wanted) -> None:
    store = http.app.state.store
    client = "Lakeshore" if role == "client" else None
    headers = bearer(token_of(store, add_user(store, role, client=client)))
    paths = ["quotes/{}/comparison", "client/quotes/{}", "quotes/{}/bills", "users/{}", "keys/{}"]
    for path in paths:
        method = "DELETE" if path.startswith("keys") else "GET"
        answer = http.request(method, "/v1/" + path.format(wanted), headers=headers)
        assert 400 <= answer.status_code < 500, (path, answer.text)


def test_what_looks_like_an_attack_is_kept_as_it_was_sent(http, admin) -> None:
    for number, kind in enumerate(("SQL, stacked", "markup", "formula", "template")):
        body = {**USER, "email": f"kim{number}@c.example", "name": HOSTILE[kind]}
        answer = http.post("/v1/users", json={**body, "password": SECRET}, headers=admin)
        assert (answer.status_code, answer.json()["name"]) == (201, HOSTILE[kind])
    assert http.get("/v1/users", headers=admin).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/docs/assets/../../../../etc/passwd",
        "/docs/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/docs/assets/%2e%2e/%2e%2e/settings.py",
        "/docs/assets//etc/passwd",
        "/docs/assets/..\\..\\settings.py",
        "/docs/assets/%00",
    ],
)
def test_no_path_leads_out_of_the_documentation(http, path) -> None:
    answer = http.get(path)
    assert 400 <= answer.status_code < 500, answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 200_000, 400),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, 400),
        (b'{"email": "' + b"x" * 6_000_000 + b'"}', 413),
        (b'{"email": 1' + b"0" * 5_000 + b"}", 400),
        (b'{"email": "a", "email": "b"}', 400),
        (b"\xff\xfe", 400),
        (b"", 400),
    ],
)
def test_a_huge_or_deep_body_is_refused_before_a_sign_in(http, body, status) -> None:
    answer = http.post("/v1/sessions", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == status


def test_a_body_is_not_read_before_its_sender_is_known(http) -> None:
    for path in ("/v1/quotes", "/v1/users", "/v1/surge"):
        assert http.post(path, content=b"[" * 6_000_000).status_code == 401


def test_no_other_site_may_read_answers(http, admin) -> None:
    headers = {**admin, "origin": "https://evil.example"}
    answer = http.get("/v1/me", headers=headers)
    assert [name for name in answer.headers if name.startswith("access-control")] == []
    asking = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    assert http.options("/v1/quotes", headers=asking).status_code == 405


def test_no_header_or_parameter_stands_in_for_a_credential(http, admin) -> None:
    token = admin["Authorization"].split()[1]
    for params, headers in (
        ({"token": token, "access_token": token}, {}),
        ({}, {"x-user": "admin", "x-forwarded-user": "admin", "x-api-key": token}),
        ({}, {"cookie": f"token={token}; session={token}"}),
        ({}, {"proxy-authorization": f"Bearer {token}"}),
    ):
        assert http.get("/v1/users", params=params, headers=headers).status_code == 401
    posing = {**admin, "x-http-method-override": "DELETE", "x-original-url": "/v1/users"}
    assert http.get("/v1/me", headers=posing).json()["role"] == "admin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "quotes.example.evil"])
def test_a_name_that_is_not_ours_is_refused(http, host) -> None:
    answer = http.get("/healthz", headers={"host": host})
    assert (answer.status_code, answer.json()["code"]) == (421, "wrong-host")


def test_names_that_are_ours_are_answered(tmp_path) -> None:
    settings = Settings(
        database=tmp_path / "q.sqlite",
        require_sign_in=True,
        host="192.0.2.7",
        allowed_hosts=("Quotes.example",),
    )
    with TestClient(create_app(settings)) as http:
        for host in ("quotes.example", "QUOTES.EXAMPLE:8443", "192.0.2.7", "127.0.0.1", "[::1]"):
            assert http.get("/healthz", headers={"host": host}).status_code == 200
