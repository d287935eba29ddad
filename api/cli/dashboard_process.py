"""The dashboard in a process of its own, beside the server that started it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

STOP_TIMEOUT_S = 10.0


def url(host: str, port: int) -> str:
    """Address of a server; an IPv6 address stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class DashboardProcess:
    """Streamlit as a child; it finds the API by an environment variable.

    Parameters
    ----------
    host : str
        Address to listen on.
    port : int
        Port to listen on.
    api_url : str
        Address of the API.
    """

    def __init__(self, host: str, port: int, api_url: str) -> None:
        if find_spec("streamlit") is None:
            message = "the dashboard is not installed; install crewquote[dashboard]"
            raise typer.BadParameter(message, param_hint="--dashboard-port")
        self.url = url(host, port)
        self._process = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "-m", "dashboard", "--host", host, "--port", str(port)],
            env={**os.environ, "CREWQUOTE_API_URL": api_url},
            stdin=subprocess.PIPE,  # closed with this process; see dashboard/__main__.py
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us first; we stop it in order
        )
        self._stopping = Event()

    def when_it_ends(self, call: Callable[[], None]) -> None:
        """Call a function when the dashboard ends without having been stopped."""

        def watch() -> None:
            self._process.wait()
            if not self._stopping.is_set():
                call()

        Thread(target=watch, daemon=True).start()

    @property
    def failure(self) -> str | None:
        """How the dashboard ended, if it ended by itself."""
        code = self._process.poll()
        if code is None or self._stopping.is_set():
            return None
        return f"the dashboard ended by itself (exit code {code})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it, by force if it takes too long."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()
