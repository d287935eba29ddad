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


@database.command()
def purge(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count them.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Erase quotes that were kept as long as the settings `keep_...` say."""
    with server_extra("database"):
        from api.cli.clients import run_purge
    run_purge(database, dry_run=dry_run)


clients = typer.Typer(
    name="clients",
    help="Export or erase what is kept of a client, where law asks.",
    no_args_is_help=True,
)
ClientName = Annotated[str, typer.Argument(metavar="NAME", help="As quotes name the client.")]


@clients.command()
def export(
    name: ClientName,
    *,
    out: Annotated[Path, typer.Option(help="JSON file to write.")],
    database: DatabaseOption = None,
) -> None:
    """Write all that is kept of a client, without the vendor's costs and margins."""
    with server_extra("clients"):
        from api.cli.clients import run_export
    run_export(name, out, database)


@clients.command()
def delete(
    name: ClientName,
    *,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Erase a client's quotes and users for good; accepted quotes stay as long as they must."""
    with server_extra("clients"):
        from api.cli.clients import run_delete
    run_delete(name, database, sure=sure)
