"""A planner sizes a peak: signs in, reads a plan, tries a peak on it, takes the plan along."""

import copy
import json
import os
import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect
from sqlalchemy import select

from api.store import audit, quotes
from api.store.database import Database
from api.store.tables import QuoteRow
from api.store.work_tables import JobRow
from pricing.quoting import quote
from pricing.reading import read_engagement
from tests.browser.conftest import serving
from tests.builders.chromium import SCREENSHOTS
from tests.builders.identity import QUICK, add_user
from tests.builders.pages import NARROW, WIDE, cut_texts, fit, nameless, settled, shoot
from tests.builders.server import ROOT, example_engagement
from tests.unit.pricing.test_surge_offer import POOL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCS_SCREENSHOT = ROOT / "docs" / "images" / "plan.png"
EMAIL, PASSWORD = "pia@vendor.example", "correct horse battery"


def two_sites():
    """The example from two sites on two clocks, with people who stand by for a peak."""
    data = example_engagement() | {"name": "Claims from two sites"}
    (manila,) = data["sites"]
    manila["surge"] |= {"sources": [POOL], "shortfall_price": 60}
    other = copy.deepcopy(manila) | {"name": "Bogota", "country": "CO", "seats": 20}
    data["sites"].append(other | {"time_zone": "America/Bogota"})
    data["services"][0]["delivery"] = [
        {"site": "Manila", "share": 0.7},
        {"site": "Bogota", "share": 0.3},
    ]
    return read_engagement(data)


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A store with a quote, and a planner who has a password."""
    path = tmp_path_factory.mktemp("planner") / "quotes.sqlite"
    engagement, store = two_sites(), Database(path)
    made = quote(engagement)
    with store.writing() as session:
        quote_id = quotes.add(session, engagement, made).id
    add_user(store, "planner", email=EMAIL, password_hash=QUICK.hash(PASSWORD))
    store.close()
    return path, quote_id, made


@pytest.fixture(scope="module")
def server(stored):
    with serving(stored[0], CREWQUOTE_REQUIRE_SIGN_IN="true") as running:
        yield running


def metric(page, label):
    box = page.get_by_test_id("stMetric").filter(has_text=label).first
    return box.get_by_test_id("stMetricValue")


def fill(page, label, value):
    field = page.get_by_label(label, exact=True)
    field.fill(value)
    field.press("Tab")


def downloaded(page, name):
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    return download.value.path().read_bytes()


def test_a_planner_sizes_a_peak(stored, server, open_tab):
    path, quote_id, made = stored
    page = open_tab()
    page.goto(server.dashboard_url)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Plan", exact=True)).to_be_visible()
    page.get_by_role("button", name="Show its plan").click()
    expect(page.get_by_role("heading", name="Claims from two sites")).to_be_visible()
    settled(page)
    needed = zip(*(team.workforce.needed for team in made.staffing.teams), strict=True)
    peak = max(sum(week) for week in needed)
    expect(metric(page, "Needed at the peak, FTE")).to_have_text(f"{peak:,.1f}")
    for_the_docs(page)

    fill(page, "Or as much as so many people do", "12")
    fill(page, "Notice, hours", "72")
    fill(page, "Lasts, weeks", "2")
    page.get_by_role("button", name="Study the peak").click()
    ladder = page.get_by_role("heading", name="Who comes, when, at what cost")
    expect(ladder).to_be_visible()
    settled(page)
    pay = metric(page, "Pay for the peak, USD").inner_text()
    there = page.get_by_test_id("stMetric").filter(has_text="People there after").first.inner_text()
    assert cut_texts(page) == []
    assert nameless(page) == []
    page.get_by_test_id("stButtonGroup").first.get_by_text("Bogota").click()
    expect(page).to_have_url(re.compile("term_site=Bogota"))
    settled(page)

    page.reload()
    expect(ladder).to_be_visible()
    settled(page)
    expect(metric(page, "Pay for the peak, USD")).to_have_text(pay)
    expect(page.get_by_label("Notice, hours", exact=True)).to_have_value("72")
    expect(page.get_by_role("radio", name="Bogota")).to_be_checked()
    assert there in page.get_by_test_id("stMain").inner_text()
    shoot(page, SCREENSHOTS / "plan_light.png")

    calendar = Calendar.from_ical(downloaded(page, "Calendar (ICS)"))
    shifts = sum(len(team.roster.shifts) for team in made.staffing.teams)
    assert len(calendar.walk("VEVENT")) == shifts
    assert downloaded(page, "Workbook (XLSX)")[:2] == b"PK"

    page.get_by_role("button", name="More: each way to meet it").click()
    expect(page).to_have_url(re.compile("/surge"))
    expect(metric(page, "Pay for the peak, USD")).to_have_text(pay)
    in_the_database(path, quote_id, made, pay)


def for_the_docs(page):
    """With UPDATE_SCREENSHOT=1, take a picture of the page down to its first chart."""
    if os.environ.get("UPDATE_SCREENSHOT") != "1":
        return
    fit(page)
    chart = page.get_by_test_id("stVegaLiteChart").first.bounding_box()
    clip = {"x": 0, "y": 0, "width": WIDE, "height": chart["y"] + chart["height"]}
    page.screenshot(path=DOCS_SCREENSHOT, clip=clip)
    settled(page)


def in_the_database(path, quote_id, made, pay):
    """One job holds what was entered and what came of it; the quote is as it was."""
    store = Database(path)
    with store.reading() as session:
        (job,) = session.scalars(select(JobRow).where(JobRow.kind == "surge"))
        body = json.loads(job.request)["body"]
        entered = (body["people"], body["notice_h"], body["days"], body["service"], body["site"])
        assert entered == (12, 72, 14, "claims", "Manila")
        assert "size" not in body
        assert (job.state, job.status) == ("done", 200)
        cost = json.loads(job.body or b"")["study"]["plan"]["cost"]
        assert f"{cost['total'] - cost['shortfall']:,.0f}" == pay
        (kept,) = session.scalars(select(QuoteRow))
        assert (kept.id, kept.content_hash) == (quote_id, made.content_hash)
        checked = audit.verify(session)
        assert checked.whole
        assert (checked.quotes, checked.broken_event) == (1, None)
    store.close()


def test_the_plan_on_a_narrow_dark_page(stored, server, open_tab):
    page = open_tab("dark", NARROW)
    page.goto(f"{server.dashboard_url}/plan?quote={stored[1]}")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Take the plan along")).to_be_visible()
    settled(page)
    assert cut_texts(page) == []
    shoot(page, SCREENSHOTS / "plan_dark.png")
