"""`crewquote serve`: the HTTP API, alone or with the dashboard, until Ctrl-C.

The application is imported when settings, ports and database are found good: a refusal need not
wait for it.
"""

from __future__ import annotations

import signal
import socket
import sys
from contextlib import ExitStack, contextmanager, suppress
from math import ceil
from typing import TYPE_CHECKING, Any

import typer
import uvicorn
from pydantic import ValidationError

from api.cli.dashboard_process import DashboardProcess, url
from api.settings import Settings
from api.store.address import UnusableDatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from fastapi import FastAPI

    from api.jobs.engine import Engine


class _Server(uvicorn.Server):
    """A server that takes no more work when it is stopped, however it is stopped."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let who waits for a job be answered in time, then end."""
        engine: Engine = self.config.app.state.jobs  # type: ignore[union-attr]
        engine.drain()
        await super().shutdown(sockets)


def run_serve(
    host: str | None,
    port: int | None,
    database: str | None,
    dashboard_port: int | None,
    *,
    check: bool = False,
) -> None:
    """Serve until interrupted, or until the dashboard ends by itself (exit code 1).

    What is None is taken from the environment, or is the default of `api.settings`. Ports that are
    taken and a database that cannot be used are refused before anything starts; with `check`
    nothing starts at all.
    """
    settings = _settings(host=host, port=port, database=database)
    host, port = settings.host, settings.port
    _check_ports(host, port, dashboard_port)
    _check_database(settings)
    if check:
        return
    app = _application(settings)
    from api.operating.logs import server_log_config

    server = _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=server_log_config(),
            access_log=False,
            timeout_graceful_shutdown=ceil(settings.shutdown_s) + 1,
        )
    )
    api_url = url(host, port)
    failure = None
    with ExitStack() as running:
        running.callback(print, "crewquote: stopped", flush=True)
        dashboard = None
        if dashboard_port is not None:
            dashboard = running.enter_context(DashboardProcess(host, dashboard_port, api_url))
        _announce(api_url, dashboard)
        _run(server, dashboard)
        failure = dashboard and dashboard.failure
    if failure:
        print(f"crewquote: {failure}, so the API was stopped too", file=sys.stderr)
        raise typer.Exit(1)


def _settings(**options: str | int | None) -> Settings:
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        message = first["msg"].removeprefix("Value error, ")
        # A rule between settings has no place of its own.
        hint = f"--{first['loc'][0]}" if first["loc"] else "CREWQUOTE_ENVIRONMENT"
        raise typer.BadParameter(message, param_hint=hint) from None


def _check_ports(host: str, port: int, dashboard_port: int | None) -> None:
    _check_free("--port", host, port)
    if dashboard_port is None:
        return
    if dashboard_port == port:
        message = f"port {port} is the API's (--port) already; the dashboard needs another"
        raise typer.BadParameter(message, param_hint="--dashboard-port")
    _check_free("--dashboard-port", host, dashboard_port)


def _check_free(option: str, host: str, port: int) -> None:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = f"port {port} on {host} is taken ({error.strerror}); choose a free one"
            raise typer.BadParameter(message, param_hint=option) from None


def _check_database(settings: Settings) -> None:
    """Open the database and bring it up to date, before the application is imported."""
    from api.store.database import Database

    with _refusing_the_database():
        Database(settings.database, settings.database_pool_size).close()


def _application(settings: Settings) -> FastAPI:
    from api.app import create_app

    with _refusing_the_database():
        return create_app(settings)


@contextmanager
def _refusing_the_database() -> Iterator[None]:
    try:
        yield
    except UnusableDatabaseError as error:
        raise typer.BadParameter(str(error), param_hint="--database") from None


def _announce(api_url: str, dashboard: DashboardProcess | None) -> None:
    print(f"crewquote: API at {api_url} (documentation at {api_url}/docs)", flush=True)
    if dashboard is not None:
        print(f"crewquote: dashboard at {dashboard.url}", flush=True)
    print("crewquote: Ctrl-C stops", flush=True)


def _run(server: uvicorn.Server, dashboard: DashboardProcess | None) -> None:
    """Run the server in this process; SIGTERM and the dashboard's end stop it like Ctrl-C does."""

    def stop(_: int, __: FrameType | None) -> None:
        server.should_exit = True

    signal.signal(signal.SIGTERM, stop)
    if dashboard is not None:
        dashboard.when_it_ends(lambda: setattr(server, "should_exit", True))
    with suppress(KeyboardInterrupt):  # raised once more by uvicorn when it has shut down
        server.run()
