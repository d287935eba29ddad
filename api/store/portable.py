"""The lines of a backup: one format for both stores, read back by this version and later ones.

The first line names format, schema and tables, each line after it is a row, ``["quotes", [...]]``
with the values in the order of the columns named above, and the last one counts the rows and holds
the SHA-256 of every line before it.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sqlalchemy import DateTime, LargeBinary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Column

FORMAT = 1
_GZIP = b"\x1f\x8b"
_BYTES = "base64"


@dataclass(frozen=True)
class Header:
    """What a backup holds: the schema it was made at, and columns by table, parents first."""

    schema: str
    made_at: str
    tables: dict[str, list[str]]


class BrokenBackupError(Exception):
    """A file that is no whole backup; the message says what is wrong with it."""


def header_line(header: Header) -> bytes:
    """Write the first line."""
    return _line({"crewquote_backup": FORMAT, **asdict(header)})


def row_line(table: str, values: list[Any]) -> bytes:
    """Write the line of a row."""
    return _line([table, [_plain(value) for value in values]])


def last_line(rows: dict[str, int], sha256: str) -> bytes:
    """Write the last line."""
    return _line({"rows": rows, "sha256": sha256})


def value_of(column: Column[Any], plain: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    """Read a value back as its column takes it."""
    if plain is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(plain)
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(plain[_BYTES])
    return plain


def read_whole(file: Path) -> Header:
    """Read a backup to its end without keeping it, and return its header.

    Raises
    ------
    BrokenBackupError
        Not ours, of a later format, cut off, or changed.
    """
    digest = hashlib.sha256()
    counts: dict[str, int] = {}
    with opened(file) as stream:
        lines = _lines(stream)
        first = next(lines, b"")
        header = _header(first)
        before = first
        for line in lines:
            digest.update(before)
            before = line
            entry = _parsed(line)
            if isinstance(entry, list):
                counts[entry[0]] = counts.get(entry[0], 0) + 1
    end = _parsed(before)
    if not isinstance(end, dict) or "sha256" not in end:
        raise BrokenBackupError("its end is missing")
    if end["sha256"] != digest.hexdigest():
        raise BrokenBackupError("its checksum does not fit: it was changed or damaged")
    if end["rows"] != dict.fromkeys(header.tables, 0) | counts:
        raise BrokenBackupError("rows are missing")
    return header


def rows(file: Path) -> Iterator[tuple[str, list[Any]]]:
    """Every row of a backup that was read whole before: table and plain values."""
    with opened(file) as stream:
        lines = _lines(stream)
        next(lines)
        for line in lines:
            entry = _parsed(line)
            if isinstance(entry, list):
                yield entry[0], entry[1]


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Open a backup, packed or not."""
    with file.open("rb") as raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        if packed:
            with gzip.open(raw) as stream:
                yield cast("BinaryIO", stream)
        else:
            yield raw


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    try:
        yield from stream
    except (EOFError, zlib.error, OSError) as error:
        raise BrokenBackupError(f"it cannot be unpacked ({error})") from None


def _header(line: bytes) -> Header:
    found = _parsed(line)
    if not isinstance(found, dict) or "crewquote_backup" not in found:
        raise BrokenBackupError("it is no backup of crewquote")
    if found.pop("crewquote_backup") != FORMAT:
        raise BrokenBackupError("a later version of crewquote made it")
    if set(found) != set(Header.__dataclass_fields__):
        raise BrokenBackupError("its first line is damaged")
    return Header(**found)


def _parsed(line: bytes) -> Any:  # noqa: ANN401 (JSON)
    try:
        return json.loads(line)
    except ValueError:
        raise BrokenBackupError("a line of it cannot be read") from None


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    if isinstance(value, datetime):  # SQLite keeps no zone; what is stored is UTC
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    if isinstance(value, bytes | memoryview):
        return {_BYTES: base64.b64encode(value).decode()}
    return value
