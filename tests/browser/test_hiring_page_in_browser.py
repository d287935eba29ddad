"""The page `crewquote hire --plot` writes, opened as a file: drawn whole, and asking nobody."""

import pytest
from playwright.sync_api import expect

from tests.builders.chromium import SCREENSHOTS
from tests.builders.command_line import EXAMPLES, crewquote

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHARTS = 6  # of both teams and of each: people by status, who comes and goes


def test_every_chart_is_drawn_and_no_request_leaves_the_file(browser, tmp_path):
    file = tmp_path / "hiring.html"
    done = crewquote("hire", EXAMPLES / "hiring.yaml", "--plot", file, "--quiet")
    assert done.returncode == 0, done.stderr
    page = browser.new_page(viewport={"width": 1200, "height": 900}, offline=True)
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type == "error" else 0
    )
    page.goto(file.as_uri())
    drawn = page.locator(".chart svg.marks")
    expect(drawn).to_have_count(CHARTS)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / "hiring_page.png", full_page=True)
    assert requests == [file.as_uri()]
    assert complaints == []
    page_width = page.evaluate("document.documentElement.clientWidth")
    for box in (drawn.nth(i).bounding_box() for i in range(CHARTS)):
        assert box["height"] > 150
        assert 900 < box["width"] <= page_width
    months = page.locator(".chart").first.locator(".role-axis-label text").all_text_contents()
    assert "Jan 2028" in months
    tables = page.locator(".scrolls")
    for table in (tables.nth(i) for i in range(tables.count())):
        assert table.evaluate("box => box.scrollWidth <= box.clientWidth"), "a table is cut off"
    page.close()
