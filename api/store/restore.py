"""Bringing a backup into an empty store of either kind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, func, insert, inspect, select

from api.store.address import UnusableDatabaseError, is_postgresql, shown
from api.store.backup import tables_of
from api.store.migrate import downgrade, revisions, upgrade
from api.store.opening import check_usable
from api.store.portable import BrokenBackupError, read_whole, rows, value_of
from api.store.turns import WRITING

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table

    from api.store.portable import Header

_ROWS_AT_A_TIME = 200


def restore_backup(engine: Engine, file: Path) -> dict[str, int]:
    """Fill an empty store from a backup, and bring it to the schema of this version.

    The backup is read to its end before anything is written; then all of its rows are stored, or
    none.

    Returns
    -------
    dict
        Rows by table, as in the backup.

    Raises
    ------
    BrokenBackupError
        The file is no whole backup, or of a later version.
    UnusableDatabaseError
        The store holds something, or cannot be used.
    """
    header = read_whole(file)
    if header.schema not in revisions():
        raise BrokenBackupError("a later version of crewquote made it")
    check_usable(engine)
    _refuse_rows(engine)
    if inspect(engine).get_table_names():
        downgrade(engine, "base")
    upgrade(engine, header.schema)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        counts = _fill(connection, header, file)
    upgrade(engine)
    return counts


def _refuse_rows(engine: Engine) -> None:
    """Nothing that is stored is written over."""
    with engine.connect() as connection:
        for table in tables_of(connection):
            held = connection.scalar(select(func.count()).select_from(table))
            if held:
                raise UnusableDatabaseError(
                    f"{shown(engine.url)} is not empty ({held} rows in {table.name}); "
                    "restore into a new database"
                )


def _fill(connection: Connection, header: Header, file: Path) -> dict[str, int]:
    tables = {table.name: table for table in tables_of(connection)}
    if {name: list(table.columns.keys()) for name, table in tables.items()} != header.tables:
        raise BrokenBackupError(f"its tables are not those of schema {header.schema}")
    counts = dict.fromkeys(header.tables, 0)
    for name, group in groupby(rows(file), key=lambda row: row[0]):
        filling = _Filling(connection, tables[name])
        for _, values in group:
            filling.add(values)
        counts[name] += filling.end()
    if is_postgresql(connection.engine.url):
        for table in tables.values():
            _go_on_counting(connection, table)
    return counts


class _Filling:
    """Rows of one table, in order; one that refers to a row of the same table waits for it."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self.connection = connection
        self.table = table
        self.ready: list[dict[str, Any]] = []
        self.waiting: list[dict[str, Any]] = []
        self.known: set[tuple[str, object]] = set()
        self.count = 0
        # Column that refers, column referred to.
        self.own = [
            (key.parent.name, key.column.name)
            for key in table.foreign_keys
            if key.column.table is table
        ]

    def add(self, values: list[Any]) -> None:
        """Take one more row."""
        pairs = zip(self.table.columns, values, strict=True)
        row = {column.name: value_of(column, value) for column, value in pairs}
        if self._may_come(row):
            self._take(row)
        else:
            self.waiting.append(row)

    def end(self) -> int:
        """Store what is left, and return how many rows there were."""
        while self.waiting:
            before = len(self.waiting)
            waiting, self.waiting = self.waiting, []
            for row in waiting:
                (self._take if self._may_come(row) else self.waiting.append)(row)
            if len(self.waiting) == before:
                raise BrokenBackupError(f"rows of {self.table.name} refer to rows that are missing")
        self._store()
        return self.count

    def _may_come(self, row: dict[str, Any]) -> bool:
        return all(
            row[refers] is None
            or row[refers] == row[referred]
            or (referred, row[refers]) in self.known
            for refers, referred in self.own
        )

    def _take(self, row: dict[str, Any]) -> None:
        self.ready.append(row)
        self.count += 1
        self.known.update((referred, row[referred]) for _, referred in self.own)
        if len(self.ready) >= _ROWS_AT_A_TIME:
            self._store()

    def _store(self) -> None:
        if self.ready:
            self.connection.execute(insert(self.table), self.ready)
            self.ready = []


def _go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers rows by a sequence, which has not seen those that were restored."""
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer):
            last = connection.scalar(select(func.max(column)))
            sequence = connection.scalar(
                select(func.pg_get_serial_sequence(table.name, column.name))
            )
            if sequence is not None and last is not None:
                connection.execute(select(func.setval(sequence, last)))
