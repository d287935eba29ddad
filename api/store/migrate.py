"""Bringing a database to the schema of this version, or back to an earlier one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from api.store.address import UnusableDatabaseError, shown
from api.store.turns import MIGRATING, WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run every migration up to `revision`; all of them are kept, or none."""
    with _migrating(engine) as config:
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take back every migration after `revision` (``base``: all of them); all, or none."""
    with _migrating(engine) as config:
        command.downgrade(config, revision)


def revisions() -> list[str]:
    """Every schema there has been, the first one first."""
    script = ScriptDirectory.from_config(_config())
    return [step.revision for step in script.walk_revisions()][::-1]


def revision_of(connection: Connection) -> str | None:
    """The schema a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@contextmanager
def _migrating(engine: Engine) -> Iterator[Config]:
    """Be the only writer: of servers that start together, one migrates and the others wait."""
    config = _config()
    options = {WRITING: True, MIGRATING: True}
    with engine.connect().execution_options(**options) as connection:
        connection.detach()  # it was opened with other rules, and is closed afterwards
        with connection.begin():
            config.attributes["connection"] = connection
            yield config
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    """Look at all references at the end: SQLite does not while tables are made anew."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise UnusableDatabaseError(
                f"{shown(connection.engine.url)} refers to something that is not in it (table "
                f"{broken[0]}, row {broken[1]}); restore a backup"
            )
