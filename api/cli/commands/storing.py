"""Options of the commands for whoever keeps the store: the database, and clients' data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.server_extra import server_extra

database = typer.Typer(
    name="database",
    help="Back up, restore, and move the database between versions.",
    no_args_is_help=True,
)

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="A SQLite file or a URL; without it CREWQUOTE_DATABASE, or crewquote.sqlite.",
    ),
]


@database.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; packed if it ends in .gz.")],
    *,
    database: DatabaseOption = None,
) -> None:
    """Write all that is stored to one file, while the server goes on."""
    with server_extra("database"):
        from api.cli.database import run_backup
    run_backup(file, database)


@database.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup of either kind of database.")],
    *,
    database: DatabaseOption = None,
) -> None:
    """Fill an empty database from a backup."""
    with server_extra("database"):
        from api.cli.database import run_restore
    run_restore(file, database)


@database.command()
def upgrade(*, database: DatabaseOption = None) -> None:
    """Bring the database to the schema of this version, as `serve` does when it starts."""
    with server_extra("database"):
        from api.cli.database import run_upgrade
    run_upgrade(database)


@database.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="A schema of before, e.g. 0002.")],
    *,
    database: DatabaseOption = None,
) -> None:
    """Bring the database to an earlier schema; what only later ones hold is lost."""
    with server_extra("database"):
        from api.cli.database import run_downgrade
    run_downgrade(revision, database)
