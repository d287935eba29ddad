"""Signing in to the dashboard, over its own routes and a real API: cookie, ways back, refusals."""

import sqlite3
from contextlib import closing
from http.cookies import SimpleCookie

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from dashboard import connection
from dashboard.web import addresses
from dashboard.web.gate import Gate
from dashboard.web.routes import ROUTES
from tests.builders.identity import QUICK, add_user, store_of, token_of

LOOPBACK = "http://127.0.0.1"
SECRET = "a long secret of hers"
PAGE = {"accept": "text/html"}
OURS = {"origin": LOOPBACK}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    return tmp_path_factory.mktemp("signing_in") / "quotes.sqlite"


@pytest.fixture(scope="module")
def api(database):
    settings = Settings(database=str(database), require_sign_in=True, failed_sign_ins=3, log="off")
    with TestClient(create_app(settings), base_url=LOOPBACK) as running:
        for name in ("ana", "bea", "eve"):
            quick = QUICK.hash(SECRET)
            add_user(
                store_of(running), "sales", email=f"{name}@vendor.example", password_hash=quick
            )
        yield running


def dashboard():
    page = Route("/{rest:path}", lambda request: PlainTextResponse(f"page {request.url.path}"))
    app = Starlette(routes=[*ROUTES, page], middleware=[Middleware(Gate)])
    return TestClient(app, base_url=LOOPBACK, follow_redirects=False)


@pytest.fixture
def browser(api, monkeypatch):
    """A browser with an empty cookie jar, on the routes of the dashboard."""
    monkeypatch.setattr(connection, "_connections", lambda _url: api)
    with dashboard() as running:
        yield running


def signed(browser, *, email="ana@vendor.example", password=SECRET, back="/", headers=OURS):
    form = {"email": email, "password": password, "next": back}
    return browser.post("/sign-in", data=form, headers=headers)


def sessions(database):
    with closing(sqlite3.connect(database)) as rows:
        return rows.execute("SELECT count(*) FROM credentials WHERE revoked_at IS NULL").fetchone()


def test_a_deep_link_leads_through_the_sign_in_and_back(browser, database):
    asked = browser.get("/compare?quote=7&month=2", headers=PAGE)
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=/compare%3Fquote%3D7%26month%3D2"
    form = browser.get(asked.headers["location"])
    assert 'name="next" value="/compare?quote=7&amp;month=2"' in form.text
    before = sessions(database)
    answer = signed(browser, back="/compare?quote=7&month=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/compare?quote=7&month=2")
    assert browser.get("/compare?quote=7&month=2", headers=PAGE).text == "page /compare"
    assert sessions(database) == (before[0] + 1,)


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(browser):
    answer = signed(browser)
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "strict"
    assert cookie["path"] == "/"
    assert cookie["expires"]
    assert not cookie["secure"]
    assert cookie.value.startswith("cqs_")
    elsewhere = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
    assert cookie.value not in f"{elsewhere} {answer.text}"


def test_over_tls_the_cookie_is_for_tls_only(browser, monkeypatch):
    proxied = signed(browser, headers=OURS | {"x-forwarded-proto": "https"})
    assert "; Secure" in proxied.headers["set-cookie"]
    monkeypatch.setenv("CREWQUOTE_SECURE_COOKIE", "True")
    assert "; Secure" in signed(browser).headers["set-cookie"]


