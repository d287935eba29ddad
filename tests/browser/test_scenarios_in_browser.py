"""Two people edit one scenario: real browsers, API, dashboard and sign-in; nothing is lost."""

import json
import os

import pytest
from playwright.sync_api import expect

from api.store.audit import verify
from api.store.database import Database
from api.store.scenario_tables import ScenarioRow
from dashboard.web.cookie import NAME as COOKIE
from tests.browser.conftest import serving
from tests.builders.chromium import SCREENSHOTS
from tests.builders.identity import add_user, token_of
from tests.builders.pages import WIDE, cut_texts, faint, in_both_looks, settled, shoot
from tests.builders.scenarios import NEW, SLOWER, stored_set
from tests.builders.server import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS_SCREENSHOT = ROOT / "docs" / "images" / "scenarios.png"
MINE = f"{NEW} (mine)"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A store with a set of Sam's, whom Pat helps; nothing has to be solved."""
    file = tmp_path_factory.mktemp("scenarios") / "quotes.sqlite"
    store = Database(file)
    users = {name: add_user(store, role) for name, role in (("sam", "sales"), ("pat", "planner"))}
    tokens = {name: token_of(store, user) for name, user in users.items()}
    sam = users["sam"]
    set_id = stored_set(store, owner=sam.id, name="Sam Reyes", staff="write")
    store.close()
    return file, set_id, tokens


@pytest.fixture(scope="module")
def server(prepared):
    """A server that wants a sign-in, on the prepared store."""
    with serving(prepared[0], CREWQUOTE_REQUIRE_SIGN_IN="true") as running:
        yield running


@pytest.fixture
def page_of(server, prepared, open_tab):
    """Open the set as one of both, in a browser of their own."""
    _, set_id, tokens = prepared

    def opened(name):
        page = open_tab()
        cookie = {"name": COOKIE, "value": tokens[name], "url": server.dashboard_url}
        page.context.add_cookies([cookie])
        page.goto(f"{server.dashboard_url}/scenarios?set={set_id}")
        expect(page.get_by_role("tab", name="What changed")).to_be_visible()
        settled(page)
        return page

    return opened


def card(page, name):
    """The innermost box with the name of a scenario and buttons."""
    boxes = page.get_by_test_id("stVerticalBlock").filter(has_text=name)
    return boxes.filter(has=page.get_by_role("button", name="Edit")).last


def enter(page, said):
    """Give the first field of the base another value."""
    entry = page.get_by_role("textbox", name="Instead of")
    entry.fill(said)
    entry.press("Tab")
    settled(page)
    page.get_by_role("button", name="Change this field").click()
    settled(page)


def test_the_page_is_drawn_whole(page_of) -> None:
    page = page_of("sam")
    for tab, name in (("What changed", "changed"), ("What it did", "did")):
        page.get_by_role("tab", name=tab).click()
        settled(page)
        for scheme, width in in_both_looks(page):
            shoot(page, SCREENSHOTS / f"scenarios_{name}_{width}_{scheme}.png")
            assert cut_texts(page) == []
            assert faint(page) == []
    assert page.get_by_test_id("stException").count() == 0
    assert page.get_by_test_id("stVegaLiteChart").count() == 5
    if os.environ.get("UPDATE_SCREENSHOT") == "1":
        page.set_viewport_size({"width": WIDE, "height": 1600})
        settled(page)
        page.screenshot(path=DOCS_SCREENSHOT)


def test_two_edit_one_scenario_the_conflict_is_shown_and_nothing_is_lost(page_of, prepared) -> None:
    sam, pat = page_of("sam"), page_of("pat")
    for page in (sam, pat):
        card(page, NEW).get_by_role("button", name="Edit").click()
        expect(page.get_by_role("heading", name=f"Edit: {NEW}")).to_be_visible()
        settled(page)
    enter(sam, "1.5")
    sam.reload()  # in the middle of an edit
    expect(sam.get_by_role("heading", name=f"Edit: {NEW}")).to_be_visible()
    settled(sam)
    enter(pat, "2")
    pat.get_by_role("button", name="Save the scenario").click()
    expect(pat.get_by_role("heading", name=f"Edit: {NEW}")).to_have_count(0)

    sam.get_by_role("button", name="Save the scenario").click()
    warning = sam.get_by_text("was changed by planner of the tests at 20")
    expect(warning).to_be_visible()
    settled(sam)
    shoot(sam, SCREENSHOTS / "scenarios_conflict_light.png")
    sam.get_by_role("button", name="Keep mine as a new scenario").click()
    expect(sam.get_by_text(MINE).first).to_be_visible()
    settled(sam)

    store = Database(prepared[0])
    with store.reading() as session:
        rows = session.query(ScenarioRow).where(ScenarioRow.set_id == prepared[1]).all()
        kept = {row.name: (row.version, json.loads(row.overrides)) for row in rows}
        changed_by = {row.name: row.changed_by for row in rows}
        assert verify(session).broken_event is None
    store.close()
    theirs, mine = kept[NEW], kept[MINE]
    assert (theirs[0], mine[0]) == (2, 1)
    assert [one[1][0] for one in (theirs, mine)] == [SLOWER, SLOWER]
    assert [one[1][1]["value"] for one in (theirs, mine)] == [2, 1.5]
    assert changed_by[NEW] == "planner of the tests"
    assert changed_by[MINE] == "sales of the tests"
