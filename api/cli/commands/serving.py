"""Options of the command that serves API and dashboard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.numbers import whole_number

PORT = whole_number(1, 65_535)


def serve(
    *,
    host: Annotated[
        str, typer.Option(help="Loopback only, until there is authentication.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(parser=PORT, metavar="1..65535", help="Port of the API.")
    ] = 8000,
    dashboard_port: Annotated[
        int | None,
        typer.Option(
            parser=PORT, metavar="1..65535", help="Also start the dashboard on this port."
        ),
    ] = None,
    database: Annotated[Path, typer.Option(help="SQLite file with the quotes.")] = Path(
        "crewquote.sqlite"
    ),
    check: Annotated[
        bool, typer.Option("--check", help="Only check that the ports and the database serve.")
    ] = False,
) -> None:
    """Serve the HTTP API, and with it the dashboard if asked, until Ctrl-C."""
    try:
        from api.cli.serve import run_serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in {"api", "pricing", "staffing"}:
            raise
        message = f"the server is not installed ({error.name}); install crewquote[api]"
        raise typer.BadParameter(message, param_hint="serve") from None

    run_serve(host, port, database, dashboard_port, check=check)
