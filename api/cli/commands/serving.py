"""Options of the command that serves API and dashboard."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.numbers import whole_number
from api.cli.server_extra import server_extra

PORT = whole_number(1, 65_535)


def serve(
    *,
    host: Annotated[
        str | None,
        typer.Option(
            help="Address to listen on; beyond loopback only with sign-in.",
            show_default="127.0.0.1",
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(parser=PORT, metavar="1..65535", help="Port of the API.", show_default="8000"),
    ] = None,
    dashboard_port: Annotated[
        int | None,
        typer.Option(
            parser=PORT, metavar="1..65535", help="Also start the dashboard on this port."
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            help="Where quotes are kept: a SQLite file, or postgresql://USER@HOST/NAME.",
            show_default="crewquote.sqlite",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only check that the ports and the database serve.")
    ] = False,
) -> None:
    """Serve the HTTP API, and with it the dashboard if asked, until Ctrl-C.

    What is not given is taken from the environment (CREWQUOTE_DATABASE and more, see `settings`).
    """
    with server_extra("serve"):
        from api.cli.serve import run_serve

    run_serve(host, port, database, dashboard_port, check=check)


def settings(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show the settings of the server and where they come from, secrets masked."""
    with server_extra("settings"):
        from api.cli.settings import run_settings

    run_settings(as_json=as_json)
