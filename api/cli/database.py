"""`crewquote database`: backup, restore, and the way between versions."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from alembic.util import CommandError
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from api.cli.out_file import check_target
from api.settings import Settings
from api.store.address import UnusableDatabaseError, is_postgresql, shown
from api.store.backup import write_backup
from api.store.migrate import downgrade, revision_of, revisions
from api.store.opening import check_usable, open_current, open_database, unusable
from api.store.portable import BrokenBackupError
from api.store.restore import restore_backup
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine


def run_backup(file: Path, database: str | None) -> None:
    """Write a backup and say what is in it."""
    check_target(file, file.parent, "FILE")
    with opened(database) as engine:
        counts = write_backup(engine, file)
        print(f"{shown(engine.url)} -> {file}: {_counted(counts)}")


def run_restore(file: Path, database: str | None) -> None:
    """Fill an empty database and say with what.

    Raises
    ------
    BadInputError
        The file is no whole backup.
    """
    with opened(database, made=True) as engine:
        try:
            counts = restore_backup(engine, file)
        except BrokenBackupError as error:
            raise BadInputError(FieldIssue("FILE", str(file), f"a whole backup; {error}")) from None
        print(f"{file} -> {shown(engine.url)}: {_counted(counts)}")


def run_upgrade(database: str | None) -> None:
    """Bring the database to the schema of this version and name it."""
    with usable():
        engine = open_current(setting(database))
    print(f"{shown(engine.url)}: schema {revisions()[-1]}")
    engine.dispose()


def run_downgrade(revision: str, database: str | None) -> None:
    """Bring the database to an earlier schema and name it.

    Raises
    ------
    BadInputError
        There has been no such schema, or the database is before it already.
    """
    known = revisions()
    with opened(database) as engine:
        with engine.connect() as connection:
            found = revision_of(connection)
        earlier = known[: known.index(found) + 1] if found in known else []
        if revision not in earlier:
            accepted = f"one of {', '.join(earlier)}" if earlier else "nothing: it holds no schema"
            raise BadInputError(FieldIssue("REVISION", revision, accepted))
        downgrade(engine, revision)
        print(f"{shown(engine.url)}: schema {revision}")


def setting(database: str | None) -> str:
    """The database named by the option, else by the environment.

    Raises
    ------
    BadParameter
        The environment holds a wrong setting.
    """
    if database is not None:
        return database
    try:
        return Settings().database
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise typer.BadParameter(first["msg"], param_hint="CREWQUOTE_*") from None


@contextmanager
def opened(database: str | None, *, made: bool = False) -> Iterator[Engine]:
    """Open the database at whatever schema it is; a file that is missing is `made`, or refused."""
    with usable():
        engine = open_database(setting(database))
        if not (made or is_postgresql(engine.url) or Path(str(engine.url.database)).exists()):
            raise UnusableDatabaseError(f"{shown(engine.url)} does not exist; name one that does")
        try:
            check_usable(engine)
            yield engine
        except SQLAlchemyError as error:
            raise unusable(engine.url, error) from None
        finally:
            engine.dispose()


@contextmanager
def usable() -> Iterator[None]:
    """Say of a database that cannot be used what would help, as wrong use of the command."""
    try:
        yield
    except (UnusableDatabaseError, CommandError) as error:
        raise typer.BadParameter(str(error), param_hint="--database") from None


def _counted(counts: dict[str, int]) -> str:
    held = [f"{name.replace('_', ' ')} {rows:,}" for name, rows in counts.items() if rows]
    return ", ".join(held) or "nothing stored"
