"""`crewquote` and its commands in the order of its help; each is a function in `commands`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from api.cli.commands import (
    accounts,
    foreseeing,
    keeping,
    margins,
    planning,
    quoting,
    risking,
    sending,
    serving,
    storing,
    studying,
)

app = typer.Typer(
    name="crewquote",
    help="Price outsourced work: staffing plan, cost, and two competing offers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"crewquote {version('crewquote')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print name and version."
        ),
    ] = False,
) -> None:
    """Price outsourced work: staffing plan, cost, and two competing offers."""


for command in (
    quoting.quote,
    studying.offers,
    quoting.compare,
    sending.proposal,
    quoting.explain,
    quoting.invoice,
    quoting.bills,
    quoting.simulate,
    foreseeing.forecast,
    planning.staff,
    planning.skills,
    planning.surge,
    planning.hire,
    planning.futures,
    risking.risk,
    studying.sites,
    margins.rates,
    quoting.validate,
    quoting.schema,
    serving.serve,
    serving.settings,
    keeping.expire,
):
    app.command()(command)
app.add_typer(keeping.audit)
app.add_typer(accounts.users)
app.add_typer(storing.database)
app.add_typer(storing.clients)


def main() -> None:
    """Run the command line; errors of the science become messages and exit codes."""
    try:
        app()
    except Exception as error:  # looked at below; whatever is not ours goes on
        from api.cli.failure import report

        code = report(error)
        if code is None:
            raise
        sys.exit(code)