def test_signing_out_ends_the_session_at_the_api(browser, api):
    signed(browser)
    token = browser.cookies["crewquote_session"]
    answer = browser.post("/sign-out", headers=OURS)
    assert answer.headers["location"] == "/sign-in?signed=out"
    assert "crewquote_session" not in browser.cookies
    assert "You are signed out" in browser.get("/sign-in?signed=out").text
    assert api.get("/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_session_that_ended_leads_to_the_sign_in_which_says_so(browser, api):
    store = store_of(api)
    ended = token_of(store, add_user(store, "sales"), hours=-1)
    browser.cookies.set("crewquote_session", ended)
    asked = browser.get("/stored", headers=PAGE)
    assert asked.headers["location"] == "/sign-in?next=/stored"
    form = browser.get(asked.headers["location"])
    assert "Your session has ended" in form.text
    assert 'crewquote_session=""' in form.headers["set-cookie"]


def test_who_is_signed_in_is_not_asked_again(browser):
    signed(browser)
    assert browser.get("/sign-in?next=/stored").headers["location"] == "/stored"


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(browser):
    answer = signed(browser, email="bea@vendor.example", password="wrong", back="/stored")
    assert answer.status_code == 401
    assert "do not match" in answer.text
    assert 'value="bea@vendor.example"' in answer.text
    assert 'value="/stored"' in answer.text
    assert "set-cookie" not in answer.headers


def test_too_many_attempts_are_told_to_wait(browser):
    said = [signed(browser, email="eve@vendor.example", password="wrong") for _ in range(4)][-1]
    assert said.status_code == 429
    assert "Wait a quarter of an hour" in said.text


def test_an_api_that_does_not_answer_is_told_and_pages_open_to_say_it(monkeypatch):
    monkeypatch.setenv("CREWQUOTE_API_URL", "http://127.0.0.1:9")
    with dashboard() as browser:
        answer = signed(browser)
        assert answer.status_code == 503
        assert "does not answer" in answer.text
        assert browser.get("/stored", headers=PAGE).text == "page /stored"


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {}], ids=str
)
def test_a_form_of_another_site_signs_nobody_in_or_out(browser, database, headers):
    before = sessions(database)
    answer = signed(browser, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    signed(browser)
    assert browser.post("/sign-out", headers=headers).status_code == 403
    assert "crewquote_session" in browser.cookies
    assert sessions(database) == (before[0] + 1,)


def test_a_link_of_another_site_asks_once_more_from_ours(browser):
    linked = browser.get("/compare?quote=7", headers=PAGE | {"sec-fetch-site": "cross-site"})
    assert linked.status_code == 200
    assert 'http-equiv="refresh"' in linked.text
    again = browser.get("/compare?quote=7", headers=PAGE | {"sec-fetch-site": "same-origin"})
    assert again.status_code == 303


def test_without_sign_in_at_the_api_nobody_is_asked_and_a_foreign_token_is_dropped(
    tmp_path, monkeypatch
):
    settings = Settings(database=str(tmp_path / "q.sqlite"), log="off")
    with TestClient(create_app(settings), base_url=LOOPBACK) as api, dashboard() as browser:
        monkeypatch.setattr(connection, "_connections", lambda _url: api)
        assert browser.get("/stored", headers=PAGE).text == "page /stored"
        browser.cookies.set("crewquote_session", "cqs_of_another_server")
        answer = browser.get("/stored", headers=PAGE)
        assert answer.headers["location"] == "/stored"
        assert 'crewquote_session=""' in answer.headers["set-cookie"]


def test_what_belongs_to_a_page_is_left_to_it(browser):
    assert browser.get("/_stcore/health", headers=PAGE).text == "page /_stcore/health"
    assert browser.get("/stored", headers={"accept": "*/*"}).text == "page /stored"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/ok\r\nSet-Cookie: x",
        "javascript:alert(1)",
        "evil",
        "/sign-in?next=/sign-in",
        "/sign-out",
        "/" + "a" * 3_000,
        "",
        None,
    ],
)
def test_no_way_back_leaves_the_site(address):
    assert addresses.within(address) == "/"


@pytest.mark.parametrize("address", ["/", "/compare?quote=7&x=%2F", "/what-if"])
def test_ways_back_within_the_site_are_kept(address):
    assert addresses.within(address) == address


def test_a_form_that_is_too_long_is_refused(browser):
    assert signed(browser, password="a" * 20_000).status_code == 413


def test_what_was_entered_is_no_markup(browser):
    answer = signed(browser, email='"><script>alert(1)</script>', password="wrong")
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
