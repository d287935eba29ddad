"""How long a person waits for a changed input's number, against the API's own answer to it.

The page is Compare, as `crewquote serve` shows it: a volume is entered, and the bill at that volume
is awaited; nothing is solved for it. In turns with the page the API is asked the same, by as many
callers at once. One session runs in Chromium, up to the number on the screen. Eight would measure
eight browsers on one machine instead of the server that serves them, and speak its language.
"""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from api.cli.loader import load_engagement
from api.client import Client
from api.store import quotes
from api.store.database import Database
from benchmarks.measurement import Measurement, example_file
from benchmarks.page_session import PageSession
from pricing.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser

_SESSIONS = 8
_ROUNDS_ALONE, _ROUNDS_AMONG = 9, 6
_BOUND_DRAWN, _BOUND_SERVED = 3.0, 2.0
_START_S, _PATIENCE_MS = 60.0, 60_000.0
_PAGE, _ENTRY, _FIGURE = "compare", "Or your own volume", "Output-based bill a month"
_AT_REST = "document.querySelector('[data-testid=stApp]').dataset.testScriptState == 'notRunning'"
_WATCH = """label => {
  const shown = () => [...document.querySelectorAll('[data-testid=stMetric]')]
    .find(one => one.textContent.includes(label))
    ?.querySelector('[data-testid=stMetricValue]')?.textContent;
  const before = shown();
  window.waited = new Promise(resolve => addEventListener('keydown', () => {
    const start = performance.now();
    const look = () => {
      const now = shown();
      if (now && now !== before) resolve(performance.now() - start);
      else requestAnimationFrame(look);
    };
    look();
  }, {capture: true, once: true}));
}"""


def measure_dashboard() -> Iterator[Measurement]:
    """Yield how many times the API's time a person waits: on the screen, alone, one of eight."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError("the dashboard is measured in Chromium; see .ci/system-packages")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "quotes.sqlite"
        quote_id = _stored_quote(database)
        with _served(database) as (api, dashboard):
            asked = _Asked(Client(api), quote_id)
            query = f"quote={quote_id}"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
                )
                enter = _drawn(browser, f"{dashboard}/{_PAGE}?{query}")
                yield asked.compared("on the screen", [enter], _ROUNDS_ALONE, _BOUND_DRAWN)
                browser.close()
            with ExitStack() as stack:
                opened = [
                    stack.enter_context(
                        PageSession(dashboard, _PAGE, query, entry=_ENTRY, figure=_FIGURE)
                    ).enter
                    for _ in range(_SESSIONS)
                ]
                yield asked.compared("served alone", opened[:1], _ROUNDS_ALONE, _BOUND_SERVED)
                name = f"served among {_SESSIONS}"
                yield asked.compared(name, opened, _ROUNDS_AMONG, _BOUND_SERVED)


class _Asked:
    """Volumes that were not asked for yet: an answer that is remembered would take no time."""

    def __init__(self, api: Client, quote_id: str) -> None:
        self._api, self._quote_id = api, quote_id
        self._planned = float(api.comparison(quote_id)["plan_volume_per_month"])
        self._shares = iter(range(1_010, 3_000))

    def compared(
        self, how: str, sessions: Sequence[Callable[[float], float]], rounds: int, bound: float
    ) -> Measurement:
        """Let all sessions enter a volume at once and then as many callers ask, by turns.

        Alone the least disturbed round counts; among others their turns are the matter: the median.
        """
        waits: list[float] = []
        answers: list[float] = []
        for _ in range(rounds):
            waits += _at_once([(enter, self._volume()) for enter in sessions])
            answers += _at_once([(self._answer, self._volume()) for _ in sessions])
        typical = min if len(sessions) == 1 else statistics.median
        waited, answered = typical(waits), typical(answers)
        return Measurement(
            what=f"a changed volume's bill / API, {how}",
            value=waited / answered,
            unit="x",
            bound=bound,
            note=f"{1000 * waited:.0f} ms, longest {1000 * max(waits):.0f}; "
            f"API {1000 * answered:.0f} ms",
        )

    def _volume(self) -> float:
        return round(self._planned * next(self._shares) / 1_000)

    def _answer(self, volume: float) -> float:
        start = time.perf_counter()
        self._api.comparison(self._quote_id, volume=volume / self._planned)
        return time.perf_counter() - start


def _at_once(calls: list[tuple[Callable[[float], float], float]]) -> list[float]:
    """Call them all together; a single one from here, since a browser knows its own thread only."""
    if len(calls) == 1:
        return [call(value) for call, value in calls]
    with ThreadPoolExecutor(len(calls)) as callers:
        return list(callers.map(lambda one: one[0](one[1]), calls))


def _drawn(browser: Browser, address: str) -> Callable[[float], float]:
    """Open the page; entering a number returns after how many seconds the figure was drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page.set_default_timeout(_PATIENCE_MS)
    page.goto(address)
    entry = page.get_by_role("spinbutton", name=_ENTRY)

    def enter(value: float) -> float:
        entry.wait_for()
        page.wait_for_function(_AT_REST)
        entry.fill(f"{value:.0f}")
        page.evaluate(_WATCH, _FIGURE)
        entry.press("Enter")
        waited: float = page.evaluate("window.waited")
        return waited / 1000

    enter(1 + float(entry.get_attribute("min") or 0))  # charts and tables are loaded by then
    return enter


def _stored_quote(database: Path) -> str:
    engagement = load_engagement(example_file("claims"))
    with closing(Database(database)) as store, store.writing() as session:
        return quotes.add(session, engagement, quote(engagement)).id


@contextmanager
def _served(database: Path) -> Iterator[tuple[str, str]]:
    """Serve API and dashboard, and give their addresses."""
    ports = _free_port(), _free_port()
    command = [str(Path(sys.executable).parent / "crewquote"), "serve"]
    command += ["--port", str(ports[0]), "--dashboard-port", str(ports[1])]
    command += ["--database", str(database)]
    process = subprocess.Popen(  # noqa: S603 (our own program)
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for port in ports:
            _wait_for(port)
        yield f"http://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _START_S
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > deadline:
            raise RuntimeError("the server did not start")
        time.sleep(0.05)
