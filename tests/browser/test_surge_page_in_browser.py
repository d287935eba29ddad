"""The pages `crewquote surge --plot` writes, opened as files: drawn whole, and asking nobody."""

import pytest
from playwright.sync_api import expect

from tests.builders.chromium import SCREENSHOTS
from tests.builders.command_line import EXAMPLES, crewquote

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(("view", "charts"), [("vendor", 4), ("client", 2)])
def test_every_chart_is_drawn_and_no_request_leaves_the_file(browser, tmp_path, view, charts):
    file = tmp_path / f"{view}.html"
    options = ("--people", "100", "--plot", file, "--quiet", *(["--client"] * (view == "client")))
    done = crewquote("surge", EXAMPLES / "claims.yaml", *options)
    assert done.returncode == 0, done.stderr
    page = browser.new_page(viewport={"width": 800, "height": 900}, offline=True)
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type == "error" else 0
    )
    page.goto(file.as_uri())
    drawn = page.locator(".chart svg.marks")
    expect(drawn).to_have_count(charts)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"surge_page_{view}.png", full_page=True)
    assert requests == [file.as_uri()]
    assert complaints == []
    ticks = page.locator(".chart").first.locator(".role-axis-label text").all_text_contents()
    assert {"48 h Mon", "72 h Tue"} <= set(ticks)
    page_width = page.evaluate("document.documentElement.clientWidth")
    for box in (drawn.nth(i).bounding_box() for i in range(charts)):
        assert box["height"] > 150
        assert 600 < box["width"] <= page_width
    assert page.locator("text=pre-vetted pool").count() == (0 if view == "client" else 3)
    page.close()
