"""Options of the commands that keep the store in order."""

from __future__ import annotations

from typing import Annotated

import typer

Database = Annotated[
    str | None,
    typer.Option(
        help="Where the quotes are: a SQLite file, or postgresql://USER@HOST/NAME.",
        show_default="as for `crewquote serve`",
    ),
]

audit = typer.Typer(name="audit", help="The trail of what happened.", no_args_is_help=True)


@audit.callback()
def _group() -> None:
    """Look at the trail of what happened to quotes."""


@audit.command()
def verify(*, database: Database = None) -> None:
    """Check that no event and no quote was changed behind the program's back; exit code 7 if so."""
    from api.cli.keeping import run_verify

    run_verify(database)


def expire(*, database: Database = None) -> None:
    """End sent quotes whose last day is over, and no other; the server does so by itself."""
    from api.cli.keeping import run_expire

    run_expire(database)
