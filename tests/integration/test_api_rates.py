"""How often a caller may ask and a sign-in may fail: 429 and when to come back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.identity import passwords
from api.settings import Settings
from tests.builders.identity import add_user, bearer, token_of

LOOPBACK = "http://127.0.0.1"
RIGHT, WRONG = "right", "wrong"


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """Makes a server whose passwords are compared at once, and a way to call it from an address."""

    def compare(typed, stored):
        return stored is not None and typed == RIGHT, None

    monkeypatch.setattr(passwords, "check", compare)
    running = []

    def start(**settings):
        app = create_app(Settings(database=tmp_path / "quotes.sqlite", **settings))
        running.append(app)
        return app.state.store, lambda at: TestClient(app, base_url=LOOPBACK, client=(at, 50_000))

    yield start
    for app in running:
        app.state.store.close()


def attempt(http, email, password=WRONG):
    return http.post("/v1/sessions", json={"email": email, "password": password})


@pytest.mark.parametrize("email", ["ana@v.example", "nobody@v.example"])
def test_after_five_failures_a_sign_in_has_to_wait(serve, email) -> None:
    store, at = serve()
    add_user(store, "sales", email="ana@v.example")
    here, there = at("192.0.2.1"), at("192.0.2.2")
    assert [attempt(here, email).status_code for _ in range(5)] == [401] * 5
    answer = attempt(here, email.upper(), RIGHT)
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-requests")
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60
    assert attempt(here, "other@v.example").status_code == 401
    assert attempt(there, email).status_code == 401


def test_a_sign_in_that_works_forgets_the_failures_of_its_user(serve) -> None:
    store, at = serve()
    add_user(store, "sales", email="ana@v.example")
    here = at("192.0.2.1")
    for _ in range(3):
        assert [attempt(here, "ana@v.example").status_code for _ in range(4)] == [401] * 4
        assert attempt(here, "ana@v.example", RIGHT).status_code == 201


def test_one_user_is_not_tried_from_many_addresses_nor_many_users_from_one(serve) -> None:
    _, at = serve()
    from_many = [attempt(at(f"192.0.2.{n}"), "ana@v.example").status_code for n in range(21)]
    assert from_many == [401] * 20 + [429]
    here = at("198.51.100.1")
    of_many = [attempt(here, f"user{n}@v.example").status_code for n in range(101)]
    assert of_many == [401] * 100 + [429]


def test_many_attempts_at_once_are_no_way_around(serve) -> None:
    _, at = serve()
    with at("192.0.2.1") as http, ThreadPoolExecutor(10) as threads:
        answers = threads.map(lambda _: attempt(http, "ana@v.example").status_code, range(20))
        assert sorted(answers) == [401] * 5 + [429] * 15


def test_a_caller_s_requests_are_counted_for_itself(serve) -> None:
    store, at = serve(requests_per_minute=3)
    one, two = (token_of(store, add_user(store, "sales")) for _ in range(2))
    http = at("192.0.2.1")
    statuses = [http.get("/v1/me", headers=bearer(one)).status_code for _ in range(3)]
    assert statuses == [200] * 3
    answer = http.get("/v1/me", headers=bearer(one))
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-requests")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert http.get("/v1/me", headers=bearer(two)).status_code == 200
    assert {http.get("/v1/me").status_code for _ in range(9)} == {200}  # the local user


def test_an_address_is_counted_where_sign_in_is_required(serve) -> None:
    _, at = serve(require_sign_in=True, address_requests_per_minute=3)
    here, there = at("192.0.2.1"), at("192.0.2.2")
    assert [here.get("/v1/me").status_code for _ in range(4)] == [401] * 3 + [429]
    assert there.get("/v1/me").status_code == 401


def test_signed_in_callers_of_one_address_are_counted_each_for_itself(serve) -> None:
    """As all people of a dashboard are; strangers at that address are still held back."""
    limits = {"requests_per_minute": 3, "address_requests_per_minute": 3}
    store, at = serve(require_sign_in=True, **limits)
    tokens = [token_of(store, add_user(store, "sales")) for _ in range(3)]
    http = at("192.0.2.1")

    def asked(headers=None):
        return [http.get("/v1/me", headers=headers).status_code for _ in range(4)]

    for token in tokens:
        assert asked(bearer(token)) == [200] * 3 + [429]
    assert asked(bearer(f"{tokens[0][:-1]}?")) == [401] * 3 + [429]
    assert asked() == [429] * 4
    assert http.get("/healthz").status_code == 429
    assert http.get("/v1/me", headers=bearer(token_of(store, add_user(store, "sales")))).is_success


def test_without_a_limit_nothing_is_counted(serve) -> None:
    store, at = serve(requests_per_minute=0)
    token = token_of(store, add_user(store, "sales"))
    http = at("192.0.2.1")
    assert {http.get("/v1/me", headers=bearer(token)).status_code for _ in range(50)} == {200}
