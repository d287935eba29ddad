"""Options of the commands that manage users without a server, the first admin among them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

users = typer.Typer(
    name="users",
    help="Who may sign in: add, list, disable, reset a password; straight in the database.",
    no_args_is_help=True,
)

Database = Annotated[
    str | None,
    typer.Option(help="SQLite file or postgresql:// URL; by default that of the settings."),
]
Email = Annotated[str, typer.Option(help="Address the user signs in with.")]


class RoleName(StrEnum):
    """The roles, named again so that `--help` need not wait for the server's imports."""

    SALES = "sales"
    APPROVER = "approver"
    PLANNER = "planner"
    CLIENT = "client"
    ADMIN = "admin"


@users.command()
def add(
    *,
    email: Email,
    role: Annotated[RoleName, typer.Option(help="What the user may do.")],
    name: Annotated[
        str | None, typer.Option(help="Name to show; by default the address's first part.")
    ] = None,
    client: Annotated[
        str | None, typer.Option(help="With the role client: the client whose quotes it may see.")
    ] = None,
    database: Database = None,
) -> None:
    """Add a user. The password is asked for, or read from the first line of standard input."""
    from api.cli.users import add_user

    add_user(database, email, role.value, name, client)


@users.command("list")
def list_them(*, database: Database = None) -> None:
    """List all users."""
    from api.cli.users import list_users

    list_users(database)


@users.command()
def disable(*, email: Email, database: Database = None) -> None:
    """Disable a user: its sessions and API keys end at once."""
    from api.cli.users import disable_user

    disable_user(database, email)


@users.command()
def reset_password(*, email: Email, database: Database = None) -> None:
    """Give a user another password, asked for or read from standard input; its sessions end."""
    from api.cli.users import reset

    reset(database, email)
