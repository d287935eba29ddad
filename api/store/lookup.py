"""Looking up one row as fast as the driver does: for what nearly every request asks."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import result_tuple

from api.store.turns import LOOKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Dialect, Engine, Row, Select

    type Change = Callable[[Any], Any]


class Lookup:
    """A query for one row at most, compiled once and asked of the driver itself.

    What SQLAlchemy does around a statement takes longer than SQLite takes to answer it, several
    times over. Its types still read and write the values.

    Parameters
    ----------
    query : Select
        With named parameters of one value each; for rows that a key names.
    """

    def __init__(self, query: Select[Any]) -> None:
        self._query = query
        self._row = result_tuple(query.selected_columns.keys())
        self._compiled: dict[str, _Compiled] = {}

    def one(self, engine: Engine, **values: object) -> Row[Any] | None:
        """Return the row, or None.

        What fails is asked once more through SQLAlchemy, which replaces a connection that broke,
        and tells why if it fails again.
        """
        compiled = self._compiled_for(engine.dialect)
        try:
            row = _asked(engine, compiled, values)
        except engine.dialect.loaded_dbapi.Error:
            with engine.connect().execution_options(**{LOOKING: True}) as connection:
                return connection.execute(self._query, values).one_or_none()
        if row is None:
            return None
        read = list(row)
        for place, change in compiled.readers:
            read[place] = change(read[place])
        return self._row(read)

    def _compiled_for(self, dialect: Dialect) -> _Compiled:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = _compile(self._query, dialect)
        return known


@dataclass(frozen=True)
class _Compiled:
    """A statement of one dialect.

    `order` names the values by their place; None where the driver takes them by name. `writers` and
    `readers` change values on their way, where their types ask for it.
    """

    sql: str
    order: tuple[str, ...] | None
    writers: Mapping[str, Change]
    readers: tuple[tuple[int, Change], ...]


def _compile(query: Select[Any], dialect: Dialect) -> _Compiled:
    compiled = query.compile(dialect=dialect)
    writers = {
        name: bound.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bound in compiled.binds.items()
    }
    readers = enumerate(
        column.type.dialect_impl(dialect).result_processor(dialect, None)
        for column in query.selected_columns
    )
    return _Compiled(
        str(compiled),
        tuple(compiled.positiontup or ()) if compiled.positional else None,
        {name: change for name, change in writers.items() if change is not None},
        tuple((place, change) for place, change in readers if change is not None),
    )


def _asked(engine: Engine, compiled: _Compiled, values: Mapping[str, Any]) -> Any | None:  # noqa: ANN401 (as the driver has it)
    """Ask on a connection of the pool; one on which it failed does not go back."""
    written = {**values, **{n: change(values[n]) for n, change in compiled.writers.items()}}
    order = compiled.order
    given: Any = written if order is None else [written[name] for name in order]
    connection = engine.raw_connection()
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute(compiled.sql, given)
            return cursor.fetchone()
    except Exception:
        connection.invalidate()
        raise
    finally:
        connection.close()
