"""A person's way through the dashboard: real browser, API, database and dashboard."""

import json
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.builders.chromium import SCREENSHOTS
from tests.builders.pages import (
    WIDE,
    cut_texts,
    faint,
    go_to,
    in_both_looks,
    nameless,
    settled,
    shoot,
    shoot_for_readme,
)
from tests.builders.server import ROOT, example_engagement

pytestmark = [pytest.mark.browser, pytest.mark.slow]

README_SCREENSHOT = ROOT / "docs" / "images" / "dashboard.png"


def metric(page, label):
    """The value under a label, first of its kind."""
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue")


def grouped(amount):
    return f"{Decimal(amount):,f}"


def whole(amount):
    return f"{Decimal(amount):,.0f}"


def upload(page, file):
    page.get_by_role("radio", name="Upload a file").or_(
        page.get_by_role("button", name="Upload a file")
    ).first.click()
    page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Price this engagement").click()


def test_from_a_file_to_both_prices_to_a_variant_and_back_after_a_reload(
    server, open_tab, tmp_path
):
    file = tmp_path / "engagement.json"
    file.write_text(json.dumps(example_engagement() | {"name": "Journey"}))
    page = open_tab()
    page.goto(server.dashboard_url)
    upload(page, file)
    expect(page.get_by_role("heading", name="Journey")).to_be_visible()
    settled(page)

    (listed,) = [one for one in server.client.list_quotes()["data"] if one["name"] == "Journey"]
    base = server.client.get_quote(listed["id"])
    fte, unit = (base["offers"][method]["prices"][0]["price"]["amount"] for method in OFFERS)
    expect(metric(page, "per FTE-month")).to_have_text(grouped(fte))
    expect(metric(page, "per claim")).to_have_text(grouped(unit))
    assert f"quote={base['id']}" in page.url

    go_to(page, "Sales", "What if")
    volume = page.get_by_role("spinbutton", name="Volume, change in %")
    volume.fill("20")
    volume.press("Tab")
    page.get_by_role("button", name="Price the variant").click()
    expect(page.get_by_text("Both versions", exact=True)).to_be_visible()
    settled(page)

    newest = server.client.list_quotes()["data"][0]
    assert newest["variant_of"] == base["id"]
    assert newest["input_bill"] != listed["input_bill"]
    bills = [whole(row[f"{kind}_bill"]) for row in (listed, newest) for kind in ("input", "output")]
    expect(shown_bills(page)).to_have_text(bills)

    page.reload()
    expect(page.get_by_text("Both versions", exact=True)).to_be_visible()
    settled(page)
    expect(shown_bills(page)).to_have_text(bills)
    expect(page.get_by_role("spinbutton", name="Volume, change in %")).to_have_value("20.0")

    go_to(page, "Sales", "Quote")
    expect(page.get_by_text("Two offers for the same work")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Journey")).to_be_visible()
    settled(page)
    expect(metric(page, "per FTE-month")).to_have_text(grouped(fte))


OFFERS = ("input_based", "output_based")


def shown_bills(page):
    """Every bill on the page. The browser draws them one by one, so they are awaited, not read."""
    boxes = page.get_by_test_id("stMetric").filter(has_text="bill over the term")
    return boxes.get_by_test_id("stMetricValue")


def test_a_file_with_a_wrong_field_is_refused_with_its_name_and_stores_nothing(
    server, open_tab, tmp_path
):
    before = server.client.list_quotes()["data"]
    file = tmp_path / "wrong.yaml"
    document = example_engagement()
    document["services"][0]["turnaround_h"] = -1
    file.write_text(json.dumps(document))  # JSON is YAML too
    page = open_tab()
    page.goto(server.dashboard_url)
    upload(page, file)
    expect(page.get_by_text("services, item 1: turnaround_h")).to_be_visible()
    assert server.client.list_quotes()["data"] == before
    shoot(page, SCREENSHOTS / "refused_light.png")


@pytest.fixture(scope="module")
def stored(server):
    """A quote of a million, whose figures are long, and a variant of it."""
    base = server.client.create_quote(example_engagement() | {"term_months": 36})
    return base, server.client.create_variant(base["id"], {"volume_factor": 1.2})


def test_every_page_is_drawn_whole(server, stored, open_tab):
    base, variant = stored
    quote = f"quote={base['id']}"
    addresses = {
        "start": "",
        "quote": f"?{quote}",
        "what_if": f"what-if?{quote}&variant={variant['id']}",
        "people": f"people?{quote}",
        "stored": "stored",
        "portfolio": "portfolio",
        "new_quote": "new-quote",
        "choice": f"choice?{quote}",
    }
    page = open_tab()
    for name, address in addresses.items():
        page.goto(f"{server.dashboard_url}/{address}")
        expect(page.get_by_role("heading").first).to_be_visible()
        for scheme, width in in_both_looks(page):
            shoot(page, SCREENSHOTS / f"{name}_{width}_{scheme}.png")
            assert page.get_by_test_id("stException").count() == 0
            assert cut_texts(page) == []
            assert nameless(page) == []
            assert faint(page) == []
            if (width, name, scheme) == (WIDE, "quote", "light"):
                shoot_for_readme(page, README_SCREENSHOT)


def test_the_week_is_seen_as_steps_as_heat_maps_and_shift_by_shift(server, stored, open_tab):
    page = open_tab()
    page.goto(f"{server.dashboard_url}/people?quote={stored[0]['id']}")
    for tab, charts in (("Heads over the week", 1), ("Heat maps", 3), ("Shifts", 1)):
        page.get_by_role("tab", name=tab).click()
        drawn = page.get_by_role("tabpanel").locator("visible=true")
        canvases = drawn.get_by_test_id("stVegaLiteChart").locator("canvas, svg")
        expect(canvases).to_have_count(charts)
        shoot(page, SCREENSHOTS / f"people_{tab.split()[-1].lower()}.png")
