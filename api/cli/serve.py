"""`crewquote serve`: the HTTP API, alone or with the dashboard, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typer
import uvicorn
from pydantic import ValidationError

from api.app import create_app
from api.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

STOP_TIMEOUT_S = 10.0


def run_serve(host: str, port: int, database: Path, dashboard_port: int | None) -> None:
    """Serve until interrupted; ports that are taken are refused before anything starts."""
    settings = _settings(host, port, database)
    for option, wanted in (("--port", port), ("--dashboard-port", dashboard_port)):
        if wanted is not None:
            _check_port(option, host, wanted)
    api_url = f"http://{host}:{port}"
    dashboard = None if dashboard_port is None else _start_dashboard(host, dashboard_port, api_url)
    try:
        _announce(api_url, None if dashboard is None else f"http://{host}:{dashboard_port}")
        _serve(settings)
    finally:
        if dashboard is not None:
            _stop(dashboard)
        print("crewquote: stopped", flush=True)


def _settings(host: str, port: int, database: Path) -> Settings:
    try:
        return Settings(host=host, port=port, database=database)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        raise typer.BadParameter(message, param_hint=f"--{first['loc'][0]}") from None


def _check_port(option: str, host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"port {port} on {host} is taken ({error.strerror}); choose a free one"
            raise typer.BadParameter(message, param_hint=option) from None


def _start_dashboard(host: str, port: int, api_url: str) -> subprocess.Popen[bytes]:
    """Start Streamlit in a process of its own; it finds the API by an environment variable."""
    spec = find_spec("dashboard.app")
    if spec is None or spec.origin is None:
        message = "the dashboard is not installed; install crewquote[dashboard]"
        raise typer.BadParameter(message, param_hint="--dashboard-port")
    command = [sys.executable, "-m", "streamlit", "run", spec.origin]
    options = {
        "server.address": host,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return subprocess.Popen(  # noqa: S603 (our own program)
        [*command, *flags],
        env={**os.environ, "CREWQUOTE_API_URL": api_url},
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches us first; we stop it in order
    )


def _announce(api_url: str, dashboard_url: str | None) -> None:
    print(f"crewquote: API at {api_url} (documentation at {api_url}/docs)", flush=True)
    if dashboard_url is not None:
        print(f"crewquote: dashboard at {dashboard_url}", flush=True)
    print("crewquote: Ctrl-C stops", flush=True)


def _serve(settings: Settings) -> None:
    """Run the server in this process; SIGTERM ends it like Ctrl-C does."""
    config = uvicorn.Config(
        create_app(settings), host=settings.host, port=settings.port, log_level="warning"
    )
    server = uvicorn.Server(config)

    def stop(_: int, __: FrameType | None) -> None:
        server.should_exit = True

    signal.signal(signal.SIGTERM, stop)
    with suppress(KeyboardInterrupt):  # raised once more by uvicorn when it has shut down
        server.run()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
