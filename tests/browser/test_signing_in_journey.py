"""Signing in with a browser: deep links, what a client's browser receives, an API that is away."""

import os
import re
import sqlite3
import time
from contextlib import closing

import pytest
from playwright.sync_api import expect

from api.cli.dashboard_process import DashboardProcess
from api.store import quotes
from api.store.database import Database
from tests.browser.conftest import answers
from tests.builders.chromium import CHROMIUM, SCREENSHOTS
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.identity import QUICK, add_user
from tests.builders.lifecycle import send_quote
from tests.builders.pages import go_to, settled, shoot
from tests.builders.server import ROOT, Server, free_port
from tests.unit.pricing.client_comparison.test_leaks import vendor_numbers

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS_SCREENSHOT = ROOT / "docs" / "images" / "sign_in.png"
SECRET = "a long secret of hers"
SETTINGS = {"CREWQUOTE_REQUIRE_SIGN_IN": "True", "CREWQUOTE_LOG": "off"}
VENDORS_WORDS = re.compile(r"margin|wage|profit|parity|contingency|mark.?up", re.IGNORECASE)


class House:
    """An API that asks for credentials, its dashboard in a process of its own, and a quote."""

    def __init__(self, database):
        self.database = database
        store = Database(str(database))
        self.quote = compared_quote()
        client = self.quote.engagement.client
        hashed = QUICK.hash(SECRET)
        add_user(store, "sales", email="sam@vendor.example", password_hash=hashed)
        add_user(store, "client", client=client, email="cleo@acme.example", password_hash=hashed)
        with store.writing() as session:
            self.quote_id = quotes.add(session, compared_engagement(), self.quote).id
            send_quote(session, self.quote_id)
        store.close()
        self.port, self.dashboard_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.dashboard_port}"
        self.start()

    def start(self):
        self.api = Server(self.database, port=self.port, settings=SETTINGS)

    def stop(self):
        self.api.__exit__(None, None, None)

    def rows(self, query, **values):
        with closing(sqlite3.connect(self.database)) as store, store:
            return store.execute(query, values).fetchall()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    made = House(tmp_path_factory.mktemp("house") / "quotes.sqlite")
    with DashboardProcess("127.0.0.1", made.dashboard_port, made.api.url):
        deadline = time.monotonic() + 60
        while not answers(f"{made.url}/_stcore/health"):
            assert time.monotonic() < deadline, "the dashboard does not start"
            time.sleep(0.1)
        yield made
    made.stop()


def sign_in(page, email, password=SECRET):
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def open_sessions(house):
    ((number,),) = house.rows("SELECT count(*) FROM credentials WHERE revoked_at IS NULL")
    return number


def test_a_deep_link_waits_for_the_sign_in_and_outlives_reloads(house, open_tab):
    page = open_tab()
    address = f"{house.url}/offers?quote={house.quote_id}"
    page.goto(address)
    expect(page).to_have_title("Sign in · crewquote")
    page.screenshot(path=SCREENSHOTS / "sign_in_light.png")
    if os.environ.get("UPDATE_SCREENSHOT") == "1":
        page.screenshot(path=DOCS_SCREENSHOT)
    sign_in(page, "sam@vendor.example", "not her secret")
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    before = open_sessions(house)
    sign_in(page, "sam@vendor.example")
    name = house.quote.engagement.name
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert page.url == address
    assert open_sessions(house) == before + 1
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "crewquote_session"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Strict", False)
    assert cookie["value"] not in page.content() + page.url
    assert "crewquote" not in page.evaluate("document.cookie")

    page.reload()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    go_to(page, "Plan", "People")
    expect(page).to_have_url(re.compile(f"/people\\?.*quote={house.quote_id}"))

    go_to(page, "Account", "Your account")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("alert")).to_have_text("You are signed out.")
    assert open_sessions(house) == before
    page.goto(address)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_a_client_finds_its_quotes_and_receives_nothing_of_the_vendor(house, open_tab):
    page = open_tab()
    received = []

    def keep(frame):
        received.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.goto(house.url)
    sign_in(page, "cleo@acme.example")
    expect(page.get_by_role("heading", name="Your quotes")).to_be_visible()
    shoot(page, SCREENSHOTS / "your_quotes_light.png")
    sections = page.get_by_test_id("stTopNavSection")
    expect(sections).to_have_text(["Client", "Account"])
    page.get_by_role("button", name="Compare both offers").first.click()
    heading = page.get_by_role("heading", name=house.quote.engagement.name)
    expect(heading).to_be_visible()
    settled(page)
    page.reload()
    expect(heading).to_be_visible()
    settled(page)
    text = b"\n".join(
        frame if isinstance(frame, bytes) else frame.encode() for frame in received
    ).decode("utf-8", "replace")
    assert "Recommendation" in text  # the frames are read
    assert VENDORS_WORDS.findall(text) == []
    leaks = {
        name: shown
        for name, value in vendor_numbers(house.quote).items()
        for shown in (f"{value:,.2f}", f"{value:.2f}", f"{value:,.0f}")
        if len(shown) > 5 and shown in text
    }
    assert leaks == {}

    page.goto(f"{house.url}/people?quote={house.quote_id}")
    expect(page.get_by_text("not among those your role opens")).to_be_visible()
    ((state,),) = house.rows("SELECT state FROM lifecycles")
    assert state == "sent"


def test_what_was_entered_outlives_an_api_that_is_away_and_a_reload_finds_the_work(house, open_tab):
    page = open_tab()
    page.goto(f"{house.url}/hiring")
    sign_in(page, "sam@vendor.example")
    whole = page.get_by_role("checkbox", name="Hire whole people")
    page.get_by_text("Hire whole people").click()
    expect(whole).to_be_checked()
    house.stop()
    page.get_by_role("button", name="Plan the hiring").click()
    expect(page.get_by_text("The API does not answer")).to_be_visible()
    shoot(page, SCREENSHOTS / "api_away_light.png")
    house.start()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The API does not answer")).to_be_hidden()
    expect(whole).to_be_checked()
    page.get_by_role("button", name="Plan the hiring").click()
    expect(page).to_have_url(re.compile("hiring_job="))
    page.reload()
    expect(page.get_by_text("Cost of the term, USD")).to_be_visible()
    expect(whole).to_be_checked()
    asked = house.rows("SELECT kind, state, json_extract(request, '$.body.whole_people') FROM jobs")
    assert asked == [("hiring", "done", 1)]


def test_a_session_that_is_revoked_leads_to_the_sign_in_and_back_to_the_same_page(house, open_tab):
    page = open_tab()
    address = f"{house.url}/compare?quote={house.quote_id}"
    page.goto(address)
    sign_in(page, "cleo@acme.example")
    heading = page.get_by_role("heading", name=house.quote.engagement.name)
    expect(heading).to_be_visible()
    settled(page)
    house.rows("UPDATE credentials SET revoked_at = created_at")
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.get_by_text("Your session has ended")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, "cleo@acme.example")
    expect(heading).to_be_visible()
    assert page.url == address
    assert open_sessions(house) == 1
