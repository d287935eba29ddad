"""A planner's way through the studies: real browser, API and dashboard."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from api.cli.loader import load_engagement
from tests.builders.chromium import SCREENSHOTS
from tests.builders.pages import (
    cut_texts,
    faint,
    go_to,
    in_both_looks,
    settled,
    shoot,
    shoot_for_readme,
)
from tests.builders.server import ROOT, example_engagement

pytestmark = [pytest.mark.browser, pytest.mark.slow]

README_SCREENSHOT = ROOT / "docs" / "images" / "surge.png"
BUTTONS = {
    "surge": "Study the peak",
    "hiring": "Plan the hiring",
    "futures": "Plan for many futures",
}


@pytest.fixture(scope="module")
def quoted(server):
    return server.client.create_quote(example_engagement() | {"name": "A planner's journey"})


def metric(page, label):
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue")


def studied(page, name):
    page.get_by_role("button", name=BUTTONS[name]).click()
    expect(page.get_by_text("Take it along")).to_be_visible()
    settled(page)


def test_a_quoted_peak_is_studied_refused_with_less_notice_and_taken_along(
    server, quoted, open_tab
):
    page = open_tab()
    page.goto(f"{server.dashboard_url}/surge?quote={quoted['id']}")
    expect(page.get_by_text("A planner's journey, for Lakeshore Health Plan")).to_be_visible()
    studied(page, "surge")
    asked = {"size": 0.6, "notice_h": 48.0, "days": 28}
    plan = server.client.study_surge(server.client.get_engagement(quoted["id"]), asked)
    promise = plan["study"]["plan"]["promise"]
    expect(metric(page, "People there after 48 h")).to_have_text(f"{promise['there']:,.0f}")
    with page.expect_download() as download:
        page.get_by_role("button", name="Workbook (XLSX)").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert len(book.sheetnames) > 1

    go_to(page, "Plan", "Hiring")
    expect(page.get_by_role("button", name=BUTTONS["hiring"])).to_be_visible()
    go_to(page, "Plan", "Surge")
    expect(metric(page, "People there after 48 h")).to_have_text(f"{promise['there']:,.0f}")

    notice = page.get_by_label("Notice, hours", exact=True)
    notice.fill("0")
    notice.press("Tab")
    page.get_by_text("All of the work must be in time").click()
    page.get_by_role("button", name=BUTTONS["surge"]).click()
    expect(page.get_by_text("What would help, and what is known")).to_be_visible()
    settled(page)
    assert page.get_by_test_id("stMetric").count() == 0
    shoot(page, SCREENSHOTS / "surge_refused_light.png")


def test_a_hundred_people_within_two_days(server, open_tab):
    engagement = load_engagement(ROOT / "examples" / "helpdesk.yaml")
    quoted = server.client.create_quote(engagement.model_dump(mode="json"))
    page = open_tab()
    page.goto(f"{server.dashboard_url}/surge?quote={quoted['id']}")
    people = page.get_by_label("Or as much as so many people do", exact=True)
    people.fill("100")
    people.press("Tab")
    studied(page, "surge")
    expect(metric(page, "Asked for by then")).to_have_text("100")
    there = int(metric(page, "People there after 48 h").inner_text())
    assert there >= 100
    expect(page.get_by_text(f"{there} people are there within 48 h, 100 are asked")).to_be_visible()
    shoot_for_readme(page, README_SCREENSHOT)


@pytest.mark.parametrize("name", BUTTONS)
def test_every_study_is_drawn_whole(server, open_tab, name):
    page = open_tab()
    page.goto(f"{server.dashboard_url}/{name}")
    expect(page.get_by_role("button", name=BUTTONS[name])).to_be_visible()
    studied(page, name)
    for scheme, width in in_both_looks(page):
        shoot(page, SCREENSHOTS / f"{name}_{width}_{scheme}.png")
        assert page.get_by_test_id("stException").count() == 0
        assert cut_texts(page) == []
        assert faint(page) == []
