"""A sales person's way from an upload to a sent quote: real browser, API, dashboard, database."""

import json
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.builders.chromium import SCREENSHOTS
from tests.builders.pages import NARROW, cut_texts, faint, settled, shoot, shoot_for_readme
from tests.builders.server import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

README_SCREENSHOT = ROOT / "docs" / "images" / "new_quote.png"
CLIENT = "Harbour Clinics"
UNITS = [100 * n for n in (110, 114, 121, 118, 123, 120, 117, 126, 129, 125, 122, 130)]


def fill(page, label, value):
    field = page.get_by_label(label, exact=True).first
    field.fill(value)
    field.press("Tab")
    settled(page)


def step(page, name):
    page.get_by_test_id("stButtonGroup").first.get_by_text(name).click()
    settled(page)


def move(page, name):
    """Open what is said with a move, and confirm it."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name=f"{name}: confirm").click()
    expect(page.get_by_text(f"Done: {name.lower()}")).to_be_visible()
    settled(page)


def rows(server, query, *values):
    """What the database itself holds, read beside the server."""
    command = server.process.args
    file = command[command.index("--database") + 1]
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(query, values).fetchall()


def test_sales_from_an_upload_to_a_sent_quote(server, open_tab, tmp_path):
    table = tmp_path / "volumes.csv"
    lines = [f"2026-{month:02d},{units}" for month, units in enumerate(UNITS, start=1)]
    table.write_text("\n".join(["month,claims", *lines]))
    page = open_tab()
    page.goto(f"{server.dashboard_url}/new-quote")
    page.get_by_role("button", name="Start from this").first.click()
    expect(page.get_by_label("Client", exact=True)).to_be_visible()
    settled(page)
    fill(page, "Client", CLIENT)

    step(page, "Volumes")
    page.get_by_text("Take it from a table").click()
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(table)
    expect(page.get_by_text("12 numbers, one for each month, from 2026-01-01.")).to_be_visible()
    settled(page)
    shoot(page, SCREENSHOTS / "new_quote_upload_light.png")
    page.get_by_role("button", name="Take these numbers over").click()
    expect(page.get_by_text("Numbers of the history (12)")).to_be_visible()
    settled(page)

    page.reload()  # the session is gone; the draft is in the store
    expect(page.get_by_text("Numbers of the history (12)")).to_be_visible()
    settled(page)
    ((draft,),) = rows(server, "SELECT document FROM drafts WHERE client = ?", CLIENT)
    assert json.loads(draft)["engagement"]["services"][0]["volume"]["history"]["values"] == UNITS

    step(page, "Commercial terms")
    fill(page, "Floor margin, % of price", "90")
    expect(page.get_by_text("At most target_margin")).to_be_visible()
    fill(page, "Floor margin, % of price", "10")
    step(page, "Review and price")
    page.get_by_role("button", name="Price both offers").click()
    expect(page.get_by_text("Two offers for the same work")).to_be_visible()
    settled(page)
    move(page, "Send for approval")
    if page.get_by_role("button", name="Approve", exact=True).count():
        move(page, "Approve")
    move(page, "Send to the client")
    expect(page.get_by_text("is sent to the client")).to_be_visible()
    settled(page)
    assert cut_texts(page) == []
    assert faint(page) == []
    shoot_for_readme(page, README_SCREENSHOT)
    shoot(page, SCREENSHOTS / "new_quote_sent_light.png")

    ((quote_id, state, number),) = rows(
        server,
        "SELECT q.id, l.state, l.number FROM quotes q JOIN lifecycles l ON l.quote_id = q.id "
        "WHERE q.client = ?",
        CLIENT,
    )
    assert state == "sent"
    assert number in page.get_by_test_id("stMain").inner_text()
    engagement = server.client.get_engagement(quote_id)
    assert engagement["services"][0]["volume"]["history"]["values"] == UNITS
    types = [event["type"] for event in server.client.quote_events(quote_id)["data"]]
    assert types[0] == "quote.created"
    assert types[-1] == "quote.sent"


def test_the_form_on_a_narrow_dark_page(server, open_tab):
    page = open_tab("dark", NARROW)
    page.goto(f"{server.dashboard_url}/new-quote")
    page.get_by_role("button", name="Start from this").nth(1).click()
    expect(page.get_by_label("Client", exact=True)).to_be_visible()
    for name in ("Sites and services", "Labour rules", "Commercial terms", "Review and price"):
        step(page, name)
        assert cut_texts(page) == []
        assert faint(page) == []
        shoot(page, SCREENSHOTS / f"new_quote_{name.split()[0].lower()}_dark.png")
