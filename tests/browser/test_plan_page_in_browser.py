"""The page `crewquote staff --plot` writes, opened as a file: drawn whole, and asking nobody."""

import pytest
from playwright.sync_api import expect

from tests.builders.chromium import CHROMIUM, SCREENSHOTS
from tests.builders.command_line import EXAMPLES, crewquote

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHARTS = 6 * 2  # of two teams


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    file = tmp_path_factory.mktemp("page") / "plan.html"
    done = crewquote("staff", EXAMPLES / "claims.yaml", "--plot", file, "--quiet")
    assert done.returncode == 0, done.stderr
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_is_drawn_and_no_request_leaves_the_file(file, browser, scheme):
    page = browser.new_page(
        viewport={"width": 800, "height": 900}, color_scheme=scheme, offline=True
    )
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
    page.screenshot(path=SCREENSHOTS / f"plan_page_{scheme}.png", full_page=True)
    assert requests == [file.as_uri()]
    assert complaints == []
    page_width = page.evaluate("document.documentElement.clientWidth")
    for box in (drawn.nth(i).bounding_box() for i in range(CHARTS)):
        assert box["height"] > 150
        assert 600 < box["width"] <= page_width
    text = page.locator(".chart text").first.evaluate("e => getComputedStyle(e).fill")
    shade = [int(part) for part in text.removeprefix("rgb(").removesuffix(")").split(",")]
    assert min(shade) > 200 if scheme == "dark" else max(shade) < 60
    page.close()
