"""Server, dashboard and browser of the journeys."""

import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.builders.chromium import ARGUMENTS, CHROMIUM
from tests.builders.pages import HEIGHT, PATIENCE_MS, WIDE
from tests.builders.server import Server


@contextmanager
def serving(database, **settings):
    """API and dashboard on a database, under settings of the environment."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        running = Server(database, dashboard=True)
    with running:
        deadline = time.monotonic() + 60
        while not answers(f"{running.dashboard_url}/_stcore/health"):
            assert time.monotonic() < deadline, "the dashboard does not start"
            time.sleep(0.1)
        yield running


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    """API that asks for no sign-in, and the dashboard on it; each journey has quotes of its own."""
    with serving(tmp_path_factory.mktemp("journey") / "quotes.sqlite") as running:
        yield running


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


@pytest.fixture(scope="package")
def browser():
    """One for all journeys: each opens tabs that know nothing of the others."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def open_tab(browser):
    """Open tabs that note every host they ask, and refuse to end if one was not ours."""
    hosts, tabs = set(), []

    def open_one(scheme="light", width=WIDE):
        page = browser.new_page(
            viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="en-GB"
        )
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
        tabs.append(page)
        return page

    yield open_one
    for page in tabs:
        page.close()
    assert hosts <= {"127.0.0.1", None}  # data: and blob: have no host
