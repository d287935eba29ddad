"""A client's way: signs in, compares with its own numbers, asks for help in a peak, accepts."""

import re

import pytest
from playwright.sync_api import expect

from api.store import events, lifecycles, quotes
from api.store.database import Database
from pricing.reading import read_engagement
from tests.browser.conftest import serving
from tests.builders.chromium import SCREENSHOTS
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.identity import QUICK, add_user
from tests.builders.lifecycle import send_quote
from tests.builders.pages import NARROW, WIDE, cut_texts, faint, go_to, settled, shoot
from tests.unit.pricing.test_surge_offer import POOL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EMAIL, PASSWORD = "kim@client.example", "correct horse battery"
SECRET = re.compile(rb"margin|sga|wage|contingency|premium|floor_price|profit", re.IGNORECASE)


def with_stand_ins():
    """The same work, with people who stand by for a peak."""
    data = compared_engagement().model_dump(mode="json")
    data["sites"][0]["surge"] = {"sources": [POOL], "shortfall_price": 60}
    return read_engagement(data)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A store with a quote that was sent to the client, who has a password."""
    path = tmp_path_factory.mktemp("client") / "quotes.sqlite"
    store = Database(path)
    with store.writing() as session:
        quote_id = quotes.add(session, with_stand_ins(), compared_quote()).id
        send_quote(session, quote_id)
    client = compared_quote().engagement.client
    add_user(store, "client", client=client, email=EMAIL, password_hash=QUICK.hash(PASSWORD))
    store.close()
    return path, quote_id


@pytest.fixture(scope="module")
def server(sent):
    with serving(sent[0], CREWQUOTE_REQUIRE_SIGN_IN="true") as running:
        yield running


def sign_in(page, address):
    page.goto(address)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def in_the_store_it_is_accepted(path, quote_id):
    store = Database(path)
    with store.reading() as session:
        life = lifecycles.get(session, quote_id)
        seen = [one.type for one in events.page(session, quote_id, 50)[0]]
    store.close()
    assert life is not None
    assert life.state == "accepted"
    assert life.choice is not None
    assert set(life.choice.values()) == {"output_based"}
    assert seen[-1] == "quote.accepted"


def test_a_client_compares_tries_its_own_numbers_and_accepts(server, sent, open_tab):
    path, quote_id = sent
    received = []
    page = open_tab()

    def listen(socket):
        socket.on("framereceived", lambda frame: received.append(frame))  # noqa: PLW0108 (a built-in takes no mark)

    page.on("websocket", listen)
    sign_in(page, server.dashboard_url)
    page.get_by_role("button", name="Compare both offers").click()
    expect(page.get_by_role("heading", name=compared_quote().engagement.name)).to_be_visible()
    settled(page)
    assert f"quote={quote_id}" in page.url

    page.get_by_role("spinbutton", name="Or your own volume").fill("9000")
    page.keyboard.press("Tab")
    settled(page)
    page.get_by_text("Your own numbers").click()
    page.get_by_role("textbox", name="Country").fill("DE")
    page.get_by_role("button", name="Compare with these").click()
    expect(page.get_by_role("heading", name="Against in-house in DE")).to_be_visible()
    settled(page)
    for scheme, width in (("light", WIDE), ("dark", NARROW)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        shoot(page, SCREENSHOTS / f"client_compare_{scheme}_{width}.png")
        assert cut_texts(page) == []
        assert faint(page) == []
    page.set_viewport_size({"width": WIDE, "height": 900})

    go_to(page, "Client", "Peaks")
    page.get_by_role("button", name="Show the offer").click()
    expect(page.get_by_text("people stand ready within 48 hours")).to_be_visible()
    shoot(page, SCREENSHOTS / "client_peak_dark.png")
    page.emulate_media(color_scheme="light")
    shoot(page, SCREENSHOTS / "client_peak_light.png")

    go_to(page, "Client", "Compare")
    page.get_by_role("button", name="Accept output-based").click()
    expect(page.get_by_text("accepts this quote output-based")).to_be_visible()
    shoot(page, SCREENSHOTS / "client_accept.png")
    page.reload()
    settled(page)
    page.get_by_role("button", name="Accept output-based").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("This quote is accepted.")).to_be_visible()

    in_the_store_it_is_accepted(path, quote_id)
    assert len(received) > 20
    frames = [one if isinstance(one, bytes) else one.encode() for one in received]
    assert [found for one in frames for found in SECRET.findall(one)] == []
