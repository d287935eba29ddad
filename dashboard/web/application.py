"""The dashboard as a web application: Streamlit's pages behind our own gate and routes."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_app import App

from dashboard.garbage import keep_pages
from dashboard.theme import THEME
from dashboard.web.gate import Gate
from dashboard.web.routes import ROUTES
from dashboard.widgets.problem import show_unexpected

SCRIPT = Path(__file__).resolve().parents[1] / "app.py"
_OPTIONS: dict[str, object] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    **THEME,
}


def application() -> App:
    """Return the dashboard; it finds the API by `dashboard.settings`."""
    return App(
        SCRIPT,
        routes=ROUTES,
        middleware=[Middleware(Gate)],
        on_script_error=_shown,
    )


def serve(host: str, port: int) -> None:
    """Serve the dashboard until it is stopped."""
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    sys.argv[1:] = []  # they are ours, not the pages'
    keep_pages()
    application().run(config={**_OPTIONS, "server.address": host, "server.port": port})


def _shown(error: Exception) -> bool:
    """Show what nobody expected, outside of a page: in a callback or a fragment."""
    show_unexpected(error)
    return True
