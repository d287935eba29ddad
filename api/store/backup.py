"""Writing all that is stored to one file, while the server goes on."""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sqlalchemy import MetaData, select

from api.store.address import UnusableDatabaseError, is_postgresql, shown
from api.store.migrate import revision_of
from api.store.portable import Header, header_line, last_line, row_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

VERSION_TABLE = "alembic_version"
_ROWS_AT_A_TIME = 200
_PACKED = ".gz"


def write_backup(engine: Engine, file: Path) -> dict[str, int]:
    """Write every row of one moment; the file is whole or not there, and only its owner reads it.

    Parameters
    ----------
    engine : Engine
        The store, at whatever schema it is.
    file : Path
        Packed when its name ends in ``.gz``.

    Returns
    -------
    dict
        Rows by table.

    Raises
    ------
    UnusableDatabaseError
        There is no store yet.
    """
    # On SQLite a transaction sees one moment anyway.
    view = {"isolation_level": "REPEATABLE READ"} if is_postgresql(engine.url) else {}
    with engine.connect().execution_options(**view) as connection:
        schema = revision_of(connection)
        if schema is None:
            raise UnusableDatabaseError(f"{shown(engine.url)} holds nothing that could be kept")
        tables = tables_of(connection)
        header = Header(
            schema,
            datetime.now(UTC).isoformat(timespec="seconds"),
            {table.name: list(table.columns.keys()) for table in tables},
        )
        counts = dict.fromkeys(header.tables, 0)
        digest = hashlib.sha256()
        with _whole(file) as stream:
            for line in _lines(connection, header, tables, counts):
                digest.update(line)
                stream.write(line)
            stream.write(last_line(counts, digest.hexdigest()))
    return counts


def tables_of(connection: Connection) -> list[Table]:
    """The tables of a store as they are, those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSION_TABLE]


def _lines(
    connection: Connection, header: Header, tables: list[Table], counts: dict[str, int]
) -> Iterator[bytes]:
    yield header_line(header)
    streaming = connection.execution_options(stream_results=True, yield_per=_ROWS_AT_A_TIME)
    for table in tables:
        # In the order of their making, so that what refers to another row mostly follows it.
        made = [table.c["created_at"]] if "created_at" in table.c else []
        for row in streaming.execute(select(table).order_by(*made, *table.primary_key.columns)):
            counts[table.name] += 1
            yield row_line(table.name, list(row))


@contextmanager
def _whole(file: Path) -> Iterator[BinaryIO]:
    """Write beside the file, bring it to the disk, and put it in its place at the end."""
    handle, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as raw:
            if file.suffix == _PACKED:
                with gzip.GzipFile("", "wb", 6, raw, 0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
